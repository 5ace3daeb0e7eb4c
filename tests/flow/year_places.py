"""The first half of the year: a coordinator makes a training, and people come to it. Cases of test_year.py, in its order."""
from concurrent.futures import ThreadPoolExecutor

from steps import mail_saying, mails_of, refused, said
from year import ANSWERS, QUESTIONS, SEALED, at, document, head, implementation, key, text


def made(world):
    body = {"programme": document(), "reason": "a new year"}
    problem = refused(world.aino.client, "POST", "/api/programmes", body, status=403)
    assert problem["rule"], problem
    broken = {"programme": {**document(), "title": {"fi": ""}}}
    refused(world.coordinator, "POST", "/api/programmes", broken, status=400, field="programme.title.fi")
    again = key()
    status, _, programme = world.coordinator.exchange("POST", "/api/programmes", body, again)
    assert status == 201 and len(programme["implementations"]) == 3 and programme["cap"] == 8, (status, programme)
    world.programme_id = programme["id"]
    _, headers, answer = world.coordinator.exchange("POST", "/api/programmes", body, again)
    assert answer["id"] == programme["id"] and headers.get("Idempotency-Replayed"), (dict(headers), answer)
    status, _, problem = world.coordinator.exchange("POST", "/api/programmes", {**body, "reason": "another"}, again)
    assert status == 422, (status, problem)
    refused(world.coordinator, "POST", "/api/programmes", body, "enrolment.programme.code-taken", field="programme.code")


def titled():
    return head(title=text("Johtamisen vuosi 5 op", "Ett år av ledarskap 5 sp", "A year of leadership 5 ECTS"))


def edited(world):
    change = {"programme": titled(), "reason": "credits in the title"}
    version = world.programme()["version"]
    refused(world.coordinator, "PUT", world.path(), change, status=428)
    after = world.coordinator("PUT", world.path(), change, if_match=version)
    assert after["title"]["sv"].endswith("5 sp") and after["version"] != version, after
    refused(world.coordinator, "PUT", world.path(), {**change, "reason": "too late"}, status=412, if_match=version)
    refused(world.coordinator, "PUT", world.path(), {"programme": head(cap=9)}, "enrolment.seats.elsewhere", if_match=after["version"])
    assert len(after["units"]) == 2 and len(after["implementations"]) == 3, after


def asks(world):
    backwards = [{**QUESTIONS[1], "required": False}, QUESTIONS[0]]
    problem = refused(world.coordinator, "PUT", world.path("/questions"), {"questions": backwards}, status=400, if_match=world.programme()["version"])
    assert problem["field"].startswith("questions[0]."), problem
    after = world.edit("PUT", "/questions", {"questions": QUESTIONS})
    assert [q["code"] for q in after["questions"]] == ["diet", "diet-what", "access"], after["questions"]


def parts(world):
    """Parts that come and go again before anybody enrolled; what people are in stays, whatever is asked for."""
    unit = {"title": text("Verkosto", "Nätverk", "Network"), "creditsTenths": 10, "webinars": [{"startsAt": at(80), "endsAt": at(80, 13)}]}
    added = world.edit("POST", "/units", {"unit": unit})["units"]
    assert len(added) == 3 and added[2]["webinars"][0]["id"], added
    assert len(world.edit("POST", f"/units/{added[2]['id']}:remove", {})["units"]) == 2
    west = implementation("west", 1, 0)
    added = next(i for i in world.edit("POST", "/implementations", {"implementation": west})["implementations"] if i["code"] == "west")
    there = f"/implementations/{added['id']}"
    changed = world.edit("PUT", there, {"implementation": {**west, "mode": "MODE_ON_SITE", "capacity": 0}})
    assert [i["mode"] for i in changed["implementations"]] == ["MODE_ONLINE"] * 3 + ["MODE_ON_SITE"], changed
    refused(world.coordinator, "PUT", world.path(there), {"implementation": {**west, "capacity": 9}}, "enrolment.seats.elsewhere",
            if_match=world.programme()["version"])
    basic = {"rule": "year.level", "fact": "level", "allowed": ["basic"], "reason": text("Perusopetukseen", "För grundskolan", "For basic education")}
    assert [r["rule"] for r in world.edit("PUT", "/rules", {"rules": [basic]})["rules"]] == ["year.level"]
    wrong = {"rules": [{**basic, "fact": "shoe-size"}]}
    refused(world.coordinator, "PUT", world.path(f"{there}/rules"), wrong, status=400, field="rules[0].fact", if_match=world.programme()["version"])
    world.edit("PUT", f"{there}/rules", {"rules": [basic]})
    assert len(world.edit("POST", f"{there}:remove", {})["implementations"]) == 3
    windows = world.edit("POST", "/windows", {"opensAt": at(35), "closesAt": at(38), "quota": 2})["windows"]
    refused(world.coordinator, "POST", world.path("/windows"), {"opensAt": at(36), "closesAt": at(39)}, "enrolment.window.overlap",
            if_match=world.programme()["version"])
    second = next(w for w in windows if w["quota"] == 2)
    assert len(world.edit("POST", f"/windows/{second['id']}:remove", {})["windows"]) == 1
    version = world.edit("PUT", "/cap", {"cap": 9})["version"]
    assert world.coordinator("PUT", world.path("/cap"), {"cap": 8, "reason": "flow"}, if_match=version)["cap"] == 8


