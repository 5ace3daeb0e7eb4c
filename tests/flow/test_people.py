#!/usr/bin/python3
"""What people do about their messages, over the real programs: choose what they get, leave by the link of a mail, read the inbox and a feed
of it; and what a mail server says when an address is dead. test_people.py BUILD-FOLDER
"""
import html.parser
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET

from steps import mail_saying, mails_of, refused
import html5lib
from suite import Suite, run, wait_for

ATOM = "{http://www.w3.org/2005/Atom}"
story = {}


def path(text):
    return text.format(programme=story["programme"]["id"])


def announce(subject):
    text = {"fi": subject, "sv": f"{subject} sv", "en": f"{subject} en"}
    story["suite"].admin("POST", path("/api/programmes/{programme}/announcements"), {"subject": text, "body": text})


def inbox(name):
    return story["people"][name][0]("GET", "/api/me/messages")["messages"]


def message(name, *words):
    """The message of this person whose subject says this, once it has left the queue."""
    def look():
        found = [m for m in inbox(name) if all(word in m.get("subject", "") for word in words)]
        return found[0] if found and found[0]["state"] not in ("MESSAGE_QUEUED", "MESSAGE_SENDING") else None
    return wait_for(f"a message to {name} that says {words}", look)


def address(name):
    return f"{name}@example.fi"


def bare(method, url, form=None, kind="application/x-www-form-urlencoded"):
    """As a mail program or a browser that never signed in: (status, body)."""
    request = urllib.request.Request(url, data=form.encode() if form is not None else None, method=method)
    if form is not None:
        request.add_header("Content-Type", kind)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def enrolled():
    suite = story["suite"]
    story["programme"] = suite.import_vepo()
    implementation = next(i["id"] for i in story["programme"]["implementations"] if not i.get("rules"))
    names = ["people-aino", "people-svea", "people-dead"]
    story["people"] = suite.people(names[:1])
    story["people"].update(suite.people(names[1:2], language="sv"))
    story["people"].update(suite.people(names[2:]))
    for name in names:
        story["people"][name][0]("POST", path("/api/programmes/{programme}/registrations"), {"implementationId": implementation})
    for name in names:
        mail = mails_of(suite, address(name), 1)[0]
        assert mail["List-Unsubscribe"] is None, mail.items()  # one's own place: it cannot be turned off


def preferences():
    aino, person = story["people"]["people-aino"]
    shown = aino("GET", "/api/me/preferences")
    assert shown["personId"] == person["id"] and shown["languages"] == ["fi"], shown
    assert [(p["topic"], p["mail"], p["fixed"]) for p in shown["preferences"]] == [
        ("TOPIC_PLACES", "MAIL_ON", True), ("TOPIC_DECISIONS", "MAIL_ON", True), ("TOPIC_CHANGES", "MAIL_ON", True),
        ("TOPIC_REMINDERS", "MAIL_ON", False), ("TOPIC_WINDOWS", "MAIL_ON", False), ("TOPIC_ANNOUNCEMENTS", "MAIL_ON", False)], shown
    refused(aino, "PUT", "/api/me/preferences/TOPIC_DECISIONS", {"mail": "MAIL_OFF"}, "notification.preference.fixed")
    refused(aino, "PUT", "/api/me/preferences/TOPIC_WINDOWS", {}, "notification.preference.mail", 400, "mail")
    changed = aino("PUT", "/api/me/preferences/TOPIC_WINDOWS", {"mail": "MAIL_DAILY"})
    assert [p["mail"] for p in changed["preferences"]][4] == "MAIL_DAILY", changed
    refused(aino, "GET", f"/api/persons/{story['people']['people-svea'][1]['id']}/preferences", status=403)
    nobody = "0197a3c2-5b1e-7c40-9d2f-6e8a4b0c1d35"
    problem = refused(story["suite"].admin, "GET", f"/api/persons/{nobody}/preferences", status=404)
    assert problem["facts"]["personId"] == nobody, problem
    seen = story["suite"].admin("GET", f"/api/persons/{person['id']}/preferences")
    assert seen["preferences"] == changed["preferences"], seen
    svea = story["people"]["people-svea"][0]("GET", "/api/me/preferences")
    assert svea["languages"] == ["sv", "fi"], svea


