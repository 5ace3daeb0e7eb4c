#!/usr/bin/python3
"""Letters about a municipal case over HTTP, from the application to the published minutes: the applicant, who is asked for a statement, a board
that is called together and called off, and whom the board names, each in their language and once. The extract in the mail is the very one
everybody reads; hv-notification may be down while minutes are published, and may hear everything again."""
import base64
import collections
import datetime
import hashlib
import json
import os
import signal
import sys
import time

import icalendar

from steps import mail_saying, refused, said
from suite import SOURCE, Suite, run, wait_for

story = {}
TOWN = json.loads((SOURCE / "deploy" / "kannus.json").read_text())
WORDS = json.loads((SOURCE / "deploy" / "kannus-case.json").read_text())
ROLE = {"OFFICE_PREPARER": "preparer", "OFFICE_PRESENTER": "presenter", "OFFICE_SECRETARY": "secretary"}
MEMBERS = [seat["userName"] for seat in TOWN["boards"][0]["seats"] if seat["kind"] != "SEAT_DEPUTY"]
TITLE, CONTACT = WORDS["application"]["title"], "taru@example.fi"
READS = {"demo-board-2": "sv", "demo-board-3": "en", "demo-principal": "sv"}  # the others Finnish
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=2))).date()


def at(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


def client(name):
    return story[name][0]


def mails_of(kind, count):
    """All mails of this kind, once there are so many; that no more come later, the last case says."""
    def look():
        found = [m for m in story["suite"].mails() if m["X-Hakuvayla-Kind"] == kind]
        return found if len(found) >= count else None
    return wait_for(f"{count} mails of {kind}", look)


def entry_of(mail):
    """The calendar entry that a mail carries."""
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    calendar = icalendar.Calendar.from_ical(part.get_content())
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def named(people):
    """Nominations with the ids of their accounts."""
    return [{**{k: v for k, v in p.items() if k != "userName"}, "personId": story[p["userName"]][1]} for p in people]


def set_up():
    suite = story["suite"]
    roles = {official["userName"]: ROLE[official["office"]] for official in TOWN["officials"]}
    roles |= {seat["userName"]: "board-member" for seat in TOWN["boards"][0]["seats"]}
    roles |= {"demo-principal": "participant", "letters-company": "participant", "letters-applicant": "applicant"}
    for name, role in roles.items():
        story[name] = suite.account(name, role)
        suite.admin("PUT", f"/api/persons/{story[name][1]}", {"name": f"Nimi {name}", "email": f"{name}@example.fi", "language": READS.get(name, "fi")})
    status, words = suite.command("import", SOURCE / "deploy" / "kannus.json")
    assert status == 0, words
    time.sleep(0.15)  # the gateway's cache of public answers
    town = suite.client()("GET", "/api/municipalities")["municipalities"][0]
    story["town"], story["board"] = town["id"], suite.client()("GET", f"/api/municipalities/{town['id']}")["boards"][0]["id"]
    project = json.loads((SOURCE / "deploy" / "timantti-project.json").read_text())
    project = client("demo-municipal-preparer")("POST", "/api/projects:import", {"project": project})["project"]
    story["project"], story["share"] = project["id"], next(s["id"] for s in project["shares"] if s["funder"] == WORDS["shareFunder"])


def filing(**more):
    return dict(WORDS["application"], municipalityId=story["town"], projectId=story["project"], shareId=story["share"], **more)


def withdrawn():
    """Filed and taken back by the applicant, in Finnish; then it comes on paper, and its contact reads Swedish."""
    suite, apply = story["suite"], client("letters-applicant")
    case = apply("POST", "/api/cases", filing(contactEmail="letters-applicant@example.fi", contactLanguage="fi"))
    mail = mail_saying(suite, "letters-applicant@example.fi", f"Hakemus on vastaanotettu: {TITLE}", case["registerNumber"])
    assert "Haettu: 3 163,00 €" in said(mail) and TOWN["contact"] in said(mail) and "{" not in said(mail), said(mail)
    apply("POST", f"/api/cases/{case['id']}:withdraw", {"reason": "Haemme myöhemmin uudelleen."})
    mail_saying(suite, "letters-applicant@example.fi", f"Hakemus on peruutettu: {TITLE}", "Syy: Haemme myöhemmin uudelleen.")
    paper = filing(contactName="Taru Esimerkki", contactEmail=CONTACT, contactLanguage="sv")
    story["case"] = client("demo-municipal-preparer")("POST", "/api/cases", paper)
    mail = mail_saying(suite, CONTACT, f"Ansökan har tagits emot: {TITLE}", story["case"]["registerNumber"])
    assert mail["Content-Language"] == "sv", mail
    assert story["case"]["registerNumber"] != case["registerNumber"]


def asked():
    """Who is asked by name has a letter with a document; so has whom they name instead."""
    suite, path = story["suite"], f"/api/cases/{story['case']['id']}"
    prepare = client("demo-municipal-preparer")
    due = (TODAY + datetime.timedelta(days=14)).isoformat()
    content = {"title": TITLE, "texts": story["case"]["texts"], "preparers": WORDS["preparers"], "impacts": WORDS["impacts"]}
    prepare("PUT", path, {"content": content}, if_match=story["case"]["version"])
    case = prepare("POST", f"{path}/statements", dict(WORDS["request"], dueOn=due, personId=story["letters-company"][1]))
    mail = mail_saying(suite, "letters-company@example.fi", f"Lausuntopyyntö: {TITLE}", WORDS["request"]["words"], "Lausunnonantaja: YritysKannus Oy")
    assert [p.get_content_type() for p in mail.iter_attachments()] == ["application/pdf"], mail
    referral = {**WORDS["referral"], "state": "STATEMENT_REFERRED", "givenOn": TODAY.isoformat(), "referredDueOn": due,
                "referredPersonId": story["demo-principal"][1]}
    client("letters-company")("POST", f"{path}/statements/{case['statements'][0]['id']}:give", referral)
    mail_saying(suite, "demo-principal@example.fi", f"Begäran om utlåtande: {TITLE}", "Ge utlåtandet senast:")
    waiting = next(s for s in prepare("GET", path)["statements"] if s["state"] == "STATEMENT_REQUESTED")
    given = {**WORDS["statement"], "state": "STATEMENT_GIVEN", "givenOn": TODAY.isoformat()}
    client("demo-principal")("POST", f"{path}/statements/{waiting['id']}:give", given)
    prepare("POST", f"{path}/documents", {"kind": "DOCUMENT_APPLICATION", "title": "Kuntarahahakemus", "name": "hakemus.txt",
                                          "mediaType": "text/plain", "content": base64.b64encode(WORDS["applicationDocument"].encode()).decode()})
    proposal = {**WORDS["proposal"], "nominations": named(WORDS["proposal"]["nominations"])}
    case = client("demo-municipal-presenter")("PUT", f"{path}/proposal", {"proposal": proposal}, if_match=prepare("GET", path)["version"])
    assert case["state"] == "CASE_PROPOSED", case


def summoned(count):
    """A meeting with the case on its agenda; every member has been called so many times."""
    keep, body = client("demo-secretary"), {"startsAt": at(60), "place": WORDS["place"]}
    meeting = keep("POST", "/api/meetings", {**body, "boardId": story["board"]})
    path = f"/api/meetings/{meeting['id']}"
    keep("PUT", path, {**body, "caseIds": [story["case"]["id"]]}, if_match=meeting["version"])
    meeting = keep("POST", f"{path}:summon", {})
    mails = mails_of("meeting_summoned", count * len(MEMBERS))
    people = collections.Counter(str(m["To"]).split("<")[-1].strip(">") for m in mails)
    assert people == {f"{name}@example.fi": count for name in MEMBERS}, people  # deputies are called by whom they stand for
    return path, meeting


def called_off():
    path, meeting = summoned(1)
    mail = next(m for m in mails_of("meeting_summoned", 7) if "demo-board-1@" in str(m["To"]))
    assert "Kokouskutsu: kaupunginhallitus" in said(mail) and f"Paikka: {WORDS['place']} Asioita esityslistalla: 1" in said(mail), said(mail)
    method, called = entry_of(mail)
    assert method == "REQUEST" and called["DTSTART"].dt == datetime.datetime.fromisoformat(meeting["startsAt"]).replace(microsecond=0), called
    client("demo-secretary")("POST", f"{path}:cancel", {"reason": "Kokous ei olisi päätösvaltainen."})
    off = mails_of("meeting_cancelled", len(MEMBERS))
    assert sorted(m["Content-Language"] for m in off) == ["en", "fi", "fi", "fi", "fi", "fi", "sv"], off
    mail = next(m for m in off if "demo-board-1@" in str(m["To"]))
    assert "Syy: Kokous ei olisi päätösvaltainen." in said(mail), said(mail)
    method, struck = entry_of(mail)
    assert method == "CANCEL" and struck["UID"] == called["UID"] and struck["SEQUENCE"] > called["SEQUENCE"] and struck["STATUS"] == "CANCELLED"
    # One that was never summoned is nobody's to hear of.
    unknown = client("demo-secretary")("POST", "/api/meetings", {"boardId": story["board"], "startsAt": at(7200), "place": WORDS["place"]})
    client("demo-secretary")("POST", f"/api/meetings/{unknown['id']}:cancel", {"reason": "Turha."})


def minutes(path, meeting, decision):
    """The meeting up to checked minutes; the item."""
    keep = client("demo-secretary")
    keep("POST", f"{path}:open", {"attendees": [{"personId": story[name][1], "checksMinutes": name == "demo-board-4"} for name in MEMBERS]})
    item = f"/api/items/{meeting['items'][0]['id']}"
    keep("POST", f"{item}:decide", decision, if_match=keep("GET", item)["version"])
    keep("POST", f"{path}:close", {})
    client("demo-board-4")("POST", f"{path}:check", {})
    return item


def tabled():
    path, meeting = summoned(2)
    item = minutes(path, meeting, {"outcome": "OUTCOME_TABLED", "manner": "MANNER_UNANIMOUS"})
    assert not [m for m in story["suite"].mails() if m["X-Hakuvayla-Kind"] == "case_decided"]  # not before the minutes are published
    client("demo-secretary")("POST", f"{path}:publish", {})
    mail = mail_saying(story["suite"], CONTACT, f"Ärendet bordlades: {TITLE}", "Paragraf: 29")
    assert "omprövning" not in said(mail) and "Avgörande" not in said(mail) and "Det är skrivet på finska." in said(mail), said(mail)
    assert story["suite"].client()("GET", item)["outcome"] == "OUTCOME_TABLED"


def pdf_of(mail):
    [file] = mail.iter_attachments()
    assert file.get_content_type() == "application/pdf", file
    return hashlib.sha256(file.get_content()).hexdigest()


def decided():
    suite = story["suite"]
    path, meeting = summoned(3)
    item = minutes(path, meeting, {**WORDS["decision"], "nominations": named(WORDS["decision"]["nominations"])})
    all_sent()
    before = len(suite.mails())
    os.kill(suite.pids()["hv-notification"], signal.SIGSTOP)
    client("demo-secretary")("POST", f"{path}:publish", {})
    assert len(suite.mails()) == before  # nobody is there to send one
    os.kill(suite.pids()["hv-notification"], signal.SIGKILL)  # and it dies: `hv up` starts another
    mail = mail_saying(suite, CONTACT, f"Beslut: {TITLE}", "Paragraf: 30")
    assert "Beslutsförslaget godkändes. Avgörande: finansieringsandelen har beviljats Sökt: 3 163,00 € Beviljat: 3 163,00 €" in said(mail), said(mail)
    assert "kan du begära omprövning senast" in said(mail), said(mail)
    member = mail_saying(suite, "demo-municipal-preparer@example.fi", "Sinut on nimetty tehtävään: hankkeen ohjausryhmä", "Tehtävä: jäsen")
    deputy = mail_saying(suite, "demo-principal@example.fi", "Du har utsetts till ett uppdrag: hankkeen ohjausryhmä", "Uppdrag: ersättare")
    time.sleep(0.15)
    seen = suite.client()("GET", item)
    digest = base64.b64decode(seen["sha256"]).hex()
    assert {pdf_of(m) for m in (mail, member, deputy)} == {digest}, digest
    _, extract = suite.client().file(f"{item}/extract")
    assert hashlib.sha256(extract).hexdigest() == digest


def listed():
    """What became of a decision's letters, as the secretary asks: to whom, when, in which state, and no words."""
    case = client("demo-secretary")("GET", f"/api/cases/{story['case']['id']}")
    letters = client("demo-secretary")("GET", f"/api/messages?eventId={case['decisionEventId']}")["messages"]
    kinds = collections.Counter(m["kind"] for m in letters)
    assert kinds == {"case_decided": 1, "nominated": 2} and all(m["state"] == "MESSAGE_SENT" and not m.get("subject") for m in letters), letters
    refused(client("demo-board-1"), "GET", f"/api/messages?eventId={case['decisionEventId']}", status=403)


def all_sent():
    wait_for("nothing is on its way", lambda: story["suite"].sql("select count(*) from notification.message where state in (1, 2, 5)") == ["0"])


def heard_again():
    suite = story["suite"]
    all_sent()
    rows, mails = suite.sql("select count(*) from notification.message"), len(suite.mails())
    assert max(collections.Counter(m["Message-ID"] for m in suite.mails()).values()) == 1
    for stream in suite.admin("GET", "/api/events/funding/streams")["streams"]:
        if int(stream["headSeq"]) > 0:
            status, words = suite.command("replay", "notification", "--stream", stream["stream"])
            assert status == 0, words
    behind = ("select count(*) from funding.event_stream s left join notification.event_cursor c on c.source_stream = s.stream "
              "where s.head_seq > coalesce(c.last_seq, 0)")
    wait_for("all is heard again", lambda: suite.sql(behind) == ["0"])
    all_sent()
    assert suite.sql("select count(*) from notification.message") == rows and len(suite.mails()) == mails
    assert suite.sql("select count(*) from notification.event_dead") == ["0"], suite.sql("select type, error from notification.event_dead")


CASES = [
    ("a municipality, its people with their languages, and a project", set_up),
    ("an application is acknowledged, and that it was withdrawn; one on paper in its contact's language", withdrawn),
    ("who is asked for a statement is told, and whom they name instead", asked),
    ("a board is called together and called off: each member once, with one entry in their calendar", called_off),
    ("a tabled case is told with its minutes, and there is nothing to have reviewed", tabled),
    ("the decision reaches applicant and nominees with the very extract, though hv-notification was down", decided),
    ("the secretary sees what became of its letters", listed),
    ("everything heard again tells nobody anything", heard_again),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
