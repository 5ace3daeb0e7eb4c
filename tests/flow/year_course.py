"""The second half of the year: dates move, people learn and get their papers, auditors look, and one is forgotten. Cases of test_year.py,
in its order; who has which place is what year_places.py left.
"""
import json
import sys
import xml.etree.ElementTree as tree

from icalendar import Calendar
from steps import mail_saying, refused, said, tool
from suite import SOURCE, wait_for
from year import SEALED, at, implementation, text

SEATED = ("cleo", "hanna", "guest", "dora", "gusto", "leader")
ATOM = "{http://www.w3.org/2005/Atom}"
kept = {}


def events(world, path, name=None):
    """The entries of a calendar, by their UID."""
    client = world.people[name].client if name else world.suite.client()
    headers, content = client.file(path)
    assert headers["Content-Type"].startswith("text/calendar"), dict(headers)
    return {str(e["UID"]): e for e in Calendar.from_ical(content).walk("VEVENT")}


def sequences(entries):
    return {uid: int(e["SEQUENCE"]) for uid, e in entries.items()}


def mailed(mail):
    """The entries for the calendar that came with a mail, by their UID: the method of each and the entry."""
    found = {}
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            calendar = Calendar.from_ical(part.get_content())
            entry, = calendar.walk("VEVENT")
            assert calendar["METHOD"] == part.get_param("method"), part.items()
            found[str(entry["UID"])] = (str(calendar["METHOD"]), entry)
    return found


def same_entry(mine, theirs):
    """Whether a calendar that has the one takes the other for the same, at the same version. Words are in the language of the asker."""
    return all(mine.get(name) == theirs.get(name) for name in ("UID", "SEQUENCE", "STATUS")) and all(
        mine[name].dt == theirs[name].dt for name in ("DTSTART", "DTEND"))


def moved(world):
    own, public = world.own("cleo", "/calendar.ics"), world.path("/calendar.ics")
    before, public_before = events(world, own, "cleo"), events(world, public)
    assert len(before) == len(public_before) == 2 and not set(before) & set(public_before), (before, public_before)
    invited = {uid for mail in world.suite.mails_to(world.cleo.email) for uid in mailed(mail)}
    assert set(before) <= invited, (before, invited)
    refused(world.dora.client, "GET", own, status=403)
    unit = world.programme()["units"][0]
    webinar = {**unit["webinars"][0], "startsAt": at(43), "endsAt": at(43, 13)}
    world.edit("PUT", f"/units/{unit['id']}", {"unit": {**unit, "webinars": [webinar]}, "reason": "kouluttaja on sairaana"})
    for name in SEATED:
        mail_saying(world.suite, world.people[name].email, "kouluttaja on sairaana")
    mail = mail_saying(world.suite, world.cleo.email, "Tidpunkten har ändrats")
    year, month, day = (int(part) for part in webinar["startsAt"][:10].split("-"))
    assert mail["Content-Language"] == "sv" and f"{day}.{month}.{year}" in said(mail), said(mail)
    waits = mail_saying(world.suite, world.jonas.email, "kouluttaja on sairaana")
    assert "date_changed" == waits["X-Hakuvayla-Kind"] and not mailed(waits), "who waits has a calendar entry to move"
    after = events(world, own, "cleo")
    assert set(after) == set(before), (before, after)
    first = next(uid for uid in after if sequences(after)[uid] > sequences(before)[uid])
    assert after[first]["DTSTART"].dt > before[first]["DTSTART"].dt, after[first]
    assert [s - sequences(before)[uid] for uid, s in sequences(after).items() if uid != first] == [0], sequences(after)
    (uid, (method, entry)), = mailed(mail).items()
    assert (uid, method) == (first, "REQUEST") and same_entry(entry, after[first]), (entry, after[first])
    assert str(entry["ATTENDEE"]) == f"mailto:{world.cleo.email}", entry
    public_after = events(world, public)
    assert sorted(sequences(public_after).values()) == [0, 1] and set(public_after) == set(public_before), public_after


