#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the map of DESIGN.md section 2 and the marks of STYLE.md section 2 against the sources.

    check.py CHECK [--root DIR] [--must-find TEXT]

Prints what it finds, one a line, and fails when there is any. With --must-find it is its own negative
control: it fails unless a finding contains TEXT.
"""

import argparse
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
PRODUCT = ("schemas", "storage", "broker", "nodes")
CONTRACT = ("schemas/wire", "schemas/trust", "schemas/link", "schemas/text")

# Who may include whom, beside itself and schemas/model. Nothing else is allowed.
LAYERS = {
    "schemas/model": (),
    "schemas/wire": ("schemas/fbs",),
    "schemas/trust": (),
    "schemas/link": (),
    "schemas/text": (),
    "storage": (),
    "broker/core": (),
    "broker/planner": ("broker/core",),
    "broker/server": ("broker/core", "broker/planner", "storage", *CONTRACT),
    "broker/app": ("broker/server",),
    "nodes/words": (),
    "nodes/client": ("storage", *CONTRACT),
    # A question in the words of a person: the command line and the gateway read them alike.
    "nodes/asking": CONTRACT,
    # What a ministry's files become: the daemon and the command line read them alike.
    "nodes/desk": ("nodes/client", "nodes/words", *CONTRACT),
    # The log of programs that run unattended, and what systemd is told.
    "nodes/daemon": (),
    # Programs wire the client. The contract is anybody's; of storage only the port that they hand to the client.
    "nodes/ministry": ("nodes/client", "nodes/daemon", "nodes/desk", "nodes/words", "storage/outbox.h", *CONTRACT),
    "nodes/secretariat": ("nodes/asking", "nodes/client", "nodes/desk", "nodes/words", "storage/outbox.h", *CONTRACT),
    "nodes/gateway": ("nodes/asking", "nodes/client", "nodes/daemon", "nodes/words", *CONTRACT),
    "nodes/exercise": ("nodes/client", "storage/outbox.h", *CONTRACT),
}

# A library stays behind the folder that wraps it: include prefix, and where it may stand.
LIBRARIES = {
    "zmq": ("schemas/link/",),
    "boost/": ("schemas/link/", "nodes/words/"),
    "rocksdb/": ("storage/",),
    "flatbuffers/": ("schemas/wire/",),
    "nlohmann/": ("schemas/text/", "nodes/"),
    "zip.h": ("nodes/desk/",),
    "xlsxwriter": ("nodes/desk/",),
    "expat.h": ("nodes/desk/",),
    "pugixml": ("nodes/desk/",),
    "boost/locale": ("nodes/words/",),
}
# The JSON library is slow to compile: in schemas/text it stands in sources alone.
NOT_IN_HEADERS = {"nlohmann/": "schemas/text/"}

PURE = ("broker/core", "broker/planner")
IMPURE_INCLUDES = {
    "thread", "mutex", "shared_mutex", "condition_variable", "future", "semaphore", "latch", "barrier", "stop_token",
    "fstream", "iostream", "filesystem", "cstdio", "stdio.h", "ctime", "time.h", "random", "csignal", "unistd.h",
    "fcntl.h", "netdb.h",
}
IMPURE_PREFIXES = ("sys/", "netinet/", "arpa/", "rocksdb/", "zmq", "boost/asio", "boost/beast", "prometheus/", "sodium",
                   "openssl/")
IMPURE_CALLS = re.compile(r"_clock::now|\bsystem\s*\(|\bgetenv\s*\(|\bfopen\s*\(|\bstd::(jthread|thread|mutex|cout|cerr)\b"
                          r"|\brand\s*\(|\brandom_device\b|\bthis_thread\b")
ATOMIC_ALLOWED = ("broker/core/persistent_map.h", "broker/core/tape.h")

FILE_LINES_MAX = 400
TEST_LINES_MAX = 600
FUNCTION_LINES_MAX = 60

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
CONTAINER = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b")


def sources(root, folders):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path, path.relative_to(root).as_posix()


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if match := INCLUDE.match(line):
            yield number, match[1] == '"', match[2]


def layer_of(name):
    return next((layer for layer in LAYERS if name.startswith(layer + "/")), None)


def is_allowed(target, allowed):
    return any(target == entry or target.startswith(entry + "/") for entry in allowed)


def check_layers(root):
    for path, name in sources(root, PRODUCT):
        layer = layer_of(name)
        if layer is None:
            yield f"{name}: stands in no layer that DESIGN.md knows"
            continue
        for number, is_ours, target in includes(path):
            allowed = (layer, "schemas/model", *LAYERS[layer])
            if is_ours and not is_allowed(target, allowed):
                yield f"{name}:{number}: {layer} may not include {target}"


def check_core(root):
    for path, name in sources(root, PURE):
        for number, _, target in includes(path):
            if target in IMPURE_INCLUDES or target.startswith(IMPURE_PREFIXES):
                yield f"{name}:{number}: the core is pure and may not include {target}"
            if target == "atomic" and name not in ATOMIC_ALLOWED:
                yield f"{name}:{number}: <atomic> is for {' and '.join(ATOMIC_ALLOWED)} alone"
        for number, line in enumerate(without_comments(path.read_text()).splitlines(), 1):
            if call := IMPURE_CALLS.search(line):
                yield f"{name}:{number}: the core is pure and may not use {call[0]}"


def check_libraries(root):
    for path, name in sources(root, PRODUCT):
        for number, _, target in includes(path):
            for prefix, places in LIBRARIES.items():
                if not target.startswith(prefix):
                    continue
                if not name.startswith(places):
                    yield f"{name}:{number}: {target} belongs to {' and '.join(places)}"
                home = NOT_IN_HEADERS.get(prefix)
                if home and name.startswith(home) and name.endswith(".h"):
                    yield f"{name}:{number}: {target} stays out of headers"


def without_comments(text):
    """The same lines, with comments, strings and character literals blanked."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'',
                         re.DOTALL)
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def functions(path):
    """Name and number of lines of each function: each outermost block that is no namespace, type or initialiser."""
    text = re.sub(r"^\s*#.*(?:\\\n.*)*", "", without_comments(path.read_text()), flags=re.MULTILINE)
    stack, header, line, outer = [], "", 1, None
    for char in text:
        if char == "\n":
            line += 1
        if char == "{":
            is_container = "(" not in header and CONTAINER.search(header) is not None
            stack.append(is_container)
            if outer is None and not is_container and "(" in header:
                outer = (len(stack), line, header)
            header = ""
        elif char == "}":
            if outer and len(stack) == outer[0]:
                yield name_of(outer[2]), line - outer[1] + 1
                outer = None
            if stack:
                stack.pop()
            header = ""
        elif char == ";":
            header = ""
        else:
            header += char


