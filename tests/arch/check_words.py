#!/usr/bin/python3
"""Words that must not be in the tree: paths of somebody's machine, personal data, and words that mark unfinished work.

Addresses end in example.fi, example.org, example.com or .example, or have a domain of one letter; no Finnish personal identity code, no Finnish mobile number.
"""
import re

import tap

MACHINE = re.compile(r"(?<![\w.$}/-])/(?:work|home|Users|mnt|media)/[A-Za-z]|(?<![\w.$}/-])/root/[A-Za-z.]|(?<![\w.$}/-])/tmp/(?!hv-|hv_)[A-Za-z0-9_]+/\w")
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})\b")
MAIL_FINE = re.compile(r"(^|\.)example(\.(fi|org|com|net|sv|se))?$|\.(invalid|test|localhost)$|^[a-z]\.[a-z]+$", re.I)
IDENTITY = re.compile(r"\b(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d\d[-+ABCDEFYXWVU]\d{3}[0-9A-FHJ-NPR-Y]\b")
PHONE = re.compile(r"(?<!\d)(\+358[ ]?\d{2}|0(4\d|50)[ -])[ -]?\d{3}[ -]?\d{3,4}(?!\d)")
MARK = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|\b(?i:not implemented yet|lorem ipsum|changeme)\b")
TEXT = (".c", ".h", ".md", ".py", ".sh", ".sql", ".proto", ".json", ".txt", ".js", ".mjs", ".html", ".css", ".yaml", ".yml", ".conf", ".lua", "run", "up")
SELF = "tests/arch/check_words.py"


def check(name, text):
    complaints = []
    for number, line in enumerate(text.splitlines(), 1):
        place = f"{name}:{number}"
        if MACHINE.search(line):
            complaints.append(f"{place}: a path of one machine: {line.strip()[:80]}")
        complaints += [f"{place}: an address that might be somebody's: {domain}" for domain in MAIL.findall(line) if not MAIL_FINE.search(domain)]
        if IDENTITY.search(line):
            complaints.append(f"{place}: looks like a personal identity code")
        if PHONE.search(line):
            complaints.append(f"{place}: looks like a telephone number")
        if MARK.search(line):
            complaints.append(f"{place}: unfinished: {line.strip()[:80]}")
    return complaints


tap.must_find("a path of a machine", check("x", "cd /home/" + "maija/project"), "a path of one machine")
tap.must_find("an address", check("x", "maija@" + "jokuyhtio.fi"), "might be somebody's")
tap.must_find("an identity code", check("x", "131052" + "-308T"), "identity code")
tap.must_find("a telephone number", check("x", "040 " + "123 4567"), "telephone")
tap.must_find("unfinished work", check("x", "/* TO" + "DO: later */"), "unfinished")
tap.must_pass("an example", check("x", "mail=aava.koivula@example.fi url=https://hakuvayla.example/ /usr/lib/postgresql /tmp/hv-123"))
everything = [p for p in tap.files(*TEXT, under=(".",)) if tap.name_of(p) != SELF and p.name != "LICENSE"]
complaints = []
for path in everything:
    complaints += check(tap.name_of(path), path.read_text(errors="replace"))
tap.case(f"the words of {len(everything)} files", complaints)
tap.end()
