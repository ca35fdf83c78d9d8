#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Finds texts that an operator may meet and that nodes/words/ru.po does not tell.

    words.py check [--root DIR] [--must-find TEXT]   what is wrong with the catalogue, one a line; fails when there is any
    words.py missing [--root DIR]                    the entries to add, as a .po file

Texts are all literals of the sources listed in nodes/words/sources.txt that look like words, without those of
nodes/words/ignored.txt. With --must-find the check is its own negative control: it fails unless a finding contains TEXT.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

SKIPPED = 77  # What ctest takes for "skipped".
PLACE = re.compile(r"\{(\d*)(?::(?:[^{}\n]|\{\d*\})*)?\}")
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "r": "\r", "a": "\a", "v": "\v", "f": "\f", "b": "\b"}
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
# A column of a table is declared as {"field", "TITLE", …}: its title is a text even when it is one word.
TITLE = re.compile(r'\{\s*"[a-z][a-z0-9_]*",\s*"([^"\\]*[A-Z]{2}[^"\\]*)"')


def unescaped(text):
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[1]), text)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


class Entry:
    """One entry of a .po file: where it begins, comments, flags, and texts by keyword."""

    def __init__(self, line):
        self.line, self.comments, self.flags, self.texts = line, [], "", {}

    @property
    def id(self):
        return self.texts.get("msgid", "")


def entries(path):
    """The entries of a .po file behind its header, which must be in the form that gettext writes."""
    entry, keyword = Entry(1), None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() + [""], 1):
        if not line.strip():
            if entry.id:
                yield entry
            entry, keyword = Entry(number + 1), None
        elif line.startswith("#,"):
            entry.flags += line
        elif line.startswith("#"):
            entry.comments.append(line)
        elif match := re.match(r"(msg\S+)\s+(\".*)", line):
            keyword = match[1]
            entry.texts[keyword] = unescaped(STRING.match(match[2])[1])
        elif keyword and (match := STRING.match(line)):
            entry.texts[keyword] += unescaped(match[1])


