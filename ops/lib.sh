# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the scripts in this folder share. Source it; it starts nothing by itself, except that it takes
# the EXIT trap, so that whatever a script started or made is gone when the script is.
#
#   say, ok, note, fail      messages a person likes; fail also ends the script
#   elapsed                  "1m 05s" since a moment in SECONDS
#   on_exit                  a command to run at the end, the latest first
#   temp_folder              a folder that is removed at the end
#   free_port                a TCP port on loopback that nobody listens on
#   wait_until               a condition with a deadline
#   start, stop              a background process, known by its id only

# --- messages -------------------------------------------------------------------------------------

# Colour only where a person looks: on a terminal, and not if NO_COLOR is set (to anything but empty).
if [[ -t 1 && -t 2 && -z "${NO_COLOR:-}" && "${TERM:-dumb}" != dumb ]]; then
  bold=$'\e[1m' green=$'\e[32m' yellow=$'\e[33m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' green='' yellow='' red='' plain=''
fi

# A heading or a line of progress.
say() { printf '%s%s%s\n' "$bold" "$*" "$plain"; }

# Something that went well.
ok() { printf '%s✔%s %s\n' "$green" "$plain" "$*"; }

# Something to know that is no failure. Standard error, so that it never mixes with results.
note() { printf '%s•%s %s\n' "$yellow" "$plain" "$*" >&2; }

# Something that went wrong, without ending the script.
bad() { printf '%s✖%s %s\n' "$red" "$plain" "$*" >&2; }

# Says what went wrong and ends the script.
fail() {
  bad "$@"
  exit 1
}

# shellcheck disable=SC2120  # Most callers want the time since the script began.
# elapsed [START]: the time since START, a value of SECONDS; since the script began if there is none.
elapsed() {
  local seconds=$((SECONDS - ${1:-0}))
  if ((seconds < 60)); then printf '%ds' "$seconds"; else printf '%dm %02ds' $((seconds / 60)) $((seconds % 60)); fi
}

# --- the end of a script --------------------------------------------------------------------------

exit_commands=()

# on_exit COMMAND…: runs it when the script ends, however it ends; the latest runs first.
on_exit() { exit_commands+=("$(printf '%q ' "$@")"); }

run_exit_commands() {
  local status=$? i
  trap - EXIT
  # A second Ctrl-C must not leave half of the clean-up undone.
  trap '' INT TERM HUP
  for ((i = ${#exit_commands[@]} - 1; i >= 0; i--)); do eval "${exit_commands[i]}" || true; done
  exit "$status"
}

trap run_exit_commands EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# --- folders and ports ----------------------------------------------------------------------------

# shellcheck disable=SC2120  # Most callers want the usual place.
# temp_folder [PARENT]: makes a folder and puts its name into temp_dir; it is removed at the end.
# Not for $(…): in a subshell the promise to remove it would be forgotten.
temp_folder() {
  local parent=${1:-${TMPDIR:-/tmp}}
  mkdir -p "$parent"
  temp_dir=$(mktemp -d "$parent/muster.XXXXXXXX")
  on_exit rm -rf "$temp_dir"
}

# is_listening PORT: whether somebody accepts connections on this port of the loopback.
is_listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port: prints a port nobody listens on, below the range from which the kernel takes its own.
# Somebody may take it before you do; whoever cannot bind should ask again.
free_port() {
  local port try
  for ((try = 0; try < 100; try++)); do
    port=$((20000 + RANDOM % 12000))
    if ! is_listening "$port"; then
      echo "$port"
      return
    fi
  done
  fail "No free port found on 127.0.0.1 in 100 tries."
}

# --- waiting and processes ------------------------------------------------------------------------

# now_ms: milliseconds since the epoch.
now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

# wait_until SECONDS COMMAND…: tries COMMAND until it succeeds. False once the time is over.
wait_until() {
  local deadline=$(($(now_ms) + $1 * 1000))
  shift
  until "$@"; do
    if (($(now_ms) >= deadline)); then return 1; fi
    sleep 0.05
  done
}

# is_running PID: whether the process exists and is not a zombie.
is_running() {
  local state
  state=$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) || return 1
  [[ -n "$state" && "$state" != Z ]]
}

is_gone() { ! is_running "$1"; }

# The processes that `start` started and `stop` has not stopped. An id is forgotten once its process has
# ended, since the kernel may give it to a stranger.
declare -A started=()

# start LOG COMMAND…: runs COMMAND in the background with its output in LOG and its id in started_pid.
# It is stopped at the end at the latest. Ctrl-C does not reach it: the script decides when it stops.
start() {
  local log=$1
  shift
  (
    trap '' INT
    exec "$@"
  ) >"$log" 2>&1 </dev/null &
  started_pid=$!
  started[$started_pid]=1
  on_exit stop "$started_pid"
}

# stop PID [SECONDS]: asks the process to end, and ends it if it has not after SECONDS (10).
# Only for processes that this script started with `start`. Stopped already is fine.
stop() {
  if [[ -z "${started[$1]:-}" ]]; then return; fi
  if is_running "$1"; then
    kill -TERM "$1" 2>/dev/null || true
    if ! wait_until "${2:-10}" is_gone "$1"; then
      note "Process $1 did not end in ${2:-10} s; ending it."
      kill -KILL "$1" 2>/dev/null || true
    fi
  fi
  wait "$1" 2>/dev/null || true
  unset "started[$1]"
}