def called_off(world):
    unit = world.programme()["units"][1]
    extra = {"startsAt": at(70), "endsAt": at(70, 13), "advanceNotice": True}
    with_extra = world.edit("PUT", f"/units/{unit['id']}", {"unit": {**unit, "webinars": unit["webinars"] + [extra]}})["units"][1]
    before = events(world, world.own("cleo", "/calendar.ics"), "cleo")
    assert len(before) == 3 and [str(e["STATUS"]) for e in before.values()].count("TENTATIVE") == 1, before
    world.edit("PUT", f"/units/{unit['id']}", {"unit": {**with_extra, "webinars": unit["webinars"]}, "reason": "peruttu"})
    after = events(world, world.own("cleo", "/calendar.ics"), "cleo")
    struck = [uid for uid, e in after.items() if str(e["STATUS"]) == "CANCELLED"]
    assert set(after) == set(before) and len(struck) == 1 and sequences(after)[struck[0]] > sequences(before)[struck[0]], after
    method, entry = mailed(mail_saying(world.suite, world.cleo.email, "peruttu"))[struck[0]]
    assert method == "CANCEL" and same_entry(entry, after[struck[0]]), (entry, after[struck[0]])


def announced(world):
    body = {"implementationId": world.place("south")["id"], "subject": text("Tervetuloa", "Välkommen", "Welcome"),
            "body": text("Linkki tulee pian.\nNähdään!", "Länken kommer snart.\nVi ses!", "The link follows soon.\nSee you!")}
    refused(world.dora.client, "POST", world.path("/announcements"), body, status=403)
    refused(world.coordinator, "POST", world.path("/announcements"), {**body, "subject": {"sv": "Hej"}}, status=400, field="subject.fi")
    announcement = world.coordinator("POST", world.path("/announcements"), body)
    assert announcement["recipients"] == 3, announcement
    assert "Linkki tulee pian." in said(mail_saying(world.suite, world.guest.email, "Tervetuloa", "Nähdään!"))
    mail_saying(world.suite, world.dora.email, "Welcome", "The link follows soon.")
    mail_saying(world.suite, world.gusto.email, "Welcome")
    assert not [m for m in world.suite.mails_to(world.cleo.email) if "Välkommen" in said(m)], "another implementation was told"
    listed = world.coordinator("GET", world.path("/announcements"))["announcements"]
    assert [(a["subject"]["sv"], a["actor"]) for a in listed] == [("Välkommen", world.coordinator_id)], listed


def attended(world):
    unit = world.programme()["units"][0]["id"]
    sheet = world.path(f"/units/{unit}/attendance")
    entries = [{"registrationId": world.people[name].registration["id"], "presence": f"PRESENCE_{presence}"}
               for name, presence in (("guest", "PRESENT"), ("dora", "PARTLY"), ("gusto", "ABSENT"))]
    stranger = {"registrationId": world.jonas.registration["id"], "presence": "PRESENCE_PRESENT"}
    refused(world.coordinator, "PUT", sheet, {"entries": entries + [stranger]}, "enrolment.learning.not-seated")
    assert not world.dora.client("GET", world.own("dora", "/progress"))["units"][0].get("presence", "PRESENCE_UNKNOWN").endswith("PARTLY")
    world.coordinator("PUT", sheet, {"entries": entries})
    rows = world.coordinator("GET", f"{sheet}?implementationId={world.place('south')['id']}")["rows"]
    assert [r["presence"] for r in rows] == ["PRESENCE_PRESENT", "PRESENCE_PARTLY", "PRESENCE_ABSENT"], rows
    refused(world.dora.client, "GET", sheet, status=403)


def complete(world, unit, *names, undo=False):
    path = world.path(f"/units/{world.programme()['units'][unit]['id']}/completions")
    entries = [{"registrationId": world.people[n].registration["id"], "undo": undo} for n in names]
    return world.coordinator("POST", path, {"entries": entries})["rows"]