def invited(world):
    south = world.place("south")["id"]
    invitation = world.coordinator("POST", f"/api/implementations/{south}/invitations", {"code": "VUOSI-26", "seats": 1, "early": True, "note": "guests"})
    assert world.place("south")["reserved"] == 1, world.place("south")
    refused(world.coordinator, "POST", f"/api/implementations/{south}/invitations", {"code": "vuosi-26", "seats": 1}, "enrolment.invitation.code-taken")
    here = world.path("/registrations")
    problem = refused(world.guest.client, "POST", here, world.body("south"), "enrolment.window.not-open")
    assert problem["facts"]["opensAt"] == world.programme()["windows"][0]["opensAt"], problem
    refused(world.guest.client, "POST", here, world.body("south", invitation="VUOSI-99"), "enrolment.invitation.unknown")
    refused(world.guest.client, "POST", here, world.body("north", invitation="VUOSI-26"), "enrolment.invitation.other-implementation")
    problem = refused(world.guest.client, "POST", here, {"implementationId": south, "invitation": "VUOSI-26"}, "enrolment.answer.required", field="answers")
    assert problem["facts"]["question"] == "diet", problem
    registration = world.enrol("guest", "south", "SEATED", invitation="vuosi-26")
    assert registration["invitationId"] == invitation["id"], registration
    refused(world.hanna.client, "POST", here, world.body("south", invitation="VUOSI-26"), "enrolment.invitation.used-up")
    place = world.place("south")
    assert place["reserved"] == 0 and place["taken"] == 1, place
    listed = world.coordinator("GET", world.path("/invitations"))["invitations"]
    assert [(i["code"], i["used"]) for i in listed] == [("VUOSI-26", 1)], listed


def held(world):
    window = world.programme()["windows"][0]
    world.edit("PUT", f"/windows/{window['id']}", {"opensAt": at(-70), "closesAt": at(30), "quota": 1})
    again = key()
    aino = world.aino
    north = world.place("north")["id"]
    aino.registration = aino.client("POST", world.path("/holds"), {"implementationId": north}, again)
    same = aino.client("POST", world.path("/holds"), {"implementationId": north}, again)
    assert aino.registration["state"] == "STATE_HELD" and aino.registration["replyDueAt"] and same["id"] == aino.registration["id"], same
    place = world.place("north")
    assert place["taken"] == 1 and place["held"] == 1, place
    problem = refused(world.bjorn.client, "POST", world.path("/holds"), {"implementationId": north}, "enrolment.window.quota")
    assert problem["facts"]["quota"] == "1", problem
    world.edit("PUT", f"/windows/{window['id']}", {"opensAt": at(-70), "closesAt": at(30), "quota": 40})


def confirmed(world):
    client, here = world.aino.client, world.own("aino", ":confirm")
    problem = refused(client, "POST", here, {}, "enrolment.answer.required", field="answers")
    assert problem["facts"]["question"] == "diet", problem
    problem = refused(client, "POST", here, {"answers": [{"code": "diet", "values": ["other"]}]}, "enrolment.answer.required")
    assert problem["facts"]["question"] == "diet-what", problem
    refused(client, "POST", here, {"answers": [{"code": "diet", "values": ["none"]}]}, "enrolment.answer.option", status=400, field="answers[0].values[0]")
    answers = [{"code": "diet", "values": ["other"]}, {"code": "diet-what", "values": ["Maidoton"]}, {"code": "access", "values": [SEALED]}]
    assert world.act("aino", "confirm", {"answers": answers})["state"] == "STATE_SEATED"
    mail = mails_of(world.suite, world.aino.email, 1)[0]
    assert mail["Content-Language"] == "fi" and "Johtamisen vuosi 5 op" in said(mail), said(mail)
    given = {a["code"]: a["values"] for a in client("GET", world.own("aino", "/answers"))["answers"]}
    assert given == {a["code"]: a["values"] for a in answers}, given
    refused(world.bjorn.client, "GET", world.own("aino", "/answers"), status=403)
    kept = world.suite.sql("select code, plain is null, position('induktio' in encode(sealed, 'escape')) from enrolment.answer where code = 'access'")
    assert kept == ["access|t|0"], kept


