#!/usr/bin/python3
"""Solves a challenge of the gateway as a browser would, by the ALTCHA protocol, with nothing but Python's own library.

    solve_proof.py <challenge.json

Prints the text for the header X-Proof-Of-Work, and with --time what the search cost.
"""
import base64
import hashlib
import json
import sys
import time


def solve(challenge):
    if challenge["algorithm"] != "SHA-256":
        sys.exit(f"an algorithm nobody told of: {challenge['algorithm']}")
    salt = challenge["salt"].encode()
    for number in range(challenge["maxnumber"] + 1):
        if hashlib.sha256(salt + str(number).encode()).hexdigest() == challenge["challenge"]:
            return number
    sys.exit("no number fits")


def main():
    challenge = json.load(sys.stdin)
    began = time.monotonic()
    number = solve(challenge)
    took = time.monotonic() - began
    payload = {name: challenge[name] for name in ("algorithm", "challenge", "salt", "signature")}
    payload |= {"number": number, "took": round(took * 1000)}
    print(base64.b64encode(json.dumps(payload).encode()).decode())
    if "--time" in sys.argv:
        print(f"{number + 1} hashes in {took * 1000:.1f} ms", file=sys.stderr)


if __name__ == "__main__":
    main()
