"""What the arch checks share: a line of TAP a case, the list of our files, and the status at the end.

Each check is a function that takes what it looks at and returns complaints ("file:line: sentence"). A script first shows the
check samples it must complain about (a check that cannot fail proves nothing), then the tree.
"""
import subprocess
import sys
from pathlib import Path

SOURCE = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
BUILD = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else SOURCE / "build" / "test"

_cases = []


def case(name, complaints):
    """The rule holds when there are no complaints."""
    _cases.append(not complaints)
    print(f"{'ok' if not complaints else 'not ok'} {len(_cases)} - {name}")
    for complaint in complaints[:200]:
        print(f"  {complaint}")


def must_find(name, complaints, word):
    """The check has to complain about a bad sample, in words that hold `word`."""
    found = any(word in complaint for complaint in complaints)
    case(f"finds {name}", [] if found else [f"nothing said about it; complaints were {complaints!r}"])


def must_pass(name, complaints):
    case(f"leaves alone {name}", complaints)


def files(*suffixes, under=("common", "services", "tests", "deploy", "proto")):
    """Our files: those git tracks or would track, so build folders and data never count. No git: a walk. None at all: the check would
    prove nothing, so it ends here."""
    try:
        listed = subprocess.run(["git", "-C", str(SOURCE), "ls-files", "-co", "--exclude-standard", "--", *under], check=True,
                                capture_output=True, text=True).stdout.split("\n")
    except (OSError, subprocess.CalledProcessError):
        listed = [str(p.relative_to(SOURCE)) for top in under for p in (SOURCE / top).rglob("*") if p.is_file()]
    names = sorted(n for n in listed if n and (not suffixes or n.endswith(suffixes)) and (SOURCE / n).is_file())
    if not names:
        sys.exit(f"no {' '.join(suffixes) or 'files'} under {' '.join(under)} of {SOURCE}: nothing was looked at")
    return [SOURCE / n for n in names]


def name_of(path):
    return str(Path(path).relative_to(SOURCE))


def end():
    print(f"1..{len(_cases)}")
    sys.exit(0 if _cases and all(_cases) else 1)
