#!/usr/bin/python3
"""Sizes of files: a C file or header is one idea, aimed at 100-300 lines and never over 500. Functions are measured by check_tidy.py.
Every C file begins with a comment that says what it is for.
"""
import tap

LIMIT = 500


def check(name, text):
    complaints = []
    lines = text.count("\n")
    if lines > LIMIT:
        complaints.append(f"{name}: {lines} lines; the limit is {LIMIT}: which second idea is in it?")
    if not text.startswith("/*"):
        complaints.append(f"{name}:1: begins without the comment that says what it is for")
    return complaints


tap.must_find("a long file", check("x.c", "/* x */\n" + "int a;\n" * 600), "limit is 500")
tap.must_find("a file without a word", check("x.c", "#include <stdio.h>\n"), "without the comment")
tap.must_pass("a short one", check("x.c", "/* A thing. */\nint a;\n"))
sources = tap.files(".c", ".h", under=("common", "services", "tests"))
tap.case(f"the sizes of {len(sources)} files", [c for p in sources for c in check(tap.name_of(p), p.read_text())])
tap.end()