def changed(world):
    client, answers = world.aino.client, world.own("aino", "/answers")
    given = [{"code": "diet", "values": ["any"]}, {"code": "access", "values": [SEALED]}]
    client("PUT", answers, {"answers": given})
    assert {a["code"]: a["values"] for a in client("GET", answers)["answers"]} == {a["code"]: a["values"] for a in given}
    refused(client, "PUT", answers, {"answers": given + [{"code": "diet-what", "values": ["Maidoton"]}]}, "enrolment.answer.not-asked", status=400,
            field="answers[2].code")
    world.edit("PUT", "", {"programme": {**titled(), "editUntilAt": at(-1)}})
    refused(client, "PUT", answers, {"answers": given}, "enrolment.answer.closed")
    world.coordinator("PUT", answers, {"answers": given})
    world.edit("PUT", "", {"programme": titled()})
    report = world.suite.admin("POST", "/api/answers:reseal", {})
    assert report["left"] == 0 and report["key"] >= 1, report


def congested(world):
    bjorn, here = world.bjorn, world.path("/registrations")
    bjorn.registration = bjorn.client("POST", world.path("/holds"), {"implementationId": world.place("north")["id"]})
    problem = refused(world.cleo.client, "POST", here, world.body("north"), "enrolment.congested")
    assert "Ruuhkaa" in problem["texts"]["fi"] and "try again" in problem["texts"]["en"].lower(), problem
    world.act("bjorn", "confirm", {"answers": ANSWERS})
    refused(world.cleo.client, "POST", here, world.body("north"), "enrolment.full")
    refused(bjorn.client, "POST", here, world.body("south"), "enrolment.already-registered")


def waits(world):
    world.set_capacity("north", 2, waitingCap=6)
    for position, name in enumerate(("cleo", "dora", "elias", "frida"), 1):
        registration = world.enrol(name, "north", "QUEUED")
        assert registration["position"] == position, registration
        mail_saying(world.suite, world.people[name].email, str(position))
    assert world.now("dora")["position"] == 2, world.dora.registration
    refused(world.dora.client, "POST", world.own("dora", ":answer-offer"), {"answer": "ACCEPT"}, "enrolment.offer.none")


def offered(world):
    world.act("aino", "cancel")
    chance = world.now("dora")["chancePercent"]
    assert 1 <= chance <= 99 and world.now("frida")["chancePercent"] < chance, world.frida.registration
    assert world.now("cleo")["state"] == "STATE_OFFERED" and world.cleo.registration["replyDueAt"] > at(0.5), world.cleo.registration
    assert mail_saying(world.suite, world.cleo.email, "erbjuds en plats")["Content-Language"] == "sv"
    assert world.act("cleo", "answer-offer", {"answer": "PASS"})["position"] == 3, world.cleo.registration
    assert world.now("cleo")["position"] == 3, world.cleo.registration
    mail_saying(world.suite, world.cleo.email, "lät platsen", "kön: 3")
    again = key()
    taken = world.act("dora", "answer-offer", {"answer": "ACCEPT"}, again)
    assert taken["state"] == "STATE_SEATED" and world.act("dora", "answer-offer", {"answer": "ACCEPT"}, again)["id"] == taken["id"], taken
    mail_saying(world.suite, world.dora.email, "offered to you")


def expired(world):
    world.act("bjorn", "cancel")
    world.states(elias="OFFERED", frida="QUEUED")
    world.suite.sql(f"update enrolment.registration set reply_due = now() - interval '5 s' where id = '{world.elias.registration['id']}'")
    world.becomes("elias", "CANCELLED")
    refused(world.elias.client, "POST", world.own("elias", ":answer-offer"), {"answer": "ACCEPT"}, "enrolment.offer.none")
    moves = world.elias.client("GET", world.own("elias", "/history"))["moves"]
    assert moves[-1]["to"] == "STATE_CANCELLED" and not moves[-1].get("actor"), moves
    world.states(frida="OFFERED")
    world.act("frida", "answer-offer", {"answer": "DECLINE"})
    world.states(frida="CANCELLED", cleo="OFFERED")
    refused(world.cleo.client, "POST", world.own("cleo", ":answer-offer"), {"answer": "PASS"}, "enrolment.offer.nobody-else")
    world.act("cleo", "answer-offer", {"answer": "ACCEPT"})
    world.states(cleo="SEATED")


