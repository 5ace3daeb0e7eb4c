#!/usr/bin/python3
"""`hv up` itself: the demonstration holds, a second start keeps the data and is quick, one folder belongs to one of them, a taken port
is named, a dead program comes back, and nothing outlives the supervisor. test_up.py BUILD-FOLDER
"""
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from suite import Suite, run, wait_for

suite = Suite(sys.argv[1])


def up(*options, seconds=200):
    done = subprocess.run([suite.hv, "up", *options, "--port", str(suite.port), "--dir", suite.dir], capture_output=True, text=True, timeout=seconds)
    return done.returncode, done.stdout + done.stderr


def demonstration():
    status, output = up("--once")
    print("\n".join("# " + line for line in output.splitlines()))
    assert status == 0, output
    assert "FAILED" not in output and output.count("  ok ") >= 15, output


def again():
    before = sorted(p.name for p in (suite.dir / "mail").iterdir())
    began = time.monotonic()
    status, output = up("--once")
    took = time.monotonic() - began
    assert status == 0 and "is kept" in output and "FAILED" not in output, output
    assert before == sorted(p.name for p in (suite.dir / "mail").iterdir()), "a second start sent mail"
    assert took < 20, f"{took:.1f} s"  # what a start may take is measured in tests/bench; this only catches a hang


def one_at_a_time():
    suite.options = ("--serve",)
    suite.start()
    status, output = up("--once", seconds=20)
    assert status == 1 and f"process {suite.process.pid}" in output, (status, output)


def comes_back():
    gateway = suite.pids()["hv-gateway"]
    os.kill(gateway, signal.SIGKILL)
    wait_for("the gateway runs again", lambda: suite.pids().get("hv-gateway") not in (None, gateway))

    def ready():
        try:
            return suite.client().exchange("GET", "/health/ready")[0] == 200
        except OSError:
            return False
    wait_for("it is ready again", ready)
    assert any("hv-gateway was ended by signal 9" in line for line in suite.lines), suite.lines


def nothing_outlives():
    children = suite.pids()
    assert len(children) >= 5, children
    suite.process.kill()
    suite.process.wait()
    wait_for(f"all of {children} have ended", lambda: not any(Path(f"/proc/{pid}").exists() for pid in children.values()))


def taken_port():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", suite.port + 2))
        other.listen()
        status, output = up("--once", seconds=20)
    assert status == 1 and f"port {suite.port + 2} " in output and "enrolment's requests" in output, (status, output)


def wrong_words():
    for options in (["--sideways"], ["--port", "7"], ["--port"]):
        done = subprocess.run([suite.hv, "up", *options], capture_output=True, text=True, timeout=20)
        assert done.returncode == 2 and done.stderr, (options, done)
    done = subprocess.run([suite.hv, "up", "--help"], capture_output=True, text=True, timeout=20)
    assert done.returncode == 0 and "--once" in done.stdout


CASES = [
    ("the demonstration holds every check, from nothing", demonstration),
    ("a second start enrols nobody again and reports on what is kept", again),
    ("a second one in the same folder is refused with the pid of the first", one_at_a_time),
    ("a killed program is started again", comes_back),
    ("nothing outlives a supervisor that is killed", nothing_outlives),
    ("a port that is taken is named with what it is for", taken_port),
    ("a wrong option is a usage error", wrong_words),
]
try:
    result = run(CASES)
    if result:
        print(suite.logs(15))
finally:
    suite.__exit__()
sys.exit(result)