def one_click():
    suite = story["suite"]
    announce("Eka tiedote")
    mail = mail_saying(suite, address("people-aino"), "Eka tiedote")
    url = re.fullmatch(r"<(http://127\.0\.0\.1:\d+/api/unsubscribe/[A-Za-z0-9_-]{44})>", str(mail["List-Unsubscribe"]).strip()).group(1)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click", mail.items()
    story["url"] = url
    status, body = bare("GET", url)
    assert status == 200 and json.loads(body)["mail"] == "MAIL_ON", (status, body)
    broken = url[:-1] + ("A" if url[-1] != "A" else "B")
    status, body = bare("POST", broken, "List-Unsubscribe=One-Click")
    assert status == 404 and json.loads(body)["rule"] == "notification.unsubscribe.token", (status, body)
    for _ in range(2):
        status, body = bare("POST", url, "List-Unsubscribe=One-Click")
        assert status == 200 and json.loads(body) == {"topic": "TOPIC_ANNOUNCEMENTS", "mail": "MAIL_OFF", "fixed": False}, (status, body)
    part = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
    assert bare("POST", url, part, "multipart/form-data; boundary=x")[0] == 200
    assert bare("POST", url, "x", "text/plain")[0] == 415
    announce("Toka tiedote")
    mail_saying(suite, address("people-svea"), "Toka tiedote")
    withheld = message("people-aino", "Toka tiedote")
    assert withheld["state"] == "MESSAGE_WITHHELD" and "of this topic off" in withheld["why"], withheld
    assert not any("Toka" in str(m["Subject"]) for m in suite.mails_to(address("people-aino")))


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.actions, self.words, self.language = [], "", None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            assert attrs["method"] == "post", attrs
            self.actions.append(attrs["action"])
        if tag == "html":
            self.language = attrs["lang"]

    def handle_data(self, data):
        self.words += data


def page():
    mail = mail_saying(story["suite"], address("people-aino"), "Eka tiedote")
    text = mail.get_body(("plain",)).get_content()
    assert f"{story['url']}.html" in re.sub(r"=\n", "", text), text
    status, body = bare("GET", f"{story['url']}.html")
    html5lib.HTMLParser(strict=True).parse(body)  # what is not valid ends the test
    shown = Page(body)
    assert status == 200 and shown.language == "fi" and "Ei sähköpostia" in shown.words, body
    assert "p***@example.fi" in shown.words and "aino" not in shown.words.lower() and "tallennettu" not in shown.words, body
    assert [a.rsplit("/", 1)[1] for a in shown.actions] == ["MAIL_ON", "MAIL_DAILY"], shown.actions
    base = story["url"].split("/api/")[0]
    status, body = bare("POST", base + shown.actions[1], "")
    assert status == 200 and "<strong>Kerran päivässä koosteena</strong>" in body and "Valintasi on tallennettu." in body, body
    html5lib.HTMLParser(strict=True).parse(body)
    status, again = bare("GET", base + shown.actions[1])  # as a browser does that loads the answer again
    assert status == 200 and "<strong>Kerran päivässä koosteena</strong>" in again and "tallennettu" not in again, again
    for method, url in (("GET", f"{story['url'][:-5]}.html"), ("GET", f"{base}/api/unsubscribe/x.html"), ("POST", f"{story['url'][:-5]}/MAIL_OFF")):
        status, body = bare(method, url, "" if method == "POST" else None)
        html5lib.HTMLParser(strict=True).parse(body)
        assert status == 404 and "Linkki ei toimi" in Page(body).words, (url, status, body)
    headers, _ = story["suite"].client().file(f"{story['url']}.html".split(base)[1])
    assert "Vary" not in headers and headers["Cache-Control"] == "no-store", headers.items()
    preference = story["people"]["people-aino"][0]("GET", "/api/me/preferences")["preferences"][5]
    assert preference == {"topic": "TOPIC_ANNOUNCEMENTS", "mail": "MAIL_DAILY", "fixed": False}, preference