def completed(world):
    rows = complete(world, 0, "guest", "dora") and complete(world, 1, "guest", "dora")
    assert [(r["creditsTenths"], r["completed"]) for r in rows] == [(50, False)] * 2, rows
    certificate = world.own("dora", "/certificate.pdf")
    problem = refused(world.dora.client, "GET", certificate, rule="enrolment.certificate.not-completed")
    assert problem["facts"]["plan"] == "missing", problem
    plan = {"kind": "COMMUNITY", "title": "Yhdessä", "body": "Tavoite ja askeleet", "others": [{"registrationId": world.guest.registration["id"]}]}
    refused(world.dora.client, "POST", world.own("dora", "/plan"), plan, "enrolment.plan.not-of-team", field="others[0].registrationId")
    world.coordinator("POST", world.own("dora", "/plan"), plan)
    progress = world.dora.client("GET", world.own("dora", "/progress"))
    assert progress["creditsTenths"] == 50 and progress["planHandedIn"] and progress["completedAt"], progress
    kept["code"] = progress["certificateCode"]
    mail_saying(world.suite, world.dora.email, "completed", kept["code"])
    mail_saying(world.suite, world.guest.email, "Onnittelut")


def certified(world):
    headers, content = world.dora.client.file(world.own("dora", "/certificate.pdf"))
    assert headers["Content-Type"] == "application/pdf" and CODE_NAME in headers["Content-Disposition"], dict(headers)
    path = world.suite.folder / "certificate.pdf"
    path.write_bytes(content)
    about = dict(line.split(":", 1) for line in tool("pdfinfo", path).splitlines() if ":" in line)
    assert about["Tagged"].strip() == "yes", about
    words = " ".join(tool("pdftotext", path, "-").split())
    assert kept["code"] in words and world.dora.name in words and "A year of leadership" in words, words
    anybody = world.suite.client()
    facts = anybody("GET", f"/api/certificates/{kept['code']}")
    assert facts["name"] == world.dora.name and facts["creditsTenths"] == 50 and not facts["withdrawn"], facts
    refused(anybody, "GET", f"/api/certificates/{kept['code'][::-1]}", status=404)
    complete(world, 1, "dora", undo=True)
    assert anybody("GET", f"/api/certificates/{kept['code']}")["withdrawn"]
    complete(world, 1, "dora")
    assert not anybody("GET", f"/api/certificates/{kept['code']}")["withdrawn"]
    refused(world.cleo.client, "GET", world.own("dora", "/certificate.pdf"), status=403)


def counted(world):
    days = world.coordinator("GET", world.path("/trainee-days"))
    people = {"full": world.programme()["cap"], "current": world.programme()["taken"], "completed": 2}
    for what, count in people.items():
        assert int(days[f"{what}Tenths"]) == 225 * count, (what, count, days)  # 5 op x 4.5 x people, in tenths


def exported(world):
    for kind, media in (("XLSX", "spreadsheetml"), ("CSV", "text/csv")):
        headers, content = world.coordinator.file(world.path(f"/registrations:export?format={kind}"))
        assert media in headers["Content-Type"], dict(headers)
        path = world.suite.folder / f"register.{kind.lower()}"
        path.write_bytes(content)
        lines = tool(sys.executable, SOURCE / "tests" / "service" / "enrolment" / "sheet_cells.py", path).splitlines()
        cells = {(int(row), int(column)): (form, value) for row, column, form, value in (line.split("|", 3) for line in lines)}
        assert not [c for c in cells.values() if c[0] == "FORMULA"], cells
        assert [c for c in cells.values() if "=1+1" in c[1] and c[0] == "text"], cells
        column = next(at for at, cell in cells.items() if cell[1] == "Order in the programme")[1]
        order = [float(cells[row, column][1]) for row in range(1, max(row for row, _ in cells) + 1)]
        assert order == sorted(order) and len(order) == len(set(order)) >= 14, order
        assert not [c for c in cells.values() if "induktio" in c[1]], "a sensitive answer was exported"
    refused(world.dora.client, "GET", world.path("/registrations:export"), status=403)


def told_apart(world):
    changes = list(world.coordinator.pages(world.path("/changes"), "changes"))
    assert [c["n"] for c in changes] == list(range(len(changes), 0, -1)), changes
    assert {c["actor"] for c in changes} == {world.coordinator_id}, changes

    def line(field, **more):
        found = [c for c in changes if c["field"] == field and all(c[k] == v for k, v in more.items())]
        assert found, (field, more, changes)
        return found[0]
    line("implementations[north].capacity", was="3", becomes="2", reason="pienempi sali", call="enrolment.SetImplementationCapacity")
    assert line("registration.review", becomes="rejected", reason="Vain rehtoreille")["registrationId"]
    line("registration.state", reason="sijainen", becomes="seated by hand, 1 passed over")
    line("registration.priority", reason="väliaikainen")
    assert not [c for c in changes if SEALED in json.dumps(c, ensure_ascii=False)]
    refused(world.dora.client, "GET", world.path("/changes"), status=403)


