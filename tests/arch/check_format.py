#!/usr/bin/python3
"""Format: every C file is as clang-format leaves it (the style is .clang-format in the root). To mend: clang-format -i FILE."""
import re
import subprocess
import tempfile
from pathlib import Path

import tap

COMPLAINT = re.compile(r"^(\S+?:\d+):\d+: error: code should be clang-formatted", re.M)


def check(paths):
    style = f"--style=file:{tap.SOURCE / '.clang-format'}"
    complaints = []
    for start in range(0, len(paths), 50):
        done = subprocess.run(["clang-format", style, "--dry-run", "-Werror", *map(str, paths[start:start + 50])], capture_output=True, text=True)
        found = COMPLAINT.findall(done.stderr)
        complaints += [f"{place.replace(str(tap.SOURCE) + '/', '')}: not as clang-format leaves it" for place in found]
        if done.returncode != 0 and not found:
            complaints.append(f"clang-format: {done.stderr[:300]}")
    first = {}
    for complaint in complaints:
        first.setdefault(complaint.split(":")[0], complaint)
    return list(first.values())


with tempfile.TemporaryDirectory() as name:
    bad, good = Path(name) / "bad.c", Path(name) / "good.c"
    bad.write_text("int  f( void ){return 3 ;}\n")
    good.write_text("int f(void)\n{\n    return 3;\n}\n")
    tap.must_find("a crooked file", check([bad]), "clang-format")
    tap.must_pass("a straight one", check([good]))
sources = tap.files(".c", ".h", under=("common", "services", "tests"))
tap.case(f"the format of {len(sources)} files", check(sources))
tap.end()
