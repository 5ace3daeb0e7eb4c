#!/usr/bin/python3
"""Shows what ctest does while it does it: a line for each finished test program, and a sign of life when one takes long. Everything ctest
says goes to a log file. Used by tests/run.

    ctest ... | tests/progress.py LOG
"""
import re
import sys
import threading
import time

QUIET = 15  # seconds without a line before one says what is running
START = re.compile(r"^ *Start +\d+: (\S+)")
END = re.compile(r"^ *(\d+/\d+) Test +#\d+: (\S+) \.+ *(.*?) +([\d.]+) sec")


class Progress:
    def __init__(self, log):
        self.log = log
        self.running = {}
        self.said = time.monotonic()
        self.lock = threading.Lock()

    def say(self, text):
        self.said = time.monotonic()
        print(text, flush=True)

    def take(self, line):
        self.log.write(line)
        self.log.flush()
        with self.lock:
            if start := START.match(line):
                self.running[start[1]] = time.monotonic()
            elif end := END.match(line):
                count, name, outcome, seconds = end.groups()
                self.running.pop(name, None)
                self.say(f"  {count:>7}  {name:<40} {float(seconds):6.1f} s  {'' if outcome == 'Passed' else outcome.strip('*')}".rstrip())

    def sign_of_life(self):
        while True:
            time.sleep(1)
            with self.lock:
                now = time.monotonic()
                if now - self.said >= QUIET and self.running:
                    self.say("           " + ", ".join(f"{name} for {now - since:.0f} s" for name, since in self.running.items()))


def main():
    with open(sys.argv[1], "w", encoding="utf-8") as log:
        progress = Progress(log)
        threading.Thread(target=progress.sign_of_life, daemon=True).start()
        for line in sys.stdin:
            progress.take(line)


try:
    sys.stdin.reconfigure(errors="replace")
    main()
except KeyboardInterrupt:
    sys.exit(130)
