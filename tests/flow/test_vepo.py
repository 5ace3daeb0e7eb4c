#!/usr/bin/python3
"""A place at VEPO, from an HTTP request to a mail in the mailbox: one person's whole way over the real programs, and what the next
person on the waiting list sees of it. test_vepo.py BUILD-FOLDER
"""
import json
import sys
from pathlib import Path

from steps import mails_of, refused, text_of
from suite import Suite, run, wait_for

SV = "flow-svea"
story = {}


def programme():
    return story["suite"].programme(story["programme"]["id"])


def implementation():
    return next(i for i in programme()["implementations"] if i["id"] == story["implementation"])


def enrolling():
    return f"/api/programmes/{story['programme']['id']}/registrations"


def enrol(client, key):
    return client.exchange("POST", enrolling(), {"implementationId": story["implementation"]}, key)


def opens():
    suite = story["suite"]
    story["programme"] = suite.import_vepo()
    free = [i for i in programme()["implementations"] if not i.get("rules")]
    assert len(programme()["implementations"]) == 12 and programme()["cap"] == 280, programme()
    story["implementation"], story["other"] = free[0]["id"], free[1]["id"]


def signs_in():
    suite = story["suite"]
    suite.admin("POST", "/api/accounts", {"accounts": [{"userName": SV, "password": "en lång hemlighet 7", "roles": ["participant"]}]})
    client = story["svea"] = suite.client()
    session = client.sign_in(SV, "en lång hemlighet 7")
    assert session["userName"] == SV and session["roles"] == ["participant"] and client.cookie, session
    status, _, problem = suite.client().exchange("POST", "/api/session", {"userName": SV, "password": "fel lösenord 1234"})
    assert status == 401, (status, problem)


def without_facts():
    refused(story["svea"], "POST", enrolling(), {"implementationId": story["implementation"]}, "enrolment.person.unknown")


def wrong_role():
    story["svea"]("PUT", "/api/me", facts(role="other"))
    refused(story["svea"], "POST", enrolling(), {"implementationId": story["implementation"]}, "vepo.role")


def facts(**changes):
    return {"name": "Svea Exempel", "email": f"{SV}@example.fi", "language": "sv", "role": "teacher", "level": "basic",
            "organisationKind": "municipality", "organisation": "Exempelkommun", "region": "uusimaa", **changes}


def enrols():
    story["svea"]("PUT", "/api/me", facts())
    before = implementation()["taken"]
    status, headers, answer = enrol(story["svea"], "the-key")
    assert status == 201 and answer["state"] == "STATE_SEATED" and answer["orderNo"] == 1, (status, answer)
    story["registration"] = answer
    status, headers, again = enrol(story["svea"], "the-key")
    assert status // 100 == 2 and again["id"] == answer["id"] and headers.get("Idempotency-Replayed"), (status, dict(headers), again)
    elsewhere = {"implementationId": story["other"]}
    refused(story["svea"], "POST", enrolling(), elsewhere, status=422, key="the-key")
    refused(story["svea"], "POST", enrolling(), elsewhere, "enrolment.already-registered")
    assert implementation()["taken"] == before + 1


def told():
    mails = mails_of(story["suite"], f"{SV}@example.fi", 1)
    assert len(mails) == 1, [str(m["Subject"]) for m in mails]
    mail, text = mails[0], text_of(mails[0])
    assert mail["Content-Language"] == "sv" and mail["Message-ID"] and mail["Auto-Submitted"] == "auto-generated", mail.items()
    organiser = implementation()["organiser"]["sv"]
    assert organiser in text or programme()["title"]["sv"] in text, text
    mine = story["svea"]("GET", "/api/me/messages")["messages"]
    assert [m["kind"] for m in mine] == ["confirmation"], mine


def receipt():
    suite = story["suite"]
    receipt = story["svea"]("GET", f"/api/registrations/{story['registration']['id']}/receipt")
    good, bad = suite.folder / "receipt.json", suite.folder / "tampered.json"
    good.write_text(json.dumps(receipt))
    status, output = suite.command("verify", "--implementation", story["implementation"], "--receipt", good)
    assert status == 0, output
    receipt["entry"]["orderNo"] += 1
    bad.write_text(json.dumps(receipt))
    status, output = suite.command("verify", "--implementation", story["implementation"], "--receipt", bad)
    assert status == 1, (status, output)


