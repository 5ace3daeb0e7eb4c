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
    assert call["phase"] == "PHASE_OPEN" and call["officials"] == [] and "applications" not in call, call
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
    found = story["preparer"]("GET", "/api/accounts:find?role=evaluator")["accounts"]
    assert [row["userName"] for row in found] == ["calls-both", "calls-evaluator"] and found[1]["id"] == story["evaluatorId"], found
    assert set(found[1]) == {"id", "userName", "roles"} and found[0]["roles"] == ["evaluator", "preparer"], found
    assert story["preparer"]("GET", "/api/accounts:find?userName=calls-evaluator")["accounts"] == found[1:]
    assert refused(story["preparer"], "GET", "/api/accounts", status=403)["facts"]["roles"] == "admin"
    unknown = refused(story["preparer"], "GET", "/api/me", status=404)
    assert "eligib" not in unknown["texts"]["en"] and "/api/session" in unknown["texts"]["en"], unknown
    refused(story["preparer"], "PUT", path + "/officials", {"officials": people}, status=428)
    nobody = people + [dict(people[0], personId=call["id"], responsible=False)]
    problem = refused(story["preparer"], "PUT", path + "/officials", {"officials": nobody}, "account.named.nobody", 400, if_match=call["version"])
    assert problem["field"] == "officials[4].personId", problem
    wrong = people + [dict(people[0], role="OFFICIAL_DECIDER", responsible=False)]
    refused(story["preparer"], "PUT", path + "/officials", {"officials": wrong}, "account.named.role", 400, if_match=call["version"])
    changed = story["preparer"]("PUT", path + "/officials", {"officials": people}, if_match=call["version"])
    assert len(changed["officials"]) == 4, changed
    refused(story["preparer"], "PUT", path + "/officials", {"officials": people}, status=412, if_match=call["version"])
    assert len(story["evaluator"]("GET", path)["officials"]) == 4  # an official sees it at once, past the cache
    last = story["suite"].admin("GET", f"/api/moves/call/{story['id']}")["moves"][-1]
    assert last["why"].startswith("officials: added ") and last["name"] == "Nimi preparer", last
    refused(story["suite"].admin, "PUT", path + "/officials", {"officials": people}, "field.missing", 400, "reason", if_match=changed["version"])
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
    assert [m["to"] for m in moves] == ["draft", "published", "published"] and moves[1]["actor"] == story["preparerId"], moves
    assert moves[0].get("name") == "Nimi preparer" and moves[2]["why"].startswith("officials: "), moves
    streams = story["suite"].admin("GET", "/api/events/funding/streams")["streams"]
    assert sum(int(s["headSeq"]) for s in streams) >= 3, streams
    status, told = story["suite"].command("events", "funding")
    assert status == 0 and "unknown here" not in told and '"code":"' in told, told


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


def project_commanded():
    suite, file, token = story["suite"], story["suite"].folder / "project.json", story["suite"].folder / "preparer-token"
    project = json.loads((SOURCE / "deploy" / "strapetsi-project.json").read_text())
    file.write_text(json.dumps({"project": project}))
    status, said = suite.command("import", file, "--dry-run", "--token-file", token, token=False)
    assert status == 0 and "creates the project" in said and "note       state: The period is over" in said, said
    assert suite.client()("GET", "/api/projects")["projects"] == []
    status, said = suite.command("import", file, "--shift-weeks", "1", "--token-file", token, token=False)
    assert status == 2 and "not shifted" in said, (status, said)
    status, said = suite.command("import", SOURCE / "deploy" / "strapetsi-project.json", "--token-file", token, token=False)
    assert status == 0 and "Done: project" in said and "PROJECT_ONGOING" in said, said
    status, said = suite.command("import", file, "--token-file", token, token=False)
    assert status == 0 and "the project stands like this already" in said, said
    file.write_text(json.dumps(project | {"target": "Kaikki."}))
    status, said = suite.command("import", file, "--token-file", token, token=False)
    assert status == 1 and "--yes applies it" in said, (status, said)  # no terminal to ask at
    status, said = suite.command("import", file, "--yes", "--token-file", token, token=False)
    assert status == 0 and "changes the project" in said, said
    status, said = suite.command("import", file)  # an admin is no preparer
    assert status == 1 and "creates" not in said, (status, said)
    shown = next(p for p in wait_for("the register shows it", lambda: suite.client()("GET", "/api/projects")["projects"]))
    assert shown["code"] == "strapetsi" and shown["target"] == "Kaikki." and shown["members"] == [], shown


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
    ("and a project of the register: what disagrees in it is said, never mended", project_commanded),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
