#!/usr/bin/python3
"""A municipality decides on its share of a project, over HTTP and through the gateway's roles: the municipality comes by `hv import` with user
names, the case goes from the application to the published minutes, the public reads what it may when it may, and the plan of the project
follows. What is said comes from the files of deploy/."""
import base64
import datetime
import hashlib
import json
import sys
import time
import uuid

import feedparser

from steps import mail_saying, refused, tool
from suite import SOURCE, Suite, run, wait_for

story = {}
TOWN = json.loads((SOURCE / "deploy" / "kannus.json").read_text())
WORDS = json.loads((SOURCE / "deploy" / "kannus-case.json").read_text())
ROLE = {"OFFICE_PREPARER": "preparer", "OFFICE_PRESENTER": "presenter", "OFFICE_SECRETARY": "secretary"}
SEATS = TOWN["boards"][0]["seats"]
MEMBERS = [seat for seat in SEATS if seat["kind"] != "SEAT_DEPUTY"]
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=2))).date()


def at(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


def client(name):
    return story[name][0]


def named(people):
    """Nominations with the ids of their accounts."""
    return [{**{k: v for k, v in p.items() if k != "userName"}, "personId": story[p["userName"]][1]} for p in people]


def imported():
    suite = story["suite"]
    status, said = suite.command("import", SOURCE / "deploy" / "kannus.json")
    assert status == 1 and "demo-secretary has no open account; hv account create demo-secretary --role secretary makes one" in said, said
    for official in TOWN["officials"]:
        story[official["userName"]] = suite.account(official["userName"], ROLE[official["office"]])
    for seat in SEATS:
        story[seat["userName"]] = suite.account(seat["userName"], "board-member")
    for name, role in (("demo-principal", "participant"), ("municipal-applicant", "applicant"), ("municipal-other", "preparer"),
                       ("municipal-stranger", "secretary")):
        story[name] = suite.account(name, role)
    for name in ("demo-municipal-preparer", "demo-principal", "demo-board-3"):
        suite.admin("PUT", f"/api/persons/{story[name][1]}", {"name": f"Nimi {name}", "email": f"{name}@example.fi", "language": "fi"})
    status, said = suite.command("import", SOURCE / "deploy" / "kannus.json", "--dry-run")
    assert status == 0 and "creates the municipality" in said, said
    assert suite.client()("GET", "/api/municipalities")["municipalities"] == []
    status, said = suite.command("import", SOURCE / "deploy" / "kannus.json")
    assert status == 0 and "Done: municipality" in said, said
    status, said = suite.command("import", SOURCE / "deploy" / "kannus.json")
    assert status == 0 and "the municipality stands like this already" in said, said
    file, token = suite.folder / "town.json", suite.folder / "secretary-token"
    file.write_text(json.dumps({"municipality": dict(TOWN, namesDays=40)}))
    status, said = suite.command("import", file)
    assert status == 1 and "the municipality stands already and would change" in said and "--yes applies it" in said, said
    status, said = suite.command("import", file, "--shift-weeks", "1")
    assert status == 2 and "no days that could be shifted" in said, said
    for who, answer in (("municipal-stranger", 1), ("demo-secretary", 0)):  # a secretary of this municipality, or an admin
        token.write_text(client(who).token)
        status, said = suite.command("import", file, "--yes", "--token-file", token, token=False)
        assert status == answer, said
    status, said = suite.command("import", SOURCE / "deploy" / "kannus.json", "--yes")
    assert status == 0 and "changes the municipality" in said, said
    time.sleep(0.15)  # the gateway's cache of public answers
    town = suite.client()("GET", "/api/municipalities")["municipalities"][0]
    assert town["code"] == "kannus" and town["officials"] == [], town
    seen = client("demo-secretary")("GET", f"/api/municipalities/{town['id']}")
    assert len(seen["officials"]) == 5 and len(seen["boards"][0]["seats"]) == 8, seen
    story["town"], story["board"] = town["id"], seen["boards"][0]["id"]


def planned():
    project = json.loads((SOURCE / "deploy" / "timantti-project.json").read_text())
    project = client("demo-municipal-preparer")("POST", "/api/projects:import", {"project": project})["project"]
    assert project["totalCents"] == "40105200" and sum(int(s["cents"]) for s in project["shares"]) == 40105200, project
    story["project"] = project["id"]
    story["share"] = next(s["id"] for s in project["shares"] if s["funder"] == WORDS["shareFunder"])


def only_who_may():
    """The coarse role is asked at the door, by every row."""
    some = str(uuid.uuid4())
    doors = [("POST", "/api/municipalities:import", {"municipality": {}}, "demo-municipal-preparer", "admin, secretary"),
             ("POST", "/api/cases", {}, "demo-board-1", "applicant, preparer"),
             ("PUT", f"/api/cases/{some}", {}, "demo-municipal-presenter", "preparer"),
             ("POST", f"/api/cases/{some}/statements", {}, "municipal-applicant", "preparer"),
             ("PUT", f"/api/cases/{some}/proposal", {}, "demo-municipal-preparer", "presenter"),
             ("POST", f"/api/cases/{some}:withdraw", {}, "demo-secretary", "applicant, preparer"),
             ("GET", f"/api/cases/{some}/checks", None, "municipal-applicant", "admin, preparer, presenter, secretary"),
             ("POST", "/api/meetings", {}, "demo-municipal-preparer", "secretary"),
             ("PUT", f"/api/meetings/{some}", {}, "demo-board-1", "secretary"),
             ("POST", f"/api/meetings/{some}:check", {}, "demo-secretary", "board-member"),
             ("POST", f"/api/items/{some}:vote", {}, "demo-secretary", "board-member"),
             ("POST", f"/api/items/{some}/disqualifications", {}, "demo-municipal-preparer", "secretary, board-member"),
             ("POST", f"/api/items/{some}:decide", {}, "demo-board-1", "secretary")]
    doors += [("POST", f"/api/meetings/{some}:{verb}", {}, "demo-board-1", "secretary") for verb in ("summon", "cancel", "open", "close", "publish")]
    for method, path, body, who, roles in doors:
        assert refused(client(who), method, path, body, status=403, if_match=1)["facts"]["roles"] == roles, path
        refused(story["suite"].client(), method, path, body, status=401)


def filed():
    suite, apply = story["suite"], client("municipal-applicant")
    body = dict(WORDS["application"], municipalityId=story["town"], projectId=story["project"], shareId=story["share"],
                contactEmail="municipal-applicant@example.fi")
    key = str(uuid.uuid4())
    case = apply("POST", "/api/cases", body, key)
    assert case["registerNumber"] == f"18/00.01.05/{TODAY.year}" and case["appliedCents"] == "316300" and case["totalCents"] == "40105200", case
    assert apply("POST", "/api/cases", body, key)["id"] == case["id"]  # the same key
    refused(apply, "POST", "/api/cases", body)  # the share has its case
    story["case"] = case["id"]
    path = f"/api/cases/{case['id']}"
    assert [c["id"] for c in apply("GET", "/api/me/cases")["cases"]] == [case["id"]]
    refused(suite.client(), "GET", path, status=404)  # not public yet
    text = WORDS["applicationDocument"].encode()
    document = {"kind": "DOCUMENT_APPLICATION", "title": "Kuntarahahakemus", "name": "hakemus.txt", "mediaType": "text/plain",
                "content": base64.b64encode(text).decode()}
    case = apply("POST", f"{path}/documents", document)
    headers, got = client("demo-secretary").file(f"{path}/documents/{case['documents'][0]['id']}")
    assert got == text and headers["Content-Type"].startswith("text/plain"), headers
    secret = dict(document, kind="DOCUMENT_CORRESPONDENCE", title="Salainen", confidential=True, ground="laki 621/1999, 24 § 1 mom. 20 kohta")
    case = client("demo-municipal-preparer")("POST", f"{path}/documents", secret)
    own = dict(secret, title="Hakijan salainen")
    assert any(d["title"] == own["title"] for d in apply("POST", f"{path}/documents", own)["documents"])
    story["secret"] = next(d["id"] for d in case["documents"] if d["confidential"])
    mail_saying(suite, "municipal-applicant@example.fi", case["registerNumber"])


def prepared():
    path, prepare = f"/api/cases/{story['case']}", client("demo-municipal-preparer")
    case = prepare("GET", path)
    content = {"title": case["title"], "texts": case["texts"], "preparers": WORDS["preparers"], "impacts": WORDS["impacts"]}
    refused(prepare, "PUT", path, {"content": content}, status=428)
    refused(client("municipal-other"), "PUT", path, {"content": content}, status=403, if_match=case["version"])  # of another municipality
    changed = prepare("PUT", path, {"content": content}, if_match=case["version"])
    refused(prepare, "PUT", path, {"content": content}, status=412, if_match=case["version"])
    assert len(changed["impacts"]) == 4, changed
    due = (TODAY + datetime.timedelta(days=14)).isoformat()
    problem = refused(prepare, "POST", f"{path}/statements", dict(WORDS["request"], dueOn=due, personId=str(uuid.uuid4())), "account.named.nobody", 400)
    assert problem["field"] == "personId", problem
    case = prepare("POST", f"{path}/statements", dict(WORDS["request"], dueOn=due))

    def give(state, words, **more):
        waiting = next(s for s in case["statements"] if s["state"] == "STATEMENT_REQUESTED")
        return prepare("POST", f"{path}/statements/{waiting['id']}:give", {**WORDS[words], "state": state, "givenOn": TODAY.isoformat(), **more})
    case = give("STATEMENT_REFERRED", "referral", referredDueOn=due)
    case = give("STATEMENT_GIVEN", "statement")
    states = sorted(s["state"] for s in case["statements"])
    assert states == ["STATEMENT_GIVEN", "STATEMENT_REFERRED"], states
    story["statement"] = next(s["id"] for s in case["statements"] if s["state"] == "STATEMENT_GIVEN")
    checks = prepare("GET", f"{path}/checks")
    assert checks["proposable"], checks
    proposal = {**WORDS["proposal"], "nominations": named(WORDS["proposal"]["nominations"])}
    case = client("demo-municipal-presenter")("PUT", f"{path}/proposal", {"proposal": proposal}, if_match=case["version"])
    assert case["state"] == "CASE_PROPOSED" and case["proposal"]["cents"] == "316300", case
    refused(story["suite"].client(), "GET", path, status=404)


def met():
    suite, keep, anybody = story["suite"], client("demo-secretary"), story["suite"].client()
    body = {"boardId": story["board"], "startsAt": at(60), "place": WORDS["place"]}
    refused(client("municipal-stranger"), "POST", "/api/meetings", body, status=403)  # secretary of no board here
    meeting = keep("POST", "/api/meetings", body)
    path = f"/api/meetings/{meeting['id']}"
    meeting = keep("PUT", path, {"startsAt": at(60), "place": WORDS["place"], "caseIds": [story["case"]]}, if_match=meeting["version"])
    refused(anybody, "GET", path, status=404)
    meeting = keep("POST", f"{path}:summon", {})
    story["meeting"], story["item"] = meeting["id"], meeting["items"][0]["id"]
    mail_saying(suite, "demo-board-3@example.fi", WORDS["place"])

    # Before the decision the proposal is read as a proposal; what is confidential is not read at all.
    item = anybody("GET", f"/api/items/{story['item']}")
    assert item["outcome"] == "OUTCOME_UNKNOWN" and item["case"]["proposal"]["words"] == WORDS["proposal"]["words"], item
    assert "Salainen" not in json.dumps(anybody("GET", f"/api/cases/{story['case']}")), item
    refused(anybody, "GET", f"/api/cases/{story['case']}/documents/{story['secret']}", status=404)
    # What its applicant sees more of it than others is kept for nobody else, whoever asks first.
    for path_of in (f"/api/cases/{story['case']}", f"/api/items/{story['item']}"):
        for who, control in ((client("municipal-applicant"), "no-store"), (anybody, "no-cache")) * 2:
            status, headers, text = who.bytes_of("GET", path_of)
            assert status == 200 and headers["Cache-Control"] == control, (path_of, headers)
            assert ("Hakijan salainen" in text.decode()) == (control == "no-store"), (path_of, text)
    refused(anybody, "GET", f"/api/items/{story['item']}/extract", status=404)

    attendees = [{"personId": story[seat["userName"]][1], "checksMinutes": seat["userName"] in ("demo-board-3", "demo-board-4")} for seat in MEMBERS]
    refused(keep, "POST", f"{path}:open", {"attendees": attendees[:3]}, "municipal.meeting.quorum")
    meeting = keep("POST", f"{path}:open", {"attendees": attendees})
    assert meeting["items"][0]["section"] == 29, meeting


def decided():
    keep, anybody = client("demo-secretary"), story["suite"].client()
    item, path = f"/api/items/{story['item']}", f"/api/meetings/{story['meeting']}"
    keep("POST", f"{item}:open-vote", {"counter": "Jaana Jäsenlä ehdotti, ettei kaupunki osallistu hankkeeseen."})
    refused(client("demo-board-8"), "POST", f"{item}:vote", {"choice": "CHOICE_PROPOSAL"}, status=403)  # not there
    for n, seat in enumerate(MEMBERS):
        client(seat["userName"])("POST", f"{item}:vote", {"choice": "CHOICE_COUNTER" if n == 2 else "CHOICE_PROPOSAL"})
    refused(client("demo-board-1"), "POST", f"{item}:vote", {"choice": "CHOICE_COUNTER"})  # once
    seen = keep("GET", item)
    decision = {**WORDS["decision"], "manner": "MANNER_VOTED", "words": "", "nominations": named(WORDS["decision"]["nominations"])}
    refused(keep, "POST", f"{item}:decide", decision, status=428)
    done = keep("POST", f"{item}:decide", decision, if_match=seen["version"])
    assert done["outcome"] == "OUTCOME_APPROVED" and done["cents"] == "316300" and len(done["nominations"]) == 2, done
    assert (done["votesProposal"], done["votesCounter"]) == (6, 1), done
    keep("POST", f"{path}:close", {})
    refused(keep, "POST", f"{path}:publish", {})  # not checked
    refused(client("demo-board-5"), "POST", f"{path}:check", {}, "municipal.minutes.not-elected")
    for member in ("demo-board-3", "demo-board-4"):
        client(member)("POST", f"{path}:check", {})
    assert anybody("GET", item)["outcome"] == "OUTCOME_UNKNOWN"  # no decision before its minutes
    keep("POST", f"{path}:publish", {})


def published():
    anybody = story["suite"].client()
    time.sleep(0.15)  # the gateway's cache of public answers
    item = anybody("GET", f"/api/items/{story['item']}")
    assert item["section"] == 29 and item["outcome"] == "OUTCOME_APPROVED" and item["manner"] == "MANNER_VOTED", item
    headers, pdf = anybody.file(f"/api/items/{story['item']}/extract")
    assert headers["Content-Type"] == "application/pdf" and base64.b64encode(hashlib.sha256(pdf).digest()).decode() == item["sha256"], item
    paper = story["suite"].folder / "extract.pdf"
    paper.write_bytes(pdf)
    tool("qpdf", "--check", paper)
    text = " ".join(tool("pdftotext", "-layout", paper, "-").split())
    headers, page = anybody.file(f"/api/items/{story['item']}/extract?form=HTML")
    assert headers["Content-Type"].startswith("text/html"), headers
    for said in (f"18/00.01.05/{TODAY.year}", "§ 29", "oikaisuvaatimu", "perusopetuksen rehtori", "lisää henkilöstön hyvinvointia"):
        assert said in text and said in page.decode(), (said, text)
    assert "Salainen" not in text and "Salainen" not in page.decode()
    status, headers, _ = anybody.bytes_of("GET", f"/api/items/{story['item']}/extract")
    assert status == 200 and headers["ETag"], headers


def fed():
    base = f"http://127.0.0.1:{story['suite'].port}/api/municipalities/{story['town']}"
    time.sleep(0.15)
    for name, thing in (("items", "item"), ("meetings", "meeting")):
        for ending, version in (("atom", "atom10"), ("rss", "rss20")):
            for query in ("", f"?boardId={story['board']}"):
                feed = feedparser.parse(f"{base}/{name}.{ending}{query}")
                assert not feed.bozo and feed.version == version and len(feed.entries) == 1, (name, ending, feed)
                assert story[thing] in feed.entries[0].id or story[thing] in feed.entries[0].link, feed.entries[0]
                again = feedparser.parse(f"{base}/{name}.{ending}{query}", etag=feed.etag)
                assert again.status == 304, again
    refused(story["suite"].client(), "GET", f"/api/municipalities/{story['town']}/items.atom?boardId={uuid.uuid4()}", status=404)


def followed():
    """The plan of the project says who has decided and who has not; those concerned are told."""
    suite = story["suite"]
    project = wait_for("the plan follows", lambda: (lambda p: p if p["grantedCents"] == "36410980" else None)(
        suite.client()("GET", f"/api/projects/{story['project']}")))
    share = next(s for s in project["shares"] if s["id"] == story["share"])
    assert share["state"] == "PLAN_GRANTED" and share["grantedCents"] == "316300" and share["itemId"] == story["item"], share
    assert project["openCents"] == "3694220" and not project["covered"], project
    assert int(project["grantedCents"]) + int(project["openCents"]) + int(project["refusedCents"]) == 40105200, project
    mail = mail_saying(suite, "municipal-applicant@example.fi", f"18/00.01.05/{TODAY.year}", "Pykälä: 29")
    assert any(part.get_content_type() == "application/pdf" for part in mail.iter_attachments()), mail
    mail_saying(suite, "demo-principal@example.fi", "ohjausryhmä")
    case = client("demo-secretary")("GET", f"/api/cases/{story['case']}")
    assert case["state"] == "CASE_DECIDED" and case["grantedCents"] == "316300", case
    for machine, thing, last in (("case", "case", "decided"), ("meeting", "meeting", "published"), ("statement", "statement", "given")):
        path = f"/api/moves/{machine}/{story[thing]}"
        moves = client("demo-secretary")("GET", path)["moves"]
        assert moves[-1]["to"] == last and any(m.get("name") for m in moves), moves
        assert suite.admin("GET", path)["moves"] == moves
        for stranger in ("municipal-other", "municipal-stranger"):
            refused(client(stranger), "GET", path, status=404)
        refused(client("municipal-applicant"), "GET", path, status=403)
    status, said = suite.command("import", SOURCE / "deploy" / "kannus.json")  # the numbering has gone on, and nobody sets it back
    assert status == 0 and "the municipality stands like this already" in said, said
    letters = client("demo-secretary")("GET", f"/api/messages?eventId={case['decisionEventId']}")["messages"]
    assert len(letters) == 3, letters
    status, told = suite.command("events", "funding")
    assert status == 0 and "municipal.ShareDecided" in told and "unknown here" not in told and "Salainen" not in told, told


CASES = [
    ("a municipality is imported with user names; who is missing is told", imported),
    ("a project whose shares are its whole cost", planned),
    ("each door asks for its role, and tells which would do", only_who_may),
    ("an application gets its register number once, and stays with those concerned", filed),
    ("preparation: texts, impacts, a statement that finds its way, a proposal", prepared),
    ("the agenda is public, the proposal is one; a quorum opens the meeting", met),
    ("a vote, a decision that adds to the proposal, minutes that are checked", decided),
    ("the extract is read by everybody, as PDF and HTML, and is what was published", published),
    ("the feeds are read by a reader, for one board and for all, and not read twice", fed),
    ("the plan of the project follows, and the applicant and the nominees are told", followed),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
