#!/usr/bin/python3
"""An invitation code, the extra questions and the key that seals what is sensitive, over the real programs: the operator changes the
key as the manual of `hv reseal` says, and what was answered stays readable throughout and is nowhere in the clear. test_answers.py BUILD-FOLDER
"""
import secrets
import sys

from steps import refused, tool
from suite import Suite, run

DIET = "ei-kananmunaa-eika-herneita"
ANSWERS = [{"code": "contact-days", "values": ["on-site"]}, {"code": "diet", "values": [DIET]}]
ENROL = "/api/programmes/{programme}/registrations"
story = {}


def path(text):
    return text.format(programme=story["programme"]["id"], implementation=story["implementation"], registration=story.get("registration", ""))


def enrol(name, **more):
    return story["people"][name][0]("POST", path(ENROL), {"implementationId": story["implementation"], **more})


def enrol_refused(name, rule, status=409, field=None, **more):
    refused(story["people"][name][0], "POST", path(ENROL), {"implementationId": story["implementation"], **more}, rule, status, field)


def invited():
    suite = story["suite"]
    story["programme"] = suite.import_vepo()
    story["implementation"] = next(i["id"] for i in story["programme"]["implementations"] if not i.get("rules"))
    story["people"] = suite.people(["answers-aino", "answers-eino"])
    made = suite.admin("POST", path("/api/implementations/{implementation}/invitations"), {"seats": 2, "note": "Kumppanikoulut"})
    assert len(made["code"]) == 10 and made["used"] == 0, made
    story["invitation"] = made
    enrol_refused("answers-aino", "enrolment.invitation.unknown", invitation="EI-OLE")
    seat = enrol("answers-aino", invitation=made["code"].lower(), answers=ANSWERS)
    assert seat["state"] == "STATE_SEATED" and seat["invitationId"] == made["id"], seat
    story["registration"] = seat["id"]


def fields_named():
    boat = [{"code": "contact-days", "values": ["by boat"]}]
    enrol_refused("answers-eino", "enrolment.answer.option", 400, "answers[0].values[0]", answers=boat)
    enrol_refused("answers-eino", "enrolment.answer.not-asked", 400, "answers[0].code", answers=[{"code": "diet", "values": ["x"]}])


def readable():
    client = story["people"]["answers-aino"][0]
    shown = client("GET", path("/api/registrations/{registration}/answers"))
    assert shown["answers"] == ANSWERS, shown
    assert story["suite"].admin("GET", path("/api/registrations/{registration}/answers"))["answers"] == ANSWERS
    refused(story["people"]["answers-eino"][0], "GET", path("/api/registrations/{registration}/answers"), status=403)


def stored_without():
    client = story["people"]["answers-aino"][0]
    kept = client("PUT", path("/api/registrations/{registration}/answers"), {"answers": ANSWERS})
    assert kept["answers"] == [{"code": answer["code"], "values": []} for answer in ANSWERS], kept


def nowhere_in_the_clear():
    suite = story["suite"]
    dump = tool("pg_dump", "--data-only", "--inserts", "-d", suite.database())
    assert "contact-days" in dump, dump[:300]
    for form in (DIET, DIET.encode().hex()):
        assert form not in dump, [line for line in dump.splitlines() if form in line][:3]
    assert all(DIET not in log.read_text(errors="replace") for log in (suite.dir / "log").glob("*.log"))
    assert all(DIET not in mail.as_string() for mail in suite.mails())


def revoked():
    suite = story["suite"]
    over = suite.admin("POST", f"/api/invitations/{story['invitation']['id']}:revoke", {"reason": "Ryhmä täynnä"})
    assert over["over"] and over["used"] == 1, over
    enrol_refused("answers-eino", "enrolment.invitation.over", invitation=over["code"])
    listed = suite.admin("GET", path("/api/programmes/{programme}/invitations"))["invitations"]
    assert [i["code"] for i in listed] == [over["code"]], listed


def keys():
    return story["suite"].dir / "keys" / "data"


def start_with(lines):
    suite = story["suite"]
    assert suite.stop() == 0
    keys().write_text("".join(lines))
    suite.start()


def new_key():
    assert keys().stat().st_mode & 0o077 == 0
    story["old"] = keys().read_text()
    story["new"] = f"2 {secrets.token_hex(32)}\n"
    start_with([story["old"], story["new"]])
    readable()
    status, said = story["suite"].command("reseal")
    assert status == 0 and said.startswith("1 answers were sealed anew with key 2"), (status, said)
    status, said = story["suite"].command("reseal", "--json")
    assert status == 0 and '"left": 0' in said and '"resealed": 0' in said, (status, said)


def old_key_gone():
    start_with([story["new"]])
    readable()


def lost_key():
    start_with([f"3 {secrets.token_hex(32)}\n"])
    client = story["people"]["answers-aino"][0]
    shown = client("GET", path("/api/registrations/{registration}/answers"))
    assert shown["unreadable"] == ["diet"], shown
    assert shown["answers"] == [answer for answer in ANSWERS if answer["code"] != "diet"], shown
    status, said = story["suite"].command("reseal")
    assert status == 1 and "keep every key" in said, (status, said)


CASES = [
    ("a code gives one of its seats, however it is typed", invited),
    ("a mistake in an answer is named by its field", fields_named),
    ("oneself and coordinators read the answers, nobody else", readable),
    ("what is stored for repeated requests has nothing sensitive", stored_without),
    ("what is sensitive is neither in the database, the logs nor the mails in the clear", nowhere_in_the_clear),
    ("a revoked code is over, its seats are free", revoked),
    ("a new key is added, and what the old one sealed is sealed anew", new_key),
    ("the old key goes, and everything is still readable", old_key_gone),
    ("a lost key is said, not hidden", lost_key),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