def transferred(world):
    old, south = world.dora.registration, world.place("south")["id"]
    refused(world.dora.client, "POST", world.own("dora", ":transfer"), {"implementationId": old["implementationId"]}, "enrolment.transfer.same")
    fresh = world.act("dora", "transfer", {"implementationId": south})
    assert fresh["originId"] == old["id"] and fresh["state"] == "STATE_SEATED" and fresh["implementationId"] == south, fresh
    was = world.dora.client("GET", f"/api/registrations/{old['id']}")
    assert was["state"] == "STATE_TRANSFERRED", was
    given = world.dora.client("GET", world.own("dora", "/answers"))["answers"]
    assert [a["code"] for a in given] == ["diet"], given
    assert "transferred" in said(mail_saying(world.suite, world.dora.email, "transferred")), "no mail"
    world.enrol("gusto", "south", "SEATED")
    world.enrol("hanna", "north", "SEATED")
    problem = refused(world.hanna.client, "POST", world.own("hanna", ":transfer"), {"implementationId": south}, "enrolment.transfer.no-room")
    assert problem["facts"]["capacity"] == "3" and problem["facts"]["taken"] == "3", problem


def crossed(world):
    """Two who would change seats with each other at the same moment: both are told no, neither waits for the other."""
    def move(pair):
        name, code = pair
        return refused(world.people[name].client, "POST", world.own(name, ":transfer"), {"implementationId": code}, "enrolment.transfer.no-room")
    codes = {code: world.place(code)["id"] for code in ("north", "south")}
    with ThreadPoolExecutor(2) as both:
        list(both.map(move, [("hanna", codes["south"]), ("dora", codes["north"])]))
    world.states(hanna="SEATED", dora="SEATED")


def team(world):
    def member(number, role):
        return {"person": {"name": f"Esimerkki Jäsen {number}", "email": f"year-member-{number}@example.fi", "language": "fi", "role": role, "level": "basic",
                           "organisationKind": "municipality", "organisation": "Esimerkkilän kunta", "region": "uusimaa"}, "answers": ANSWERS}
    body = {"implementationId": world.place("east")["id"], "name": "Esimerkkilän johtoryhmä", "mode": "ALL_OR_NONE",
            "members": [{"personId": world.leader.id, "answers": ANSWERS}, member(1, "teacher"), member(2, "teacher"), member(3, "principal")]}
    leader = world.leader.client
    problem = refused(leader, "POST", world.path("/teams"), body, "enrolment.team.no-room")
    assert problem["facts"]["seats"] == "3" and problem["facts"]["members"] == "4", problem
    assert world.place("east")["taken"] == 0, world.place("east")
    again, body["mode"] = key(), "AS_MANY_AS_FIT"
    team = leader("POST", world.path("/teams"), body, again)
    assert leader("POST", world.path("/teams"), body, again)["id"] == team["id"]
    registrations = [m["registration"] for m in team["members"]]
    assert [r["state"] for r in registrations] == ["STATE_SEATED"] * 3 + ["STATE_QUEUED"], registrations
    assert [r["review"] for r in registrations] == ["REVIEW_NOT_NEEDED", "REVIEW_UNREVIEWED", "REVIEW_UNREVIEWED", "REVIEW_NOT_NEEDED"], registrations
    world.leader.registration = registrations[0]
    for number, registration in enumerate(registrations[1:], 1):
        world.members[number].registration = registration
    names = [m["name"] for m in leader("GET", f"/api/teams/{team['id']}")["members"]]
    assert names[1:] == [f"Esimerkki Jäsen {n}" for n in (1, 2, 3)], names
    refused(world.aino.client, "GET", f"/api/teams/{team['id']}", status=403)
    assert [t["name"] for t in leader("GET", "/api/me/teams")["teams"]] == ["Esimerkkilän johtoryhmä"]
    mail_saying(world.suite, world.leader.email, "Ryhmäsi", "3 henkilöä")
    mail_saying(world.suite, "year-member-3@example.fi", "Johtamisen vuosi")


