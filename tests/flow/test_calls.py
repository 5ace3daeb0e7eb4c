#!/usr/bin/python3
"""Grant calls as officials and the public meet them: over HTTP, through the gateway's roles. The call of deploy/ is imported with its dates
moved into the present; preparers write, everybody reads, and who is neither is refused."""
import base64
import datetime
import json
import sys
import time
import uuid

from steps import refused
from suite import SOURCE, Suite, run, wait_for

story = {}
ROLES = ("applicant", "evaluator", "preparer", "presenter", "decider")


def moved_call():
    """The call of the demonstration as it would be today: open since yesterday, all else as far off as it was."""
    call = json.loads((SOURCE / "deploy" / "oikeus-osata.json").read_text())
    opens = datetime.datetime.fromisoformat(call["opensAt"].replace("Z", "+00:00"))
    shift = datetime.timedelta(days=(datetime.datetime.now(datetime.timezone.utc) - opens).days - 1)
    for name in ("opensAt", "closesAt"):
        call[name] = (datetime.datetime.fromisoformat(call[name].replace("Z", "+00:00")) + shift).strftime("%Y-%m-%dT%H:%M:%SZ")
    for name in ("useFrom", "useUntil", "interimDue", "finalDue"):
        call[name] = (datetime.date.fromisoformat(call[name]) + shift).isoformat()
    return call


def accounts():
    suite = story["suite"]
    for role in ROLES:
        story[role], story[f"{role}Id"] = suite.account(f"calls-{role}", role)
        session = story[role]("GET", "/api/session")
        assert session["roles"] == [role], session
    refused(suite.admin, "POST", "/api/accounts", {"accounts": [{"id": str(uuid.uuid4()), "userName": "calls-none", "roles": ["judge"]}]},
            "account.roles.unknown", 400)
    status, said = suite.command("account", "create", "calls-both", "--role", "preparer", "--role", "evaluator")
    assert status == 0 and "preparer" in said and "evaluator" in said, said


def only_preparers():
    body = {"content": moved_call()}
    for role in ("applicant", "evaluator", "presenter", "decider"):
        refused(story[role], "POST", "/api/calls:import", body, status=403)
    refused(story["suite"].admin, "POST", "/api/calls", body, status=403)
    refused(story["suite"].client(), "POST", "/api/calls", body, status=401)


def imported():
    prepare = story["preparer"]
    report = prepare("POST", "/api/calls:import", {"content": moved_call(), "dryRun": True})
    assert report["created"] and "id" in report["call"], report
    assert story["suite"].client()("GET", "/api/calls")["calls"] == []
    report = prepare("POST", "/api/calls:import", {"content": moved_call(), "publish": True})
    assert report["call"]["state"] == "CALL_PUBLISHED", report["findings"]
    story["id"] = report["call"]["id"]
    again = prepare("POST", "/api/calls:import", {"content": moved_call(), "publish": True})
    assert not again["created"] and not again["changed"] and again["call"]["version"] == report["call"]["version"], again


def public():
    reader = story["suite"].client()
    time.sleep(0.15)  # the gateway's cache of public answers
    listed = reader("GET", "/api/calls")["calls"]
    assert [c["id"] for c in listed] == [story["id"]] and "purpose" not in listed[0]["content"], listed
    status, headers, call = reader.exchange("GET", f"/api/calls/{story['id']}")
    assert status == 200 and headers["ETag"] == f'"{call["version"]}"', headers
    assert call["phase"] == "PHASE_OPEN" and call["officials"] == [] and call["applications"] == 0, call
    themes = [t for g in call["content"]["groups"] for t in g["themes"]]
    assert len(call["content"]["groups"]) == 3 and len(themes) == 8, themes
    assert sum(int(t["allocationCents"]) for t in themes) == int(call["content"]["allocationCents"]) == 1_530_000_000
    assert call["registerNumber"].startswith("1/20.01/"), call["registerNumber"]
    refused(reader, "GET", f"/api/calls/{uuid.uuid4()}", status=404)
    refused(reader, "GET", f"/api/calls/{story['id']}/money", status=401)
    refused(story["applicant"], "GET", f"/api/calls/{story['id']}/money", status=403)