def listed(path):
    """The lines of a list without its comments."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line.strip() and not line.startswith("#")]


def sources(root):
    """The files that sources.txt names, and those of them where a single word is a text too."""
    found, wordy = [], set()
    for line in listed(root / "nodes/words/sources.txt"):
        pattern = line[1:].strip() if line[0] in "-+" else line.strip()
        if line.startswith("-"):
            found = [file for file in found if not file.match(pattern)]
        elif line.startswith("+"):
            wordy |= set(root.glob(pattern))
        else:
            found += sorted(root.glob(pattern))
    return sorted(set(found)), wordy


# What C++ source is made of, as far as it matters here. A number may hold ', and an #include names no text.
TOKEN = re.compile(r"""(?P<gap>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<include>\#\s*include[^\n]*)
    |(?P<raw>(?:u8)?R"(?P<mark>[^()\s\\]*)\((?P<rawtext>.*?)\)(?P=mark)")
    |(?P<text>(?:u8)?"(?P<inner>(?:[^"\\\n]|\\.)*)")
    |(?P<other>[0-9][\w.']*|\w+|'(?:[^'\\\n]|\\.)+'|.)""", re.DOTALL | re.VERBOSE)


def literals(root, files):
    """Each literal of the files, joined as the compiler joins it, with the place where it first stands."""
    for file in files:
        name, line, joined, place = file.relative_to(root).as_posix(), 1, None, ""
        for token in TOKEN.finditer(file.read_text(encoding="utf-8")):
            if token["raw"] is not None or token["text"] is not None:
                part = token["rawtext"] if token["raw"] is not None else unescaped(token["inner"])
                place = place if joined is not None else f"{name}:{line}"
                joined = (joined or "") + part
            elif token["gap"] is None and joined is not None:
                yield joined, place
                joined = None
            line += token[0].count("\n")


def titles(root, files):
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for match in TITLE.finditer(line):
                yield match[1], f"{file.relative_to(root).as_posix()}:{number}"


def is_text(literal, may_be_word=False):
    """Words for people: letters and a space between them, which no key, code, format or line of the log has."""
    if may_be_word and re.fullmatch(r"[A-Z][a-z]{2,}", literal):
        return True
    words = PLACE.sub("", literal)
    if not re.search(r"[A-Za-z]{2}", words) or " " not in literal.strip():
        return False
    is_log = re.match(r"(\{\} level=|event=|time=\{\})", literal)
    is_example = all(not line or line.startswith("  muster") for line in literal.split("\n"))
    is_command = re.fullmatch(r"(report|force|operation|ledger|keys|server)( [a-z]+)+", literal)
    return not (is_log or is_example or is_command)


def wanted(root):
    files, wordy = sources(root)
    wordy = {file.relative_to(root).as_posix() for file in wordy}
    ignored = [re.compile(line, re.DOTALL) for line in listed(root / "nodes/words/ignored.txt")]
    found = {}
    for literal, place in literals(root, files):
        if is_text(literal, place.rsplit(":", 1)[0] in wordy):
            found.setdefault(literal, place)
    for title, place in titles(root, files):
        found.setdefault(title, place)
    return {literal: place for literal, place in found.items()
            if not any(pattern.fullmatch(literal.replace("\n", "\\n")) for pattern in ignored)}


def known(path):
    return {text.strip() for entry in entries(path) for key, text in entry.texts.items() if key in ("msgid", "msgid_plural")}


def indices(text):
    """Which captured part stands at each place."""
    found, following = [], 0
    for match in PLACE.finditer(text.replace("{{", "").replace("}}", "")):
        found.append(int(match[1]) if match[1] else following)
        following += 0 if match[1] else 1
    return set(found)


def check_entry(entry, name):
    where = f"{name}:{entry.line}: {entry.id.strip()[:60]!r}"
    if "fuzzy" in entry.flags:
        yield f"{where}: fuzzy - look at the translation and remove the mark"
    dropped = {int(index) for line in entry.comments if line.startswith("# drops") for index in re.findall(r"\d+", line)}
    for key, text in entry.texts.items():
        if not key.startswith("msgstr"):
            continue
        if not text.strip():
            yield f"{where}: no translation"
        elif indices(text) | dropped != indices(entry.id):
            yield (f"{where}: the places of {key} are {sorted(indices(text))}, expected {sorted(indices(entry.id) - dropped)} - "
                   "use each part, or say '# drops N' above it")


def check(root):
    catalogue = root / "nodes/words/ru.po"
    name = catalogue.relative_to(root).as_posix()
    made = subprocess.run(["msgfmt", "--check-header", "--check-domain", "-o", "/dev/null", str(catalogue)],
                          capture_output=True, text=True)
    yield from (line for line in made.stderr.splitlines() if made.returncode != 0)
    for entry in entries(catalogue):
        yield from check_entry(entry, name)
    told = known(catalogue)
    for literal, place in wanted(root).items():
        if literal.strip() not in told:
            yield f"{place}: no translation of {literal!r} in {name}"
    said = {literal.strip() for literal, _ in literals(root, sources(root)[0])}
    for entry in entries(catalogue):
        is_made = any(line.startswith("# made of parts") for line in entry.comments)
        if entry.id.strip() not in said and not is_made:
            yield (f"{name}:{entry.line}: no source says {entry.id.strip()[:60]!r} any more - remove it, or say "
                   "'# made of parts' above it when sources put it together")


def missing(root):
    told = known(root / "nodes/words/ru.po")
    for literal, place in wanted(root).items():
        if literal.strip() not in told:
            yield f"#: {place}\nmsgid {quoted(literal)}\nmsgstr \"\"\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("check", "missing"))
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).parents[2])
    parser.add_argument("--must-find")
    arguments = parser.parse_args()
    if not shutil.which("msgfmt"):
        print("gettext is not installed: see ops/packages.txt")
        return SKIPPED
    found = list((check if arguments.what == "check" else missing)(arguments.root))
    print("\n".join(found))
    if arguments.must_find:
        return 0 if any(arguments.must_find in line for line in found) else 1
    return 1 if arguments.what == "check" and found else 0


if __name__ == "__main__":
    sys.exit(main())
