#!/usr/bin/python3
"""After the decision over HTTP, through the gateway's roles: a grant is accepted and paid, changed part by part, reported to two reviewers, and
what was not used comes back, until the grant closes and the call ends; the audit sample is drawn again from what the public sees."""
import base64
import datetime
import hashlib
import hmac
import json
import math
import sys
import time

from steps import refused
from suite import SOURCE, Suite, run

story = {}
GRANT = 10_000_000  # cents
OPEN_SECONDS = 15   # long enough to submit
BEACON = "Arvonta 20.11.2026: 3 14 15"
PEOPLE = {"preparer": "preparer", "second": "preparer", "presenter": "presenter", "decider": "decider"}


def stamp(seconds):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def call_content():
    call = json.loads((SOURCE / "deploy" / "oikeus-osata.json").read_text())
    return call | {"code": "jalkeen", "opensAt": stamp(-3600), "closesAt": stamp(OPEN_SECONDS), "useFrom": day(0), "useUntil": day(400),
                   "interimDue": "", "finalDue": day(500), "ownPermille": 0, "samplePermille": 100}


def set_up():
    suite = story["suite"]
    for name, role in PEOPLE.items():
        story[name], story[f"{name}Id"] = suite.account(f"awards-{name}", role)
    story["applicant"], _ = suite.account("awards-applicant", "applicant")
    story["stranger"], _ = suite.account("awards-stranger", "applicant")
    report = story["preparer"]("POST", "/api/calls:import", {"content": call_content(), "publish": True})
    assert report.get("call"), report["findings"]
    officials = [{"personId": story[f"{name}Id"], "role": f"OFFICIAL_{role.upper()}", "responsible": name == "preparer", "name": f"Nimi {name}",
                  "title": "virka"} for name, role in PEOPLE.items()]
    story["call"] = story["preparer"]("PUT", f"/api/calls/{report['call']['id']}/officials", {"officials": officials},
                                      if_match=report["call"]["version"])
    story["callPath"] = f"/api/calls/{story['call']['id']}"
    story["bound"] = story["preparer"]("POST", story["callPath"] + "/draw:commit", {})
    assert "seed" not in story["bound"] and len(base64.b64decode(story["bound"]["commitment"])) == 32, story["bound"]


def submitted():
    content = story["call"]["content"]
    written = {
        "themeId": content["groups"][0]["themes"][0]["id"], "title": "Hanke", "summary": "Yhteinen hanke.", "language": "fi",
        "startsOn": content["useFrom"], "endsOn": content["useUntil"], "iban": "FI21 1234 5600 0007 85",
        "answers": [{"questionId": q["id"], "text": "Tulokset jäävät kaikkien käyttöön."} for q in content["questions"]],
        "partners": [{"businessId": "0245458-3", "name": "Esimerkkiopisto", "contactName": "Yhteyshenkilö", "contactEmail": "yhteys@example.fi",
                      "language": "fi", "cents": str(GRANT)}],
        "lines": [{"category": "COST_STAFF", "title": "Palkat", "cents": str(GRANT)}],
        "shares": [{"kind": "SHARE_GRANT", "funder": "", "cents": str(GRANT)}],
        "packages": [{"title": "Työ", "description": "Tehdään", "startsOn": content["useFrom"], "endsOn": content["useUntil"], "cents": str(GRANT)}],
        "parts": [{"title": "Koulutus", "scopeTenths": 50, "credits": True, "participants": 20}]}
    draft = story["applicant"]("POST", story["callPath"] + "/applications", {"content": written})
    story["a"] = story["applicant"]("POST", f"/api/applications/{draft['id']}:submit", {}, if_match=draft["version"])
    story["path"] = f"/api/applications/{draft['id']}"
    story["award"] = story["path"] + "/award"


def granted():
    while story["preparer"]("GET", story["callPath"])["phase"] != "PHASE_CLOSED":
        time.sleep(0.5)
    assessment = {"state": "ASSESSMENT_GRANT", "cents": str(GRANT), "partnerCents": [str(GRANT)], "lineCents": [str(GRANT)], "purpose": "Koulutukseen",
                  "useFrom": day(1), "useUntil": day(300), "instalments": [{"dueOn": day(30), "cents": str(GRANT)}]}
    written = story["preparer"]("PUT", story["path"] + "/assessment", {"assessment": assessment}, if_match=1)
    assert not [f for f in written["findings"] if not f["warning"]], written["findings"]
    refused(story["decider"], "POST", story["callPath"] + ":send-decisions", {}, rule="funding.decision.not-presented")
    assert story["presenter"]("POST", story["callPath"] + ":present-decisions", {})["presented"] == 1
    sent = story["decider"]("POST", story["callPath"] + ":send-decisions", {})
    assert sent["sent"] == 1 and sent["granted"] == 1, sent