def officials():
    path = f"/api/calls/{story['id']}"
    call = story["preparer"]("GET", path)
    people = [{"personId": story[f"{role}Id"], "role": f"OFFICIAL_{role.upper()}", "responsible": role == "preparer", "name": f"Nimi {role}", "title": "virka"}
              for role in ROLES[1:]]
    refused(story["preparer"], "PUT", path + "/officials", {"officials": people}, status=428)
    changed = story["preparer"]("PUT", path + "/officials", {"officials": people}, if_match=call["version"])
    assert len(changed["officials"]) == 4, changed
    refused(story["preparer"], "PUT", path + "/officials", {"officials": people}, status=412, if_match=call["version"])
    assert len(story["evaluator"]("GET", path)["officials"]) == 4  # an official sees it at once, past the cache
    other, _ = story["suite"].account("calls-other", "preparer")
    refused(other, "POST", path + ":unpublish", {}, "funding.call.not-preparer", 403)
    checks = story["decider"]("GET", path + "/checks")
    assert not checks["publishable"] and all(f["warning"] for f in checks["findings"]), checks


def edited():
    path = f"/api/calls/{story['id']}"
    call = story["preparer"]("GET", path)
    content = dict(call["content"], contact="Toinen neuvoja, neuvonta@example.fi")
    changed = story["preparer"]("PUT", path, {"content": content}, if_match=call["version"])
    assert changed["content"] == content, changed
    content["ownPermille"] = 500
    problem = refused(story["preparer"], "PUT", path, {"content": content}, "funding.call.harm", field="content.ownPermille", if_match=changed["version"])
    assert problem["facts"]["errors"] == "1", problem


def filed():
    path = f"/api/calls/{story['id']}/files/1"
    content = bytes(range(256)) * 937  # 239,872 bytes, nearly all that is allowed: 320 KB of base64
    version = story["preparer"]("GET", f"/api/calls/{story['id']}")["version"]
    body = {"name": "ohje.pdf", "mediaType": "application/pdf", "content": base64.b64encode(content).decode()}
    story["preparer"]("PUT", path, body, if_match=version)
    headers, got = story["suite"].client().file(path)
    assert got == content and headers["Content-Type"].startswith("application/pdf"), headers
    body["content"] = base64.b64encode(content + bytes(200)).decode()
    refused(story["preparer"], "PUT", path, body, "funding.file.large", 413, if_match=int(version) + 1)


def told():
    moves = story["presenter"]("GET", f"/api/moves/call/{story['id']}")["moves"]
    assert [m["to"] for m in moves] == ["draft", "published"] and moves[1]["actor"] == story["preparerId"], moves
    streams = story["suite"].admin("GET", "/api/events/funding/streams")["streams"]
    assert sum(int(s["headSeq"]) for s in streams) >= 3, streams


def called_off():
    path = f"/api/calls/{story['id']}:call-off"
    refused(story["preparer"], "POST", path, {"reason": "x"}, status=403)
    call = story["decider"]("POST", path, {"reason": "Määräraha peruttiin."})
    assert call["state"] == "CALL_CALLED_OFF", call
    wait_for("the public sees it", lambda: story["suite"].client()("GET", f"/api/calls/{story['id']}")["state"] == "CALL_CALLED_OFF")


def commanded():
    suite = story["suite"]
    token = suite.folder / "preparer-token"
    token.write_text(story["preparer"].token)
    file = suite.folder / "call.json"
    file.write_text((SOURCE / "deploy" / "oikeus-osata.json").read_text().replace("oikeus-osata-2020", "oikeus-osata-moved"))
    tomorrow = (datetime.date.today() + datetime.timedelta(days=1)).isoformat()
    command = ("import", file, "--shift-to", tomorrow, "--publish", "--token-file", token)
    status, said = suite.command(*command, token=False)
    assert status == 0 and "creates the call" in said and "CALL_PUBLISHED" in said, said
    call = next(c for c in story["suite"].admin("GET", "/api/calls")["calls"] if c["content"]["code"] == "oikeus-osata-moved")
    assert call["phase"] == "PHASE_UPCOMING" and call["content"]["opensAt"][:10] >= tomorrow, call
    days = [datetime.date.fromisoformat(call["content"][name]) for name in ("useFrom", "useUntil", "finalDue")]
    assert (days[1] - days[0], days[2] - days[1]) == (datetime.timedelta(days=576), datetime.timedelta(days=92)), days
    status, said = suite.command(*command, token=False)
    assert status == 0 and "stands like this already" in said, said


CASES = [
    ("officials and applicants have accounts, each with its role", accounts),
    ("only preparers write calls; an admin does not", only_preparers),
    ("the call of the demonstration is imported once, dry first", imported),
    ("everybody reads it, to the cent; its money is for officials", public),
    ("who does what is set by its preparers; every other preparer may look", officials),
    ("an open call changes only to the good", edited),
    ("a file of nearly 240,000 bytes goes in and comes out", filed),
    ("every move is told, with who and why", told),
    ("the decision-maker calls it off, and everybody sees that", called_off),
    ("`hv import` brings a call too, its days moved along, and says what is missing", commanded),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