def fair(world):
    fairness = world.coordinator("GET", world.path("/fairness"))
    parts = {p["code"]: p for p in fairness["parts"]}
    listed = list(world.coordinator.pages(world.path("/registrations"), "registrations"))
    assert sum(p["registrations"] for p in parts.values()) == len(listed), (parts, len(listed))
    assert parts["north"]["byHand"] >= 1 and parts["north"]["passed"] == 1 and parts["south"]["inversions"] == "0", parts
    assert parts["north"]["waitMaxUs"] >= parts["north"]["waitP50Us"] > 0, parts
    assert sum(s["enrolled"] for s in fairness["shares"] if s["fact"] == "region") > 0, fairness["shares"]
    refused(world.dora.client, "GET", world.path("/fairness"), status=403)


def turned_away(world):
    refusals = list(world.coordinator.pages(world.path("/refusals"), "refusals"))
    rules = {(r.get("person", {}).get("name"), r["rule"]) for r in refusals}  # of a team some were not known yet
    assert {(world.cleo.name, "enrolment.congested"), (world.cleo.name, "enrolment.full"), (world.hanna.name, "enrolment.invitation.used-up")} <= rules, rules
    refused(world.dora.client, "GET", world.path("/refusals"), status=403)


def receipt(world):
    path = world.suite.folder / "receipt.json"
    path.write_text(json.dumps(world.dora.client("GET", world.own("dora", "/receipt"))))
    status, output = world.suite.command("verify", "--implementation", world.place("south")["id"], "--receipt", path, token=False)
    assert status == 0, output


def heads(world):
    """implementation id -> the newest head in the public feed, as it stands there."""
    headers, content = world.suite.client().file("/api/chains.atom")
    assert headers["Content-Type"].startswith("application/atom+xml"), dict(headers)
    found = {}
    for entry in tree.fromstring(content).findall(f"{ATOM}entry"):
        head = json.loads(entry.find(f"{ATOM}content").text)
        if head["n"] > found.get(head["implementationId"], {"n": 0})["n"]:
            found[head["implementationId"]] = head
    return found


def verify(world):
    for head in kept["heads"].values():
        path = world.suite.folder / "head.json"
        path.write_text(json.dumps(head))
        status, output = world.suite.command("verify", "--implementation", head["implementationId"], "--head", path, token=False)
        assert status == 0, output


def published(world):
    ids = {i["id"] for i in world.programme()["implementations"]}
    kept["heads"] = wait_for("the feed has a head of each chain", lambda: (lambda h: h if ids <= set(h) else None)(heads(world)))
    verify(world)
    wrong = dict(next(iter(kept["heads"].values())))
    wrong["hash"] = "A" + wrong["hash"][1:] if wrong["hash"][0] != "A" else "B" + wrong["hash"][1:]
    path = world.suite.folder / "wrong.json"
    path.write_text(json.dumps(wrong))
    assert world.suite.command("verify", "--implementation", wrong["implementationId"], "--head", path)[0] == 1


def dump(world):
    return tool("pg_dump", world.suite.database(), "--data-only")


def traces(world, words):
    """Where the database still knows these words: as text, and as bytes of a message."""
    everything = dump(world)
    return [w for w in words if w in everything or w.encode().hex() in everything]