def accepted():
    offered = story["applicant"]("GET", story["award"])
    assert offered["state"] == "AWARD_OFFERED" and offered["grantedCents"] == str(GRANT) and offered["useUntil"] == day(300), offered
    kinds = [o["kind"] for o in story["applicant"]("GET", story["path"] + "/obligations")["obligations"]]
    assert kinds == ["OBLIGATION_ANSWER", "OBLIGATION_FINAL"], kinds
    refused(story["stranger"], "GET", story["award"], status=404)
    refused(story["stranger"], "POST", story["award"] + ":answer", {"answer": "GRANT_ACCEPT"}, status=404)
    refused(story["preparer"], "POST", story["award"] + ":answer", {"answer": "GRANT_ACCEPT"}, status=403)
    refused(story["applicant"], "POST", story["award"] + ":answer", {}, status=400)  # which of the two is always said
    assert story["applicant"]("POST", story["award"] + ":answer", {"answer": "GRANT_ACCEPT"})["state"] == "AWARD_ACCEPTED"
    refused(story["applicant"], "POST", story["award"] + ":answer", {"answer": "GRANT_REFUSE"}, "funding.award.answered")


def paid():
    award = story["preparer"]("GET", story["award"])
    refused(story["preparer"], "PUT", story["award"] + "/instalments", {"instalments": []}, status=428)
    plan = [{"dueOn": day(30), "cents": str(GRANT // 2)}, {"dueOn": day(90), "cents": str(GRANT // 2 + 1)}]
    refused(story["preparer"], "PUT", story["award"] + "/instalments", {"instalments": plan}, "funding.instalment.over-granted", if_match=award["version"])
    refused(story["decider"], "PUT", story["award"] + "/instalments", {"instalments": []}, status=403, if_match=award["version"])
    move = f"{story['award']}/instalments/{award['instalments'][0]['id']}:move"
    refused(story["preparer"], "POST", move, {"state": "INSTALMENT_PAID", "reference": "RF18", "paidOn": day(0)}, "funding.instalment.state")
    story["preparer"]("POST", move, {"state": "INSTALMENT_ORDERED"})
    refused(story["preparer"], "POST", move, {"state": "INSTALMENT_SENT"}, "funding.instalment.four-eyes")
    story["second"]("POST", move, {"state": "INSTALMENT_SENT"})
    done = story["preparer"]("POST", move, {"state": "INSTALMENT_PAID", "reference": "RF18 5390", "paidOn": day(0)})
    assert done["paidCents"] == str(GRANT) and done["instalments"][0]["paidOn"] == day(0), done
    assert [(f["rule"], f["warning"]) for f in done["findings"]] == [("funding.instalment.early", True)], done["findings"]
    moves = story["preparer"]("GET", f"/api/moves/instalment/{award['instalments'][0]['id']}")["moves"]
    assert [m["to"] for m in moves] == ["planned", "ordered", "sent", "paid"], moves


def amended():
    parts = [{"kind": "CHANGE_PERIOD", "asked": {"useUntil": day(330)}}, {"kind": "CHANGE_CONTENT", "asked": {"words": "Verkossa."}}]
    refused(story["applicant"], "POST", story["path"] + "/amendments", {"reasons": "x", "parts": []}, "funding.amendment.nothing")
    asked = story["applicant"]("POST", story["path"] + "/amendments", {"reasons": "Aikataulu", "parts": parts})
    waits = story["presenter"]("GET", story["callPath"] + "/amendments?state=AMENDMENT_SUBMITTED")["amendments"]
    assert [(w["id"], w["registerNumber"], [p["kind"] for p in w["parts"]]) for w in waits] == \
        [(asked["id"], story["preparer"]("GET", story["award"])["registerNumber"], ["CHANGE_PERIOD", "CHANGE_CONTENT"])], waits
    decide = f"/api/amendments/{asked['id']}:decide"
    outcome = [{"kind": "CHANGE_PERIOD", "outcome": "OUTCOME_ACCEPTED"}, {"kind": "CHANGE_CONTENT", "outcome": "OUTCOME_REJECTED"}]
    refused(story["decider"], "POST", decide, {"parts": outcome}, "funding.amendment.reason", field="parts[1].reason")
    outcome[1]["reason"] = "Lähikoulutus oli peruste."
    refused(story["preparer"], "POST", decide, {"parts": outcome}, status=403)
    assert story["decider"]("POST", decide, {"parts": outcome})["state"] == "AMENDMENT_DECIDED"
    assert story["applicant"]("GET", story["award"])["useUntil"] == day(330)
    final = story["applicant"]("GET", story["path"] + "/obligations")["obligations"][1]
    assert final["dueOn"] == day(530), final  # thirty days later, as the use
    assert len(story["applicant"]("GET", story["path"] + "/amendments")["amendments"]) == 1
    listed = story["presenter"]("GET", story["callPath"] + "/obligations?state=OBLIGATION_OPEN")["obligations"]
    assert [(o["kind"], o["dueOn"]) for o in listed] == [("OBLIGATION_FINAL", day(530))], listed
    assert story["presenter"]("GET", story["callPath"] + "/obligations?late=true")["obligations"] == []


def drawn():
    refused(story["decider"], "POST", story["callPath"] + "/draw", {"beacon": BEACON}, status=403)
    story["preparer"]("POST", story["callPath"] + "/draw", {"beacon": BEACON})
    draw = story["suite"].client()("GET", story["callPath"] + "/draw")  # the public
    seed = base64.b64decode(draw["seed"])
    assert hashlib.sha256(seed).digest() == base64.b64decode(story["bound"]["commitment"])
    tags = sorted((hmac.new(seed, (BEACON + row["registerNumber"]).encode(), hashlib.sha256).digest(), row["registerNumber"]) for row in draw["rows"])
    assert [(base64.b64decode(row["tag"]), row["registerNumber"]) for row in draw["rows"]] == tags
    assert sum(row["drawn"] for row in draw["rows"]) == math.ceil(len(tags) * draw["samplePermille"] / 1000) == 1


def reported():
    content = {"results": "Tehtiin.", "useOfMoney": "Palkkoihin.", "lines": [{"n": 1, "cents": str(GRANT - 5000)}],
               "parts": [{"title": "Koulutus", "scopeTenths": 50, "credits": True, "participants": 20}]}
    body = {"kind": "REPORT_FINAL", "content": content, "submit": True}
    content["lines"][0]["cents"] = str(GRANT + 1)
    refused(story["applicant"], "PUT", story["path"] + "/reports", body, "funding.report.over-granted")
    content["lines"][0]["cents"] = str(GRANT - 5000)
    report = story["applicant"]("PUT", story["path"] + "/reports", body)
    assert report["state"] == "REPORT_SUBMITTED" and report["traineeDaysTenths"] == "4500" and report["sampled"], report
    review = f"/api/reports/{report['id']}:review"
    story["preparer"]("POST", review, {"step": "REVIEW_VERIFY"})
    refused(story["preparer"], "POST", review, {"step": "REVIEW_ACCEPT"}, "funding.report.same-reviewer")
    assert story["second"]("POST", review, {"step": "REVIEW_ACCEPT"})["state"] == "REPORT_ACCEPTED"
    listed = story["presenter"]("GET", story["callPath"] + "/reports?state=REPORT_ACCEPTED")["reports"]
    assert [r["id"] for r in listed] == [report["id"]], listed


def closed():
    award = story["preparer"]("GET", story["award"])
    recovery = award["recoveries"][0]
    assert award["state"] == "AWARD_ACCEPTED" and recovery["cents"] == "5000" and recovery["kind"] == "RECOVERY_RETURN", award
    put = f"{story['award']}/recoveries/{recovery['id']}"
    refused(story["preparer"], "PUT", put, {"state": "RECOVERY_ORDERED", "dueOn": day(30)}, status=403)
    story["decider"]("PUT", put, {"state": "RECOVERY_ORDERED", "dueOn": day(30)})
    done = story["second"]("PUT", put, {"state": "RECOVERY_PAID", "paidOn": day(0)})
    assert done["state"] == "AWARD_CLOSED" and done["returnedCents"] == "5000", done
    assert story["suite"].client()("GET", story["callPath"])["state"] == "CALL_ENDED"
    money = story["preparer"]("GET", story["callPath"] + "/money")
    assert (money["grantedCents"], money["paidCents"], money["returnedCents"]) == (str(GRANT), str(GRANT), "5000"), money


CASES = [
    ("a call that closes soon, its audit seed bound", set_up),
    ("an application in time", submitted),
    ("a decision that grants", granted),
    ("only its lead answers, once", accepted),
    ("payments go along the machine, within the grant to the cent", paid),
    ("a change application is decided part by part, and moves the final report", amended),
    ("anybody draws the same audit sample", drawn),
    ("a report is looked at by two people", reported),
    ("what was not used comes back, the grant closes, the call ends", closed),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