def name_of(header):
    match = re.search(r"([\w:~]+)\s*\(", header)
    return match[1] if match else "?"


def sizes(root):
    for path, name in sources(root, (*PRODUCT, "tests")):
        if name.startswith("tests/arch/fixtures/"):
            continue
        lines = len(path.read_text().splitlines())
        if lines > (TEST_LINES_MAX if name.startswith("tests/") else FILE_LINES_MAX):
            yield name, lines
        if not name.startswith("tests/"):
            for function, length in functions(path):
                if length > FUNCTION_LINES_MAX:
                    yield f"{name}:{function}", length


def check_sizes(root):
    marks = {}
    for line in (root / "tests/arch/size_marks.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            place, mark = line.rsplit(None, 1)
            marks[place] = int(mark)
    for place, lines in sizes(root):
        if lines > marks.get(place, 0):
            yield f"{place} has {lines} lines; " + (f"its mark is {marks[place]}" if place in marks else "split it")


def check_metrics(root):
    text = (root / "broker/server/metrics.cpp").read_text()
    others = ("broker/server/process_metrics.cpp", "nodes/gateway/gateway_metrics.cpp",
              "nodes/ministry/node_metrics.cpp")
    text += "".join((root / name).read_text() for name in others if (root / name).exists())
    declared = re.findall(r'Build(Counter|Gauge|Histogram)\(\)\s*\.Name\(\s*"([^"]+)"', text)
    declared += [("Gauge", name) for name in re.findall(r'\bgauge\(\s*"([^"]+)"', text)]
    if not declared:
        yield "no metric was found: the check looks at the wrong place"
    for kind, name in declared:
        if not re.fullmatch(r"muster(_[a-z0-9]+)+", name):
            yield f"{name}: a metric of ours is muster_<what>_<unit>, in small letters"
        if (kind == "Counter") != name.endswith("_total"):
            yield f"{name}: _total is the ending of counters and of nothing else"
        if name.endswith(("_count", "_sum", "_bucket")):
            yield f"{name}: the ending belongs to the series of a histogram"


def check_rules(root):
    """The table in broker/core/README.md names the test of each rule that is judged, and that test exists."""
    tests = set()
    for path in sorted((root / "tests/unit").glob("*_test.cpp")):
        tests.update(f"{suite}.{name}" for suite, name in
                     re.findall(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\)", path.read_text(), re.MULTILINE))
    rows = {}
    for line in (root / "broker/core/README.md").read_text().splitlines():
        if match := re.match(r"\|\s*(V\d\d|not interpreted)\s*\|(.*)\|(.*)\|\s*$", line):
            rows[match[1]] = (match[2].strip(), re.findall(r"`([^`]+)`", match[3]))
    for number in range(1, 43):
        if f"V{number:02}" not in rows:
            yield f"V{number:02} is missing in the table of broker/core/README.md"
    for rule, (state, named) in rows.items():
        is_judged = not state.startswith("not yet")
        matching = [test for test in tests if f".{rule}" in test]
        if is_judged and not named:
            yield f"{rule} is judged and names no test"
        if not is_judged and matching:
            yield f"{rule} is 'not yet' and has the test {matching[0]}"
        yield from (f"{rule}: there is no test {test}" for test in named if test not in tests)
    yield from check_rules_page(root)


def check_rules_page(root):
    """The table in ops/docs/RULES.md has each rule, in the files and with the severities that the code has."""
    page = root / "ops/docs/RULES.md"
    rows = {}
    for line in page.read_text().splitlines() if page.exists() else []:
        if match := re.match(r"\|\s*(V\d\d)\s*\|[^|]+\|([^|]+)\|[^|]+\|([^|]+)\|\s*$", line):
            rows[match[1]] = (set(re.findall("REFUSE|FLAG", match[2])), re.findall(r"`([^`]+)`", match[3]))
    judged = {}
    for path in sorted((root / "broker/core").glob("*")):
        for severity, rule in re.findall(r"\b(refuse|flag)\(\s*(?:model::)?Rule::v(\d\d)\b", path.read_text()):
            judged.setdefault(f"V{rule}", {}).setdefault(str(path.relative_to(root)), set()).add(severity.upper())
    for number in range(1, 43):
        rule = f"V{number:02}"
        if rule not in rows:
            yield f"{rule} is missing in the table of ops/docs/RULES.md"
            continue
        severities, files = rows[rule]
        yield from (f"{rule}: there is no file {name}" for name in files if not (root / name).is_file())
        if not files:
            yield f"{rule}: ops/docs/RULES.md names no file"
        if rule in judged and set().union(*judged[rule].values()) != severities:
            yield f"{rule}: ops/docs/RULES.md says {sorted(severities)}, the code {judged[rule]}"
        if rule in judged:
            yield from (f"{rule} is not judged in {name}" for name in files if name not in judged[rule])
        elif any(name.startswith("broker/core/") for name in files):
            yield f"{rule} is judged nowhere in broker/core"


def check_civetweb(root):
    binaries = [path for path in sorted((root / "bin").glob("*")) if path.is_file()]
    if not binaries:
        print("no programs in", root / "bin")
        sys.exit(77)
    for path in binaries:
        linked = subprocess.run(["ldd", path], capture_output=True, text=True, check=False).stdout
        if "civetweb" in linked or "prometheus-cpp-pull" in linked:
            yield f"{path.name} links an HTTP server that nobody guards"


CHECKS = {"layers": check_layers, "core": check_core, "libraries": check_libraries, "sizes": check_sizes,
          "metrics": check_metrics, "rules": check_rules, "civetweb": check_civetweb}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("check", choices=[*CHECKS, "print-sizes"])
    parser.add_argument("--root", type=pathlib.Path, default=HERE.parent.parent)
    parser.add_argument("--must-find")
    options = parser.parse_args()
    if options.check == "print-sizes":
        print("\n".join(f"{place} {lines}" for place, lines in sizes(options.root)))
        return 0
    findings = list(CHECKS[options.check](options.root))
    print("\n".join(findings) or "nothing")
    if options.must_find is not None:
        return 0 if any(options.must_find in finding for finding in findings) else 1
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