def digest():
    suite, aino = story["suite"], story["people"]["people-aino"][0]
    announce("Kolmas tiedote")
    announce("Neljäs tiedote")
    for words in ("Kolmas tiedote", "Neljäs tiedote"):
        gathered = message("people-aino", words)
        assert gathered["state"] == "MESSAGE_GATHERED" and gathered["nextAttemptAt"], gathered
    aino("PUT", "/api/me/preferences/TOPIC_ANNOUNCEMENTS", {"mail": "MAIL_ON"})
    before = len(suite.mails_to(address("people-aino")))
    suite.sql("update notification.message set next_at = next_at - interval '1 day' where state = 7 and digest_id is null")
    mail = mail_saying(suite, address("people-aino"), "Kolmas tiedote", "Neljäs tiedote")
    assert mail["X-Hakuvayla-Kind"] == "digest" and str(mail["List-Unsubscribe"]).strip() == f"<{story['url']}>", mail.items()
    wait_for("both go out with the digest", lambda: all(message("people-aino", w).get("digestId") for w in ("Kolmas", "Neljäs")), 20)
    announce("Viides tiedote")
    mail_saying(suite, address("people-aino"), "Viides tiedote")
    assert len(suite.mails_to(address("people-aino"))) == before + 2
    assert not any(m["kind"] == "digest" for m in inbox("people-aino"))


def unread():
    aino = story["people"]["people-aino"][0]
    mine = inbox("people-aino")
    count = aino("GET", "/api/me/inbox")
    assert count == {"unread": len(mine), "more": False} and len(mine) >= 6, (count, len(mine))
    after = aino("POST", "/api/me/messages:read", {"messageId": mine[0]["id"]})
    assert after["unread"] == len(mine) - 1, after
    assert inbox("people-aino")[0]["readAt"]
    refused(aino, "POST", "/api/me/messages:read", {}, "field.missing", 400, "messageId")
    listed = aino("GET", "/api/me/messages?unread=true")["messages"]
    assert [m["id"] for m in listed] == [m["id"] for m in mine[1:]], listed
    after = aino("POST", "/api/me/messages:read", {"messageId": mine[2]["id"], "allUntil": True})
    assert after["unread"] == 1, after
    refused(story["people"]["people-svea"][0], "POST", "/api/me/messages:read", {"messageId": mine[1]["id"]}, status=404)


