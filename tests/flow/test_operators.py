#!/usr/bin/python3
"""What operators do about mail, over the real programs: templates in versions with their checks, preview and test; a message to people with
a file at its limit; what became of it; the promise; and the public feeds as a feed reader meets them. test_operators.py BUILD-FOLDER
"""
import base64
import sys

import feedparser
from steps import mail_saying, refused, said
from suite import Suite, run, wait_for

PDF = b"%PDF-1.7\n" + bytes(i % 251 for i in range(200 * 1024 - 9))  # 200 KiB to the byte
story = {}


def admin(*request, **more):
    return story["suite"].admin(*request, **more)


def templates():
    kinds = {kind["kind"]: kind for kind in admin("GET", "/api/templates")["kinds"]}
    offer = kinds["offer"]
    assert offer["statutory"] and {t["language"]: t["version"] for t in offer["current"]} == {"fi": 1, "sv": 1, "en": 1}, offer
    due = next(fact for fact in offer["facts"] if fact["name"] == "reply_due")
    assert due["required"] and due["told"] and due["type"] == "FACT_MOMENT", due
    place = "/api/templates/notice/sv"
    words = {"subject": "Meddelande: {subject}", "text": "{name, select, none {Hej!} other {Hej {name}!}}\n\n{body}\n"}
    problem = refused(story["suite"].admin, "PUT", place, dict(words, text="Hej {organizer}!"), "notification.template.pattern", 400, "text", if_match=1)
    assert problem["facts"]["position"] == "4" and "organizer" in problem["facts"]["reason"], problem
    problem = refused(story["suite"].admin, "PUT", place, dict(words, html="<p>{body}<img src=x></p>"), "notification.template.html", 400, "html", if_match=1)
    assert problem["facts"]["position"] == "9", problem
    refused(story["suite"].admin, "PUT", place, words, status=428)
    changed = admin("PUT", place, words, if_match=1)
    assert changed["version"] == 2 and not changed["builtIn"] and len(changed["creatorId"]) == 36, changed
    refused(story["suite"].admin, "PUT", place, words, status=412, if_match=1)
    assert admin("GET", f"{place}?version=1")["builtIn"]
    refused(story["suite"].admin, "GET", "/api/templates/greeting/sv", rule="notification.template.kind", status=400, field="kind")
    refused(story["people"]["op-aino"][0], "GET", "/api/templates", status=403)


def previewed():
    shown = admin("POST", "/api/templates/offer/en:preview", {"facts": [{"name": "reply_due", "value": "2026-11-30T12:00:00+02:00"}]})
    assert "Monday 30 November 2026 at 12:00" in shown["text"] and shown["html"].startswith("<!DOCTYPE html>"), shown
    problem = refused(story["suite"].admin, "POST", "/api/templates/offer/en:preview", {"facts": [{"name": "reply_due", "value": "soon"}]},
                      "notification.fact.type", 400, "facts[reply_due]")
    assert problem["facts"]["type"] == "moment, RFC 3339", problem
    refused(story["suite"].admin, "POST", "/api/templates/notice/sv:test", {}, "notification.test.no-address")
    admin("PUT", "/api/me", {"name": "Aamu Esimerkki", "email": "op-admin@example.fi", "language": "fi"})
    sent = wait_for("the operator to be known", try_test)
    assert sent["test"] and sent["subject"].startswith("[Test] Meddelande: "), sent
    mail = mail_saying(story["suite"], "op-admin@example.fi", "[Test] Meddelande: ")
    assert mail["Content-Language"] == "sv", mail["Content-Language"]
    assert admin("GET", "/api/me/messages")["messages"] == [], "a test is in no inbox"


def try_test():
    status, _, answer = story["suite"].admin.exchange("POST", "/api/templates/notice/sv:test", {}, key=f"test-{story.setdefault('tries', 0)}")
    story["tries"] += 1
    return answer if status == 200 else None


def told():
    nobody = "0197a3c2-5b1e-7c40-9d2f-6e8a4b0c1d35"
    people = [person["id"] for _, person in story["people"].values()]
    request = {"kind": "notice", "recipientId": people + [nobody], "facts": [{"name": "subject", "value": "Tila vaihtui"}],
               "attachments": [{"name": "kartta.pdf", "mediaType": "application/pdf", "content": base64.b64encode(PDF).decode()}]}
    refused(story["suite"].admin, "POST", "/api/messages", request, "notification.fact.missing", 400, "facts[body]")
    request["facts"].append({"name": "body", "value": "Kokoonnumme toisessa talossa."})
    answers = [admin("POST", "/api/messages", request, key="operators-1") for _ in range(2)]
    assert answers[0] == answers[1], answers
    assert answers[0]["accepted"] == len(people) == len(answers[0]["messageId"]) and answers[0]["unknownId"] == [nobody], answers
    mail = mail_saying(story["suite"], "op-aino@example.fi", "Tila vaihtui", "toisessa talossa")
    files = list(mail.iter_attachments())
    assert [f.get_filename() for f in files] == ["kartta.pdf"] and files[0].get_content() == PDF, files
    wait_for("all to be sent", lambda: int(admin("GET", "/api/messages:summary")["queued"]) == 0)
    assert len([m for name in story["people"] for m in story["suite"].mails_to(f"{name}@example.fi") if "Tila vaihtui" in said(m)]) == len(people)
    ics = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    file = {"name": "a.ics", "mediaType": "text/calendar", "content": base64.b64encode(ics).decode()}
    many = dict(request, attachments=[dict(file, name=f"{n}.ics") for n in range(6)])
    problem = refused(story["suite"].admin, "POST", "/api/messages", many, "notification.attachment.many", 400, "attachments")
    assert problem["facts"] == {"count": "6", "limit": "5"}, problem
    large = dict(request, attachments=request["attachments"] + [file])
    problem = refused(story["suite"].admin, "POST", "/api/messages", large, "notification.attachment.large", 400, "attachments")
    assert problem["facts"] == {"bytes": str(len(PDF) + len(ics)), "limit": "204800"}, problem
    refused(story["suite"].admin, "POST", "/api/messages", dict(request, kind="confirmation"), "notification.message.by-hand", 400, "kind")