def forgotten(world):
    words = (world.guest.email, world.guest.name)
    assert set(traces(world, words)) == set(words) and not traces(world, (SEALED,))
    refused(world.dora.client, "POST", f"/api/persons/{world.guest.id}:erase", {"reason": "x"}, status=403)
    erasure = world.guest.client("POST", "/api/me:erase", {})
    assert erasure["registrations"] == 1 and erasure["givenUp"] == 1, erasure
    wait_for("the account is closed", lambda: world.guest.client.exchange("GET", "/api/me")[0] == 401)
    listed = list(world.coordinator.pages(world.path("/registrations"), "registrations"))
    assert world.guest.id not in json.dumps(listed) and world.guest.email not in json.dumps(listed), listed
    row = next(r for r in listed if r["id"] == world.guest.registration["id"])
    assert not row.get("personId") and row["orderNo"] == 1 and row["state"] == "STATE_CANCELLED", row
    refused(world.coordinator, "GET", f"/api/persons/{world.guest.id}", status=404)
    wait_for("no database row knows the person", lambda: not traces(world, words))
    sent = world.suite.admin("GET", f"/api/messages?recipientId={world.guest.id}")["messages"]
    assert world.guest.name not in json.dumps(sent), sent
    assert [p["personId"] for p in world.suite.admin("GET", "/api/forgotten")["people"]] == [world.guest.id]
    verify(world)


def outlived(world):
    """Hanna was at an evening that ended long ago too: what she was told of it goes, what she was told of the year stays."""
    title = text("Johtamisen ilta", "En kväll av ledarskap", "An evening of leadership")
    evening = world.coordinator("POST", "/api/programmes", {"reason": "flow", "programme": {
        "code": "flow-evening", "title": title, "creditsTenths": 10, "cap": 2, "retentionDays": 30,
        "windows": [{"opensAt": at(-1), "closesAt": at(1)}], "implementations": [implementation("north", 2, 0)]}})
    path = f"/api/programmes/{evening['id']}/registrations"
    world.hanna.client("POST", path, {"implementationId": evening["implementations"][0]["id"]})
    mail_saying(world.suite, world.hanna.email, title["fi"])

    def told():
        return world.suite.admin("GET", f"/api/messages?recipientId={world.hanna.id}")["messages"]

    wait_for("all letters to Hanna have left", lambda: all(m["state"] == "MESSAGE_SENT" for m in told()))
    assert any(title["fi"] in m["subject"] for m in told()), told()
    before = [m for m in told() if title["fi"] not in m["subject"]]
    world.suite.sql("update enrolment.application_window w set opens_at = now() - interval '40 days', closes_at = now() - interval '31 days'"
                    f" where w.programme_id = '{evening['id']}'")
    wait_for("the evening is forgotten", lambda: not world.coordinator("GET", path)["registrations"][0].get("personId"))
    wait_for("its letter is", lambda: [m for m in told() if m.get("subject")] == before)
    assert len(told()) == len(before) + 1 and before, told()  # that something was sent stays
    mine = world.hanna.client("GET", "/api/me/registrations")["registrations"]
    assert mine and all(r["programmeId"] != evening["id"] for r in mine), mine
    assert world.suite.command("verify", "--implementation", evening["implementations"][0]["id"])[0] == 0


def quiet(world):
    for service in ("enrolment", "notification"):
        dead = world.suite.admin("GET", f"/api/events/{service}/dead")
        assert not dead.get("dead") and not dead.get("events"), dead
    summary = world.suite.admin("GET", "/api/messages:summary")
    assert summary["failed"] == "0" and summary["unsure"] == "0", summary
    wait_for("the health is good", lambda: world.suite.client().exchange("GET", "/health")[2]["status"] in ("pass", "warn"))


CODE_NAME = "flow-year-certificate.pdf"
CASES = [
    ("a moved webinar is told by mail, and the calendar moves the entry it has", moved),
    ("a webinar called off is struck in the calendar", called_off),
    ("a message reaches those seated in one implementation, in their languages", announced),
    ("presence is marked by list, whole or not at all", attended),
    ("units and a plan complete the training", completed),
    ("the certificate is a tagged PDF that anybody can verify, and can be withdrawn", certified),
    ("trainee days are counted as the agency counts them", counted),
    ("the register opens in a spreadsheet, in order, and a name stays a name", exported),
    ("the history of changes says who did what and why", told_apart),
    ("the order is compared with the arrivals", fair),
    ("coordinators see who was turned away by which rule", turned_away),
    ("a receipt of somebody who was transferred verifies", receipt),
    ("the heads of the chains are public, and the chains hold them", published),
    ("who asks to be forgotten is, everywhere, and the chains still hold", forgotten),
    ("a training that ended long ago forgets who goes on elsewhere, and their letters about it", outlived),
    ("nothing was left undone, and all is well", quiet),
]
