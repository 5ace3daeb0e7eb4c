#!/usr/bin/python3
"""clang-tidy with the checks of .clang-tidy: functions of at most 60 lines, cognitive complexity of at most 15, and the bug finders.

What passed is remembered by its contents and those of the headers it was compiled with (build/<preset>/tidy), so a second run looks
only at what changed. Tests are held to the sizes alone: a table of cases may use constructs the bug finders dislike. It works with what
processor time others leave: tests/run starts the service tests at the same time, and those are not to wait for it.
"""
import concurrent.futures
import functools
import hashlib
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

import tap

SIZES = "-*,readability-function-size,readability-function-cognitive-complexity"
COMMANDS = tap.BUILD / "compile_commands.json"
CACHE = tap.BUILD / "tidy"
OBJECT = re.compile(r" -o (\S+)")
COMPLAINT = re.compile(r"^(/\S+:\d+:\d+): (?:warning|error): (.*)$", re.M)


def tidy(path, folder, only_sizes):
    """Complaints of clang-tidy about one source, whose compile command lies in `folder`."""
    command = ["clang-tidy", "--quiet", "-p", str(folder), f"--config-file={tap.SOURCE / '.clang-tidy'}"]
    if only_sizes:
        command.append(f"--checks={SIZES}")
    # gcc's own warning options are unknown to clang; the compiler has said its word already.
    command += ["--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-everything", str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    found = [f"{place.replace(str(tap.SOURCE) + '/', '')}: {text}" for place, text in COMPLAINT.findall(done.stdout)]
    if done.returncode != 0 and not found:
        found = [f"{path}: clang-tidy ended with {done.returncode}: {(done.stdout + done.stderr)[-300:]}"]
    return found


@functools.cache
def content(path):
    return hashlib.sha256(Path(path).read_bytes()).digest()


def headers_by_object():
    """object -> the headers of ours that the compiler read for it, as ninja has kept them; what is not built is not in it."""
    headers, current = {}, None
    listed = subprocess.run(["ninja", "-C", str(tap.BUILD), "-t", "deps"], capture_output=True, text=True).stdout
    for line in listed.splitlines():
        if line.startswith(" "):
            path = os.path.normpath(tap.BUILD / line.strip())
            if path.startswith(str(tap.SOURCE)):
                headers[current].append(path)
        elif line:
            current = line.split(": #deps")[0]
            headers[current] = []
    return headers


def stamp_of(entry, headers):
    """Where it stands that this source has passed; None when it is not known what it is made of."""
    compiled = OBJECT.search(entry["command"])
    made_of = headers.get(compiled[1]) if compiled else None
    if made_of is None or not all(Path(path).exists() for path in made_of):
        return None
    text = hashlib.sha256(entry["file"].encode())
    for path in (entry["file"], *sorted(made_of), tap.SOURCE / ".clang-tidy", __file__):
        text.update(content(path))
    return CACHE / text.hexdigest()


def look(entry, headers):
    stamp = stamp_of(entry, headers)
    if stamp is not None and stamp.exists():
        return []
    complaints = tidy(Path(entry["file"]), tap.BUILD, "/tests/" in entry["file"])
    if stamp is not None and not complaints:
        stamp.touch()
    return complaints


def ours(entry):
    path = entry["file"]
    return path.startswith(str(tap.SOURCE)) and not path.startswith(str(tap.BUILD)) and path.endswith(".c") and Path(path).exists()


def sample(code):
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "sample.c"
        source.write_text(code)
        (Path(name) / "compile_commands.json").write_text(json.dumps(
            [{"directory": name, "file": str(source), "command": f"cc -std=c11 -c {source}"}]))
        return tidy(source, name, False)


os.nice(19)
LONG = "int f(int a);\nint f(int a)\n{\n" + "    a += 3;\n" * 70 + "    return a;\n}\n"
DEEP = "int f(int a);\nint f(int a)\n{\n    for (int i = 0; i < a; i++) {\n        if (i) {\n            while (a--) {\n                if (a) {\n" \
       "                    for (;;) {\n                        if (a == 3) {\n                            return 3;\n" \
       "                        }\n                    }\n                }\n            }\n        }\n    }\n    return a;\n}\n"
BUG = "int f(void);\nint f(void)\n{\n    int *p = 0;\n    return *p;\n}\n"
tap.must_find("a function of 70 lines", sample(LONG), "recommended size")
tap.must_find("a function nobody can follow", sample(DEEP), "cognitive complexity")
tap.must_find("a null pointer", sample(BUG), "null pointer")
tap.must_pass("a good one", sample("int f(int a);\nint f(int a)\n{\n    return a + 1;\n}\n"))
entries = [e for e in json.loads(COMMANDS.read_text()) if ours(e)] if COMMANDS.exists() else []
tap.case("there are sources to look at", [] if entries else [f"{COMMANDS} is missing or empty"])
CACHE.mkdir(parents=True, exist_ok=True)
once = {e["file"]: e for e in entries}.values()
headers = headers_by_object()
with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
    answers = list(pool.map(lambda entry: look(entry, headers), once))
tap.case(f"clang-tidy on {len(once)} sources", sorted({c for answer in answers for c in answer}))
tap.end()