def mended():
    message = next(m for m in admin("GET", "/api/messages")["messages"] if m["kind"] == "notice" and not m["test"])
    moves = admin("GET", f"/api/messages/{message['id']}/moves")["moves"]
    assert [(m["from"], m["to"]) for m in moves] == [("MESSAGE_UNKNOWN", "MESSAGE_QUEUED"), ("MESSAGE_QUEUED", "MESSAGE_SENDING"),
                                                     ("MESSAGE_SENDING", "MESSAGE_SENT")], moves
    assert moves[0]["actor"] and "actor" not in moves[2], moves
    refused(story["suite"].admin, "POST", f"/api/messages/{message['id']}:retry", {"reason": "varmuuden vuoksi"}, "notification.message.not-failed")
    refused(story["people"]["op-aino"][0], "GET", f"/api/messages/{message['id']}/moves", status=403)
    boss = story["suite"].admin
    assert admin("POST", "/api/messages:retry", {"state": "MESSAGE_FAILED", "kind": "notice", "reason": "korjattu"}) == {"retried": 0, "more": False}
    refused(boss, "POST", "/api/messages:retry", {"state": "MESSAGE_SENT", "reason": "x"}, "notification.message.retry-state", 400, "state")
    refused(boss, "POST", "/api/messages:retry", {"state": "MESSAGE_FAILED"}, "notification.message.unexplained", 400, "reason")
    refused(boss, "POST", "/api/messages:retry", {"state": "MESSAGE_FAILED", "reason": "x", "kind": "y"}, "notification.template.kind", 400, "kind")
    _, _, report = boss.exchange("GET", "/health")
    assert report["checks"]["notification/mail:failed"][0]["status"] == "pass", report


def named():
    """What is missing, not there, contradicted or not allowed is named."""
    nobody, boss = "0197a3c2-5b1e-7c40-9d2f-6e8a4b0c1d35", story["suite"].admin
    refused(boss, "POST", "/api/messages:call-off", {}, "field.missing", 400, "eventId")
    problem = refused(boss, "POST", "/api/messages:call-off", {"eventId": nobody}, status=404, field="eventId")
    assert problem["facts"]["eventId"] == nobody, problem
    problem = refused(boss, "GET", "/api/templates/offer/en?version=9", status=404, field="version")
    assert problem["facts"] == {"kind": "offer", "language": "en", "version": "9"}, problem
    aino = story["people"]["op-aino"][0]
    assert refused(aino, "GET", "/api/messages", status=403)["facts"] == {"roles": "admin, preparer, decider, secretary"}
    refused(aino, "PUT", "/api/me/preferences/TOPIC_REMINDERS", {"topic": "TOPIC_PLACES", "mail": "MAIL_OFF"}, "request.field.path", 400, "topic")
    assert aino("PUT", "/api/me/preferences/TOPIC_REMINDERS", {"topic": "TOPIC_REMINDERS", "mail": "MAIL_ON"})


def promised():
    promise = story["suite"].client()("GET", "/api/promise")
    assert int(promise["sent"]) == len(story["people"]) and promise["sharePermille"] <= 1000 and len(promise["days"]) in (1, 2), promise
    checks = admin("GET", "/health")["checks"]
    assert checks["notification/promise:share"][0]["observedUnit"] == "permille", checks
    _, _, text = story["suite"].admin.exchange("GET", "/metrics")
    for name in ("mail_promise_total", "mail_promise_within_total", "mail_event_to_sent_seconds_count"):
        assert any(name in line for line in text.splitlines()), name


def fed():
    programme = story["suite"].import_vepo()
    base = f"http://127.0.0.1:{story['suite'].port}/api/feeds/trainings"
    for ending, version, language in (("atom", "atom10", "sv"), ("rss", "rss20", "fi"), ("atom", "atom10", "en")):
        def read(ending=ending, language=language):
            feed = feedparser.parse(f"{base}.{ending}", request_headers={"Accept-Language": language})
            return feed if any(e.id == f"urn:uuid:{programme['id']}" for e in feed.entries) else None
        feed = wait_for(f"the training in the {language} feed", read)
        entry = next(e for e in feed.entries if e.id == f"urn:uuid:{programme['id']}")
        assert not feed.bozo and feed.version == version and feed.feed.language == language, feed.feed
        assert entry.title == (programme["title"].get(language) or programme["title"]["fi"]), entry
        assert (entry.get("updated_parsed") or entry.published_parsed) and (entry.get("summary") or entry.content[0].value), entry


CASES = [
    ("templates: kinds and facts, what cannot be is named by its byte, versions", templates),
    ("a preview with one's own facts; a test mail to oneself", previewed),
    ("a message to people, with a file of 200 KiB, said once", told),
    ("its moves; what cannot be sent again", mended),
    ("what is missing, not there, contradicted or not allowed is named", named),
    ("the promise: public, in health and in the metrics", promised),
    ("the public feeds, in the reader's language", fed),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    story["people"] = story["suite"].people(["op-aino", "op-eino"])
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