def queued():
    suite = story["suite"]
    suite.admin("PUT", f"/api/implementations/{story['implementation']}/capacity", {"capacity": 1, "reason": "full for the test"},
                if_match=implementation()["version"])
    story["people"] = suite.people(["flow-eka", "flow-toka"])
    for position, (name, (client, _)) in enumerate(story["people"].items(), 1):
        status, _, answer = enrol(client, f"queue-{name}")
        assert status == 201 and answer["state"] == "STATE_QUEUED" and answer["position"] == position, (status, answer)
        mails = mails_of(story["suite"], f"{name}@example.fi", 1)
        assert mails[0]["Content-Language"] == "fi" and str(position) in text_of(mails[0]), mails[0].as_string()


def below_taken():
    suite = story["suite"]
    refused(suite.admin, "PUT", f"/api/implementations/{story['implementation']}/capacity", {"capacity": 0}, "enrolment.capacity.below-taken",
            if_match=implementation()["version"])


def promotes():
    client = story["svea"]
    answer = client("POST", f"/api/registrations/{story['registration']['id']}:cancel", {}, key="cancel")
    assert answer["state"] == "STATE_CANCELLED", answer
    first, _ = story["people"]["flow-eka"]
    mine = first("GET", "/api/me/registrations")["registrations"]
    assert mine[0]["state"] == "STATE_SEATED" and mine[0]["replyDueAt"], mine
    mails_of(story["suite"], "flow-eka@example.fi", 2)
    assert [m["kind"] for m in first("GET", "/api/me/messages")["messages"]] == ["promotion", "waiting_list"]
    mails_of(story["suite"], f"{SV}@example.fi", 2)
    assert [m["kind"] for m in client("GET", "/api/me/messages")["messages"]] == ["cancellation", "confirmation"]
    second, _ = story["people"]["flow-toka"]
    mine = second("GET", "/api/me/registrations")["registrations"]
    assert mine[0]["state"] == "STATE_QUEUED" and mine[0]["position"] == 1, mine


def history():
    moves = story["svea"]("GET", f"/api/registrations/{story['registration']['id']}/history")["moves"]
    assert [m["to"] for m in moves] == ["STATE_SEATED", "STATE_CANCELLED"], moves
    status, output = story["suite"].command("verify", "--implementation", story["implementation"])
    assert status == 0, output


def nobody_elses():
    stranger, _ = story["people"]["flow-toka"]
    status, _, answer = stranger.exchange("GET", f"/api/registrations/{story['registration']['id']}")
    assert status in (403, 404), (status, answer)
    status, _, _ = story["suite"].client().exchange("GET", "/api/me/registrations")
    assert status == 401, status
    _, _, chain = story["suite"].client().exchange("GET", f"/api/implementations/{story['implementation']}/chain")
    assert "example.fi" not in json.dumps(chain) and len(chain["entries"]) == 5, chain


def healthy():
    suite = story["suite"]
    # A service asked while the machine is busy elsewhere may answer the survey too late: then it is asked again.
    wait_for("the health is good", lambda: suite.client().exchange("GET", "/health")[2]["status"] in ("pass", "warn"))
    _, _, metrics = suite.client().exchange("GET", "/metrics")
    assert "http_requests_total" in metrics and "work_jobs_total" in metrics, metrics[:500]
    wait_for("`hv health` says so too", lambda: suite.command("health")[0] == 0)


def ends():
    suite = story["suite"]
    children = suite.pids()
    assert {"postgres", "mailbox", "hv-enrolment", "hv-notification", "hv-funding", "hv-gateway"} <= set(children), children
    assert suite.stop() == 0, "".join(suite.lines)
    left = [name for name, pid in children.items() if Path(f"/proc/{pid}").exists()]
    assert not left, left


CASES = [
    ("VEPO is imported: twelve implementations, a cap of 280", opens),
    ("a person signs in with a password, and not with a wrong one", signs_in),
    ("whoever has no particulars yet is told so in three languages", without_facts),
    ("whoever is outside the target group is refused by that rule", wrong_role),
    ("an enrolment takes a seat once, whatever is sent again", enrols),
    ("the confirmation arrives in the person's language", told),
    ("the receipt verifies, a changed one does not", receipt),
    ("the next two wait in line and are told their place", queued),
    ("a capacity below what is taken is refused", below_taken),
    ("a cancelled seat goes to the first in line, and both are told", promotes),
    ("the history is kept and the chain verifies", history),
    ("nobody sees another's registration, and the public chain names nobody", nobody_elses),
    ("the services say that they are well", healthy),
    ("Ctrl-C ends everything, and nothing is left running", ends),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
