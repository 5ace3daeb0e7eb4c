#!/usr/bin/python3
"""A year of a training over HTTP only: its coordinator makes it, people come, wait, move and learn, and one asks to be forgotten; what
they are told is read in the mailbox, what they are given is opened with programs that are not ours. test_year.py BUILD-FOLDER
"""
import os
import sys

import year_course
import year_places
from reader import Reader
from suite import Client, Suite, run
from year import World


def documented(world):
    """All exchanges of the year, against the document that programs are written from."""
    reader = Reader(world.suite.admin("GET", "/api/openapi.json"))
    exchanges = [e for e in Client.journal if e[1].startswith("/api/") and e[1] != "/api/openapi.json"]
    assert reader.complaints("GET", "/api/nothing", None, 200, "application/json", b"{}"), "the reader believes everything"
    assert reader.complaints("GET", "/api/programmes", None, 200, "application/json", b'{"programmes": [{"cap": "many"}]}'), "the reader reads nothing"
    assert reader.complaints("GET", "/api/programmes", None, 200, "application/json", b'{"programmes": [{"cap": {}}]}'), "the reader skips what is empty"
    complaints = {complaint for exchange in exchanges for complaint in reader.complaints(*exchange)}
    assert len(exchanges) > 200 and not complaints, "\n".join(sorted(complaints))
    print(f"# {len(exchanges)} exchanges, {len(reader.used)} operations")


CASES = year_places.CASES + year_course.CASES + [("every exchange was as the OpenAPI document says", documented)]
os.environ["HV_CHAIN_PUBLISH_SECONDS"] = "1"  # the feed of the order chains, which otherwise moves every ten minutes
with Suite(sys.argv[1], "--serve") as suite:
    Client.journal = []
    world = World(suite)
    result = run([(name, lambda case=case: case(world)) for name, case in CASES])
    if result:
        print(suite.logs(15))
sys.exit(result)
