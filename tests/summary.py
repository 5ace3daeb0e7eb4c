#!/usr/bin/python3
"""Reads what ctest wrote (JUnit, build/<preset>/tests/<kind>.xml), counts test cases and prints the summary of tests/run.

    tests/summary.py PRESET:KIND ...

Kinds that ran together stand in one file; each is counted for itself, by the names of its programs. A program's cases are its lines of TAP ("ok 3 - name", "not ok 4 - name"). A program without any counts as one case; one
that ended badly although all its lines say ok, or that printed fewer lines than its plan, has one failed case more.
The last line printed is "N passed, N failed"; the status is 1 when any failed or when nothing ran at all.
"""
import re
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

CASE = re.compile(r"^(not )?ok\b[ ]*\d*[ ]*-?[ ]*(.*)$", re.M)
PLAN = re.compile(r"^1\.\.(\d+)$", re.M)


def count(output, ended_well):
    """(passed, names of the failed cases, skipped) of one program."""
    passed, failed, skipped = 0, [], 0
    for bad, name in CASE.findall(output):
        if "# SKIP" in name:
            skipped += 1
        elif bad:
            failed.append(name)
        else:
            passed += 1
    planned = sum(int(n) for n in PLAN.findall(output))
    if planned > passed + len(failed) + skipped:
        failed.append("the program ended before its plan was done")
    if passed + len(failed) + skipped == 0:
        return (1, [], 0) if ended_well else (0, ["the program failed"], 0)
    if not ended_well and not failed:
        failed.append("the program failed although its cases passed (sanitizer, leak or time-out)")
    return passed, failed, skipped


def read(preset, kind):
    path = Path("build") / preset / "tests" / f"{kind}.xml"
    if not path.exists():
        return []
    programs = []
    for case in xml.parse(path).getroot().iter("testcase"):
        output = case.findtext("system-out") or ""
        status = case.get("status")
        if status in ("notrun", "disabled"):
            said = case.find("skipped")
            why = said.get("message") if said is not None else "not run"
            # A program that says it cannot run here (its skip status) is a skipped case; one that is missing has failed.
            outcome = (0, [], 1) if why.startswith("SKIP_RETURN_CODE") else (0, [why], 0)
            programs.append((case.get("name"), float(case.get("time")), outcome, output))
        else:
            programs.append((case.get("name"), float(case.get("time")), count(output, status == "run"), output))
    return programs


def by_kind(words):
    """(preset, kind, programs) of each kind that ran."""
    for word in words:
        preset, kind = word.split(":")
        programs = read(preset, kind)
        for own in sorted({p[0].split("/")[0] for p in programs}, key=lambda k: k != kind):
            yield preset, own, [p for p in programs if p[0].split("/")[0] == own]


def main():
    passed = failed = 0
    lines, reports = [], []
    for preset, kind, programs in by_kind(sys.argv[1:]):
        good = sum(p[2][0] for p in programs)
        bad = sum(len(p[2][1]) for p in programs)
        skipped = sum(p[2][2] for p in programs)
        label = kind if preset == "test" else f"{kind} ({preset})"
        lines.append(f"{label:<14} {good:6} passed {bad:4} failed {skipped:4} skipped {len(programs):4} programs "
                     f"{sum(p[1] for p in programs):7.1f} s")
        for name, seconds, (_, names, left_out), output in programs:
            if left_out and not names:
                reports.append(f"skipped {label}/{name.split('/', 1)[-1]}: {' '.join(output.split()[-12:])}")
            if names:
                tail = "\n".join("    " + line for line in output.splitlines()[-60:])
                reports.append(f"FAILED {label}/{name.split('/', 1)[-1]} after {seconds:.1f} s: {'; '.join(names)}\n{tail}")
        passed += good
        failed += bad
    print("\n".join(reports + lines))
    if passed + failed == 0:
        print("no test ran at all")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or passed == 0 else 0


sys.exit(main())