def feed():
    aino, client = story["people"]["people-aino"][0], story["suite"].client()
    assert "path" not in aino("GET", "/api/me/feed-link")
    link = aino("POST", "/api/me/feed-link")
    first = link["path"]
    assert link["atom"].endswith(first) and link["rss"].endswith(first.replace(".atom", ".rss")), link
    assert aino("GET", "/api/me/feed-link")["path"] == first
    headers, content = client.file(first)
    assert headers["Content-Type"].startswith("application/atom+xml"), headers
    atom = ET.fromstring(content)
    titles = [entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")]
    assert titles == [m["subject"] for m in inbox("people-aino")], titles
    ids = [entry.findtext(f"{ATOM}id") for entry in atom.iter(f"{ATOM}entry")]
    assert ids == [f"urn:uuid:{m['id']}" for m in inbox("people-aino")], ids
    headers, content = client.file(first.replace(".atom", ".rss"))
    assert headers["Content-Type"].startswith("application/rss+xml"), headers
    assert [item.findtext("title") for item in ET.fromstring(content).iter("item")] == titles
    second = aino("POST", "/api/me/feed-link")["path"]
    assert second != first
    refused(client, "GET", first, status=404)
    client.file(second)
    story["feed"] = second


def notification_about(mail, recipient, status="5.1.1", action="failed"):
    """A delivery status notification as a mail server would write it."""
    head = "".join(f"{name}: {mail[name]}\r\n" for name in ("From", "To", "Message-ID", "Subject"))
    parts = (("text/plain", "Sorry.\r\n"),
             ("message/delivery-status", "Reporting-MTA: dns; mx.example.fi\r\n\r\n"
              f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
              f"Diagnostic-Code: smtp; 550 {status} <{recipient}>\r\n no such user\r\n"),
             ("text/rfc822-headers", head))
    text = ("From: MAILER-DAEMON@mx.example.fi\r\nTo: no-reply@hakuvayla.example.fi\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="=_dsn/1"\r\n\r\n')
    text += "".join(f"--=_dsn/1\r\nContent-Type: {kind}\r\n\r\n{body}\r\n" for kind, body in parts)
    return f"{text}--=_dsn/1--\r\n".encode()


def pipe(content, url=None, *more):
    """What a mail server does: (exit status, output)."""
    suite = story["suite"]
    command = [suite.hv, "bounce", "--url", url or f"http://127.0.0.1:{suite.port}", "--token-file", suite.dir / "demo" / "token", *more]
    done = subprocess.run(command, input=content, capture_output=True, timeout=120)
    return done.returncode, (done.stdout + done.stderr).decode()


def complaint_about(mail, feedback):
    """A feedback report as a provider would send it."""
    parts = (("message/feedback-report", f"Feedback-Type: {feedback}\r\nUser-Agent: test\r\nVersion: 1\r\n"),
             ("text/rfc822-headers", f"Message-ID: {mail['Message-ID']}\r\n"))
    text = "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=arf\r\n\r\n"
    text += "".join(f"--arf\r\nContent-Type: {kind}\r\n\r\n{body}\r\n" for kind, body in parts)
    return f"{text}--arf--\r\n".encode()


def bounced():
    suite, name = story["suite"], "people-dead"
    mail = mails_of(suite, address(name), 1)[0]
    identity = str(mail["Message-ID"])[1:37]
    status, said = pipe(complaint_about(mail, "not-spam"))
    assert status == 0 and f"complaint not-spam, message {identity}: noted" in said and "no more mail" not in said, (status, said)
    status, said = pipe(notification_about(mail, address(name), "4.4.1", "delayed"))
    assert status == 0 and "noted" in said, (status, said)
    late = suite.admin("GET", f"/api/messages/{identity}")
    assert late["state"] == "MESSAGE_SENT" and late["why"].startswith("delayed: 4.4.1"), late
    status, said = pipe(notification_about(mail, "People-Dead@Example.fi"))
    assert status == 0 and identity in said and "no more mail" in said, (status, said)
    dead = suite.admin("GET", f"/api/messages/{identity}")
    assert dead["state"] == "MESSAGE_BOUNCED" and "no such user" in dead["why"], dead
    listed = suite.admin("GET", "/api/suppressions")["suppressions"]
    assert [(s["address"], s["reason"], s["messageId"]) for s in listed] == [(address(name), "SUPPRESSION_BOUNCE", identity)], listed
    announce("Kuudes tiedote")
    withheld = message(name, "Kuudes tiedote")
    assert withheld["state"] == "MESSAGE_WITHHELD" and "list" in withheld["why"], withheld
    assert len(suite.mails_to(address(name))) == len([m for m in inbox(name) if m["state"] != "MESSAGE_WITHHELD"])


def exits():
    assert pipe(b"Subject: Out of office\n\nAway.\n")[0] == 65
    assert pipe(b"", "http://127.0.0.1:1")[0] == 75
    assert pipe(b"", None, "--no-such-option")[0] == 64
    stranger = {"From": "a@example.fi", "To": "b@example.fi", "Message-ID": "<1@elsewhere.example.org>", "Subject": "x"}
    status, said = pipe(notification_about(stranger, "b@example.fi"))
    assert status == 0 and "none of our messages" in said, (status, said)
    assert len(story["suite"].admin("GET", "/api/suppressions")["suppressions"]) == 1
    long = notification_about(mails_of(story["suite"], address("people-dead"), 1)[0], address("people-dead")) + b"x" * 3_000_000
    assert pipe(long)[0] == 0


def suppressed():
    admin = story["suite"].admin
    refused(admin, "POST", "/api/suppressions", {"address": "no address", "reason": "SUPPRESSION_COMPLAINT"}, "notification.suppression.address", 400,
            "address")
    refused(admin, "POST", "/api/suppressions", {"address": "a@example.fi"}, "notification.suppression.reason", 400, "reason")
    aino = story["people"]["people-aino"][0]
    refused(aino, "GET", "/api/suppressions", status=403)
    refused(aino, "POST", "/api/bounces", {"content": ""}, status=403)
    admin("POST", "/api/suppressions", {"address": "Svea@Example.fi", "reason": "SUPPRESSION_COMPLAINT", "note": "puhelimitse"})
    listed = [s["address"] for s in admin.pages("/api/suppressions", "suppressions")]
    assert listed == [address("people-dead"), "svea@example.fi"], listed
    page = admin("GET", "/api/suppressions?pageSize=1")
    assert len(page["suppressions"]) == 1 and page["nextPageToken"] == address("people-dead"), page
    gone = admin("POST", "/api/suppressions:remove", {"address": address("people-dead"), "reason": "korjattu"})
    assert gone["address"] == address("people-dead"), gone
    moves = admin("GET", "/api/suppressions/changes?address=" + address("people-dead").upper())["changes"]
    assert [(m["removed"], m["reason"], m.get("note"), "actor" in m) for m in moves][0] == (True, "SUPPRESSION_UNKNOWN", "korjattu", True), moves
    assert [(m["removed"], m["reason"], "actor" in m) for m in moves][1] == (False, "SUPPRESSION_BOUNCE", False) and len(moves) == 2, moves
    every = list(admin.pages("/api/suppressions/changes", "changes"))
    assert [m["address"] for m in every][:2] == [address("people-dead"), "svea@example.fi"] and every[1]["note"] == "puhelimitse", every
    refused(admin, "GET", "/api/suppressions/changes?address=no", None, "notification.suppression.address", 400, "address")
    refused(aino, "GET", "/api/suppressions/changes", status=403)
    refused(admin, "POST", "/api/suppressions:remove", {"address": address("people-dead")}, "notification.suppression.unexplained", 400, "reason")
    refused(admin, "POST", "/api/suppressions:remove", {"address": address("people-dead"), "reason": "x"}, "notification.suppression.none", 404, "address")
    again = admin("POST", "/api/suppressions", {"address": "svea@example.fi", "reason": "SUPPRESSION_BY_HAND"})
    assert again["note"] == "puhelimitse" and again["reason"] == "SUPPRESSION_BY_HAND", again
    moves = admin("GET", "/api/suppressions/changes?address=svea@example.fi")["changes"]
    assert [m["reason"] for m in moves] == ["SUPPRESSION_BY_HAND", "SUPPRESSION_COMPLAINT"], moves
    announce("Seitsemäs tiedote")
    mail_saying(story["suite"], address("people-dead"), "Seitsemäs tiedote")


def forgotten():
    suite, (aino, person) = story["suite"], story["people"]["people-aino"]
    suite.admin("POST", "/api/suppressions", {"address": address("people-aino"), "reason": "SUPPRESSION_BY_HAND"})
    status, body = bare("GET", f"{story['url']}.html")
    assert status == 200, body
    aino("POST", "/api/me:erase", {"reason": "test"})
    wait_for("the recipient is gone", lambda: suite.sql(f"select count(*) from notification.recipient where id = '{person['id']}'") == ["0"])
    assert suite.sql(f"select count(*) from notification.preference where person_id = '{person['id']}'") == ["0"]
    assert suite.sql(f"select count(*) from notification.digest where recipient_id = '{person['id']}'") == ["0"]
    assert suite.sql("select count(*) from notification.suppression where address like '%aino%'") == ["0"]
    assert suite.sql("select count(*) from notification.suppression_change where address like '%aino%'") == ["0"]
    refused(suite.client(), "GET", story["feed"], status=404)
    assert bare("POST", story["url"], "List-Unsubscribe=One-Click")[0] == 200
    assert suite.sql(f"select count(*) from notification.preference where person_id = '{person['id']}'") == ["0"]


CASES = [
    ("a confirmation cannot be turned off, and says so by having no link", enrolled),
    ("everybody chooses for themselves, and what is fixed is refused with words", preferences),
    ("one click from a mail turns its topic off, once signed by us; opening the link does not", one_click),
    ("the footer's page has a button for each other choice, without signing in", page),
    ("a day's digest holds what was gathered, and nothing comes twice", digest),
    ("what is unread is counted, and read when one says so", unread),
    ("a secret address gives one's inbox to a feed reader, until it is replaced", feed),
    ("a mail that comes back is marked, and a dead address gets no more", bounced),
    ("a mail server learns from the exit status whether to try again", exits),
    ("an operator puts addresses onto the list and takes them off", suppressed),
    ("all of it goes with the person", forgotten),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
