#!/usr/bin/python3
"""Evaluation over HTTP, through the gateway's roles: evaluators who do not see each other before they have saved, a conflict that shuts one out,
a proposal within the allocations, and an assessment written by it."""
import datetime
import hashlib
import json
import sys

from steps import refused
from suite import SOURCE, Suite, run

story = {}
ROLES = ("preparer", "presenter", "decider")
FUND, PART = "VERDICT_FUND", "VERDICT_FUND_PART"


def call_content():
    call = json.loads((SOURCE / "deploy" / "oikeus-osata.json").read_text())
    opens = datetime.datetime.fromisoformat(call["opensAt"].replace("Z", "+00:00"))
    shift = datetime.timedelta(days=(datetime.datetime.now(datetime.timezone.utc) - opens).days - 1)
    for name in ("opensAt", "closesAt"):
        call[name] = (datetime.datetime.fromisoformat(call[name].replace("Z", "+00:00")) + shift).strftime("%Y-%m-%dT%H:%M:%SZ")
    for name in ("useFrom", "useUntil", "interimDue", "finalDue"):
        call[name] = (datetime.date.fromisoformat(call[name]) + shift).isoformat()
    return call


def set_up():
    suite = story["suite"]
    for role in ROLES:
        story[role], story[f"{role}Id"] = suite.account(f"evaluation-{role}", role)
    for name in ("one", "two"):
        story[name], story[f"{name}Id"] = suite.account(f"evaluation-{name}", "evaluator")
    story["applicant"], _ = suite.account("evaluation-applicant", "applicant")
    call = story["preparer"]("POST", "/api/calls:import", {"content": call_content(), "publish": True})["call"]
    people = [(story[f"{role}Id"], role) for role in ROLES] + [(story["oneId"], "evaluator"), (story["twoId"], "evaluator")]
    officials = [{"personId": who, "role": f"OFFICIAL_{role.upper()}", "responsible": role == "preparer", "name": f"Nimi {role}", "title": "virka"}
                 for who, role in people]
    story["call"] = story["preparer"]("PUT", f"/api/calls/{call['id']}/officials", {"officials": officials}, if_match=call["version"])


