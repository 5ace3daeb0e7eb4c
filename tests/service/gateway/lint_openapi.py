#!/usr/bin/python3
"""The gateway's description of itself passes Redocly's recommended rules without a complaint.

    lint_openapi.py HV_GATEWAY FOLDER

The linter comes from npm into FOLDER, once. Where npm cannot get it, the test is skipped (exit code 77), not passed.
It first proves that it can fail: a document with an operation id twice must be refused.
"""
import json
import subprocess
import sys
from pathlib import Path

LINTER = "@redocly/cli@2.77.0"


def lint(folder, name, document):
    path = folder / name
    path.write_text(json.dumps(document))
    done = subprocess.run([folder / "node_modules/.bin/redocly", "lint", "--format", "json", "--extends", "recommended", path],
                          cwd=folder, capture_output=True, text=True, timeout=100)
    try:
        return json.loads(done.stdout)["problems"]
    except (ValueError, KeyError):
        sys.exit(f"the linter did not answer: {done.stdout[-500:]}{done.stderr[-500:]}")


def main():
    gateway, folder = sys.argv[1], Path(sys.argv[2]).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules/.bin/redocly").exists():
        try:
            subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, LINTER], cwd=folder,
                           check=True, timeout=180, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except (OSError, subprocess.SubprocessError):
            print("npm cannot get the linter here")
            return 77
    document = json.loads(subprocess.run([gateway, "--openapi"], check=True, capture_output=True, text=True).stdout)
    broken = json.loads(json.dumps(document))
    broken["paths"]["/api/me"]["get"]["operationId"] = broken["paths"]["/api/me"]["put"]["operationId"]
    if not lint(folder, "broken.json", broken):
        print("the linter takes a document with an operation id twice")
        return 1
    problems = lint(folder, "openapi.json", document)
    for problem in problems:
        print(problem.get("severity"), problem.get("ruleId"), problem.get("message"), [at.get("pointer") for at in problem.get("location", [])])
    print(f"{len(document['paths'])} paths, {len(problems)} complaints")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