def reviewed(world):
    listed = list(world.coordinator.pages(world.path(f"/registrations?implementationId={world.place('east')['id']}"), "registrations"))
    open_ones = [r for r in listed if r["review"] == "REVIEW_UNREVIEWED"]
    assert [r["person"]["name"] for r in open_ones] == ["Esimerkki Jäsen 1", "Esimerkki Jäsen 2"], listed
    first, second = (f"/api/registrations/{r['id']}:review" for r in open_ones)
    refused(world.coordinator, "POST", first, {"decision": "REJECT"}, status=400, field="reason")
    refused(world.leader.client, "POST", first, {"decision": "ACCEPT"}, status=403)
    accepted = world.coordinator("POST", first, {"decision": "ACCEPT_ON_CONDITION", "reason": "Sijaisuus vahvistetaan"})
    assert accepted["review"] == "REVIEW_CONDITIONAL", accepted
    assert world.coordinator("GET", first.removesuffix(":review"))["condition"] == "Sijaisuus vahvistetaan"
    rejected = world.coordinator("POST", second, {"decision": "REJECT", "reason": "Vain rehtoreille"})
    assert rejected["state"] == "STATE_CANCELLED", rejected
    refused(world.coordinator, "POST", second, {"decision": "ACCEPT"}, "enrolment.review.not-open")
    mail_saying(world.suite, "year-member-1@example.fi", "hyväksytty", "Sijaisuus vahvistetaan")
    mail_saying(world.suite, "year-member-2@example.fi", "Vain rehtoreille")


def by_hand(world):
    """The rejected seat is offered to the one who waits and has no account of their own: the coordinator takes it for them."""
    here = f"/api/registrations/{world.members[3].registration['id']}"
    assert world.coordinator("GET", here)["state"] == "STATE_OFFERED"
    promoted = world.coordinator("POST", f"{here}:promote", {"reason": "puhelimessa sovittu"})
    assert promoted["state"] == "STATE_SEATED", promoted
    world.enrol("iida", "north", "QUEUED")
    world.enrol("jonas", "north", "QUEUED")
    there = world.own("jonas", ":promote")
    refused(world.coordinator, "POST", there, {"reason": "sijainen"}, "enrolment.promote.no-room")
    world.coordinator("PUT", world.own("iida", "/priority"), {"priority": 3, "reason": "väliaikainen"})
    # A free seat while somebody waits is given away at once; so one appears behind the service's back.
    world.suite.sql(f"update enrolment.implementation set capacity = 3 where id = '{world.place('north')['id']}';"
                    f"update enrolment.programme set cap = 9 where id = '{world.programme_id}'")
    problem = refused(world.coordinator, "POST", there, {"reason": "sijainen"}, "enrolment.promote.out-of-order")
    assert problem["facts"]["passedOver"] == "1", problem
    assert world.staff("jonas", "promote", {"reason": "sijainen", "despiteOrder": True})["state"] == "STATE_SEATED"
    mail_saying(world.suite, world.jonas.email, "Du fick en plats från kön")
    world.states(iida="QUEUED")


def displaced(world):
    place = world.place("north")
    here, version = f"/api/implementations/{place['id']}/capacity", place["version"]
    problem = refused(world.coordinator, "PUT", here, {"capacity": 2, "reason": "pienempi sali"}, "enrolment.capacity.below-taken", if_match=version)
    assert problem["facts"]["taken"] == "3", problem
    refused(world.coordinator, "PUT", here, {"capacity": 2, "displace": True}, status=400, field="reason", if_match=version)
    world.set_capacity("north", 2, displace=True, reason="pienempi sali")
    assert world.now("jonas")["state"] == "STATE_QUEUED" and world.place("north")["taken"] == 2, world.jonas.registration
    mail_saying(world.suite, world.jonas.email, "pienempi sali", "kön")
    world.act("iida", "cancel")
    assert world.now("jonas")["position"] == 1, world.jonas.registration


CASES = [
    ("a coordinator makes a programme, once, and nobody else does", made),
    ("an edit needs the version it was made on", edited),
    ("questions are asked, each after what it hangs on", asks),
    ("parts come, change and go", parts),
    ("an invitation opens its seat before the window, to one and in one place", invited),
    ("a seat is held, and shown as held; a round has its quota", held),
    ("a held seat is confirmed with the answers asked for; the sensitive one is sealed", confirmed),
    ("answers are changed until the cut-off", changed),
    ("while the last seat is held it is congested, and full only afterwards", congested),
    ("who waits is told the position", waits),
    ("a freed seat is offered, let pass on, accepted; the chance is told", offered),
    ("an offer not answered in time goes on, a declined one too", expired),
    ("a transfer keeps its origin and its answers, and needs a seat", transferred),
    ("two transfers that cross are both answered", crossed),
    ("a team comes all or none, or as many as fit", team),
    ("what the rules leave to a person is accepted on a condition, or rejected", reviewed),
    ("a promotion by hand is warned before it passes others over", by_hand),
    ("a capacity below the taken is refused, and displaces when it is meant", displaced),
]