def application_of(cents):
    content = story["call"]["content"]
    theme = content["groups"][0]["themes"][0]
    own = -(-cents * content["ownPermille"] // (1000 - content["ownPermille"])) + 1
    answers = [{"questionId": q["id"], "text": "Tulokset jäävät kaikkien käyttöön."} for q in content["questions"]]
    written = {
        "themeId": theme["id"], "title": f"Hanke {cents}", "summary": "Yhteinen hanke.", "language": "fi", "startsOn": content["useFrom"],
        "endsOn": content["useUntil"], "iban": "FI21 1234 5600 0007 85", "answers": answers,
        "partners": [{"businessId": "0245458-3", "name": "Esimerkkiopisto", "contactName": "Yhteyshenkilö", "contactEmail": "yhteys@example.fi",
                      "language": "fi", "cents": str(cents)}],
        "lines": [{"category": "COST_STAFF", "title": "Palkat", "cents": str(cents + own)}],
        "shares": [{"kind": "SHARE_GRANT", "funder": "", "cents": str(cents)}, {"kind": "SHARE_OWN", "funder": "Hakija", "cents": str(own)}],
        "packages": [{"title": "Työ", "description": "Tehdään", "startsOn": content["useFrom"], "endsOn": content["useUntil"], "cents": str(cents + own)}],
        "parts": [{"title": "Koulutus", "scopeTenths": 50, "credits": True, "participants": 20}]}
    draft = story["applicant"]("POST", f"/api/calls/{story['call']['id']}/applications", {"content": written})
    return story["applicant"]("POST", f"/api/applications/{draft['id']}:submit", {}, if_match=draft["version"])


def submitted():
    left = int(story["call"]["content"]["groups"][0]["themes"][0]["allocationCents"])
    story["a"], story["b"] = application_of(left // 2 + 100), application_of(left // 2)
    story["evaluation"] = f"/api/applications/{story['a']['id']}/evaluation"
    story["evaluations"] = story["evaluation"] + "s"


def evaluation(points, cents, verdict=FUND):
    scores = [{"criterionId": c["id"], "points": min(points, c["points"])} for c in story["call"]["content"]["criteria"]]
    return {"scores": scores, "verdict": verdict, "cents": str(cents), "comment": "Selkeä."}


def receipt():
    """What the receipt is the SHA-256 of can be had, and computed by anybody."""
    path = f"/api/applications/{story['a']['id']}/receipt"
    headers, content = story["applicant"].file(path)
    assert hashlib.sha256(content).hexdigest() == story["a"]["receipt"], headers
    assert story["a"]["registerNumber"].replace("/", "-") in headers["Content-Disposition"], headers
    assert "Hanke".encode() in content and "Esimerkkiopisto".encode() in content
    sent = next(v for v in story["applicant"]("GET", path.replace("receipt", "versions"))["versions"] if v["kind"] == "submitted")
    assert story["preparer"].file(f"{path}?version={sent['version']}")[1] == content
    refused(story["preparer"], "GET", f"{path}?version=1", status=404)  # a draft
    refused(story["suite"].client(), "GET", path, status=401)


def closed():
    """While applications can be submitted and withdrawn, nobody scores or proposes."""
    refused(story["one"], "PUT", story["evaluation"], evaluation(100, story["a"]["appliedCents"]), "funding.call.not-closed")
    refused(story["preparer"], "POST", f"/api/calls/{story['call']['id']}/proposals", {}, "funding.call.not-closed")
    story["suite"].sql(f"update funding.call set closes_at = now() - interval '1 second' where id = '{story['call']['id']}'")


def evaluators_alone():
    for who in ("preparer", "decider", "applicant"):
        refused(story[who], "PUT", story["evaluation"], evaluation(1, 100), status=403)
    refused(story["one"], "PUT", story["evaluation"], evaluation(1, 10**12), "funding.evaluation.cents", field="cents")
    saved = story["one"]("PUT", story["evaluation"], evaluation(100, story["a"]["appliedCents"]))
    assert saved["pointsTotal"] == 10000 and saved["version"] == "1", saved
    assert story["two"]("GET", story["evaluations"]) == {"evaluations": [], "hidden": True, "pointsMean": 0}
    ranking = story["two"]("GET", f"/api/calls/{story['call']['id']}/ranking")["rows"]
    assert [r["points"] for r in ranking] == [0, 0] and ranking[0]["recommendedCents"] == "0", ranking
    assert len(story["preparer"]("GET", story["evaluations"])["evaluations"]) == 1
    refused(story["applicant"], "GET", story["evaluations"], status=403)
    refused(story["suite"].client(), "GET", story["evaluations"], status=401)
    story["two"]("PUT", story["evaluation"], evaluation(0, 100, PART))
    seen = story["two"]("GET", story["evaluations"])
    assert len(seen["evaluations"]) == 2 and not seen["hidden"] and seen["pointsMean"] == 5000, seen


def conflicted():
    path = f"/api/applications/{story['a']['id']}"
    refused(story["two"], "POST", path + "/conflicts", {"personId": story["oneId"], "reason": "x"}, "funding.conflict.others", 403)
    noted = story["two"]("POST", path + "/conflicts", {"reason": "Työnantajani on osapuoli."})["conflicts"]
    assert [c["personId"] for c in noted] == [story["twoId"]], noted
    refused(story["two"], "GET", path + "/evaluations", rule="funding.conflict.no-part", status=403)
    refused(story["two"], "GET", path, rule="funding.conflict.no-part", status=403)
    refused(story["two"], "POST", path + "/remarks", {"words": "x"}, "funding.conflict.no-part", 403)
    assert story["decider"]("GET", path + "/evaluations")["pointsMean"] == 10000
    take_back = path + f"/conflicts/{story['twoId']}:take-back"
    refused(story["two"], "POST", take_back, {"reason": "x"}, status=403)
    back = story["preparer"]("POST", take_back, {"reason": "Nimikaima."})["conflicts"]
    assert back[0]["why"] == "Nimikaima." and back[0]["endedAt"] and back[0]["endedByName"], back
    assert len(story["two"]("GET", path + "/evaluations")["evaluations"]) == 2
    assert len(story["two"]("POST", path + "/conflicts", {"reason": "Työnantajani on sittenkin osapuoli."})["conflicts"]) == 2
    story["presenter"]("POST", path + "/remarks", {"words": "Palkat kannattaa tarkistaa."})
    assert [r["words"] for r in story["preparer"]("GET", path + "/remarks")["remarks"]] == ["Palkat kannattaa tarkistaa."]


def proposed():
    path = f"/api/calls/{story['call']['id']}"
    refused(story["decider"], "POST", path + "/proposals", {}, status=403)
    story["one"]("PUT", f"/api/applications/{story['b']['id']}/evaluation", evaluation(1, story["b"]["appliedCents"]))
    proposal = story["preparer"]("POST", path + "/proposals", {})
    rows = {r["applicationId"]: r for r in proposal["rows"]}
    first, second = rows[story["a"]["id"]], rows[story["b"]["id"]]
    assert first["chosen"] and not second["chosen"], rows  # together 100 cents too much
    assert story["a"]["registerNumber"] in second["why"]["fi"] and int(second["loss"]) == 10000 - second["points"], second
    kept = story["decider"]("GET", path + "/proposal")
    assert kept["id"] == proposal["id"] and not kept["outdated"] and kept["inputHash"] == proposal["inputHash"], kept
    assert story["two"]("GET", path + "/proposal")["rows"] == []


def assessed():
    path = f"/api/applications/{story['b']['id']}/assessment"
    reasons = story["preparer"]("GET", "/api/decision-reasons")["reasons"]
    assert sum(not r["grants"] for r in reasons) == 13, reasons
    status, headers, empty = story["preparer"].exchange("GET", path)
    assert status == 200 and headers["ETag"] == '"1"' and empty["state"] == "ASSESSMENT_UNHANDLED", empty
    body = {"assessment": {"state": "ASSESSMENT_REJECT", "reasons": [2]}}
    refused(story["preparer"], "PUT", path, body, status=428)
    refused(story["decider"], "PUT", path, body, status=403, if_match=1)
    written = story["preparer"]("PUT", path, body, if_match=1)
    assert written["findings"] == [] and written["version"] == "2", written
    refused(story["preparer"], "PUT", path, body, status=412, if_match=1)
    body["assessment"]["reasons"] = []
    written = story["preparer"]("PUT", path, body, if_match=2)
    assert [f["rule"] for f in written["findings"]] == ["funding.assessment.reasons-missing"], written
    moves = story["decider"]("GET", f"/api/moves/assessment/{story['b']['id']}")["moves"]
    assert [m["to"] for m in moves] == ["unhandled", "reject"], moves


def kept():
    """What was prepared before is there to be read, and by whose hand; of the call too."""
    path = f"/api/applications/{story['b']['id']}/assessment/versions"
    versions = story["decider"]("GET", path)["versions"]
    assert [v["version"] for v in versions] == ["3", "2"] and versions[1]["name"] == "Nimi preparer", versions
    assert story["decider"]("GET", path + "/2")["assessment"]["reasons"] == [2]
    refused(story["applicant"], "GET", path, status=403)
    call = f"/api/calls/{story['call']['id']}/versions"
    versions = story["one"]("GET", call)["versions"]
    assert [v["version"] for v in versions] == ["1"] and versions[0]["actor"] == story["preparerId"], versions
    assert story["one"]("GET", call + "/1")["content"]["title"] == story["call"]["content"]["title"]
    refused(story["applicant"], "GET", call, status=403)


CASES = [
    ("a call with two evaluators", set_up),
    ("two applications that together are a little too much", submitted),
    ("the receipt is computed by whoever has what was sent", receipt),
    ("nobody scores or proposes before the call has closed", closed),
    ("an evaluator sees the other's scores nowhere before their own are saved", evaluators_alone),
    ("a conflict of interest shuts the door, and its evaluation counts for nothing", conflicted),
    ("the proposal takes the better one, and says what the other would displace", proposed),
    ("an assessment is written with If-Match, and says what it lacks", assessed),
    ("what an assessment and a call said before is kept", kept),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
