#!/usr/bin/python3
"""Letters about a grant over HTTP, from the first draft to the last cent paid back: a consortium whose contacts read Finnish, Swedish and English,
and what each of them finds in the mailbox. Everybody is told once, in their language; the decision's PDF is the very document; reminders move with
what they remind of and end with it; hv-notification may be down while decisions are sent, and may hear everything again."""
import base64
import collections
import datetime
import hashlib
import json
import os
import signal
import sys

from steps import mail_saying, refused, said
from suite import SOURCE, Suite, run, wait_for

story = {}
GRANT = 10_000_000  # cents; of the lead half, of each partner a sixth or so
SHARES = (5_000_000, 2_000_000, 1_500_000, 1_500_000)
LEAD, SVEN, TESS = "lea@example.fi", "sven@example.fi", "tess@example.org"
PARTNERS = [("0245458-3", "Esimerkkiopisto", "Lea Lähde", LEAD, "fi"), ("1234567-1", "Exempelskolan", "Sven Exempel", SVEN, "sv"),
            ("2345678-5", "Sample College", "Tess Sample", TESS, "en"), ("3456780-0", "Exempelstiftelsen", "Sven Exempel", "Sven@example.fi", "sv")]
PEOPLE = {"preparer": "preparer", "second": "preparer", "presenter": "presenter", "decider": "decider"}


def day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def stamp(days):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)).strftime("%Y-%m-%dT13:15:00Z")


def business_id(digits):
    """Seven digits and their check digit; None where there is none."""
    rest = sum(int(d) * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2))) % 11
    return None if rest == 1 else f"{digits}-{0 if rest == 0 else 11 - rest}"


def make_call(code):
    call = json.loads((SOURCE / "deploy" / "oikeus-osata.json").read_text())
    call |= {"code": code, "opensAt": stamp(-2), "closesAt": stamp(20), "useFrom": day(30), "useUntil": day(400), "interimDue": "", "finalDue": day(500),
             "contact": "Esimerkkiviraston avustukset, 029 000 0000, avustukset@example.fi"}
    report = story["preparer"]("POST", "/api/calls:import", {"content": call, "publish": True})
    assert report.get("call"), report["findings"]
    officials = [{"personId": story[f"{name}Id"], "role": f"OFFICIAL_{role.upper()}", "responsible": name == "preparer", "name": f"Nimi {name}",
                  "title": "virka"} for name, role in PEOPLE.items()]
    return story["preparer"]("PUT", f"/api/calls/{report['call']['id']}/officials", {"officials": officials}, if_match=report["call"]["version"])


def set_up():
    suite = story["suite"]
    for name, role in PEOPLE.items():
        story[name], story[f"{name}Id"] = suite.account(f"letters-{name}", role)
    for name in ("applicant", "other", "idle"):
        story[name], _ = suite.account(f"letters-{name}", "applicant")
    story["call"] = make_call("kirjeet")
    story["callPath"] = f"/api/calls/{story['call']['id']}"


def content_of(call, partners, title, grant=GRANT, shares=SHARES):
    content = call["content"]
    return {
        "themeId": content["groups"][0]["themes"][0]["id"], "title": title, "summary": "Yhteinen hanke.", "language": "fi",
        "startsOn": content["useFrom"], "endsOn": content["useUntil"], "iban": "FI21 1234 5600 0007 85",
        "answers": [{"questionId": q["id"], "text": "Tulokset jäävät kaikkien käyttöön."} for q in content["questions"]],
        "partners": [{"businessId": business_id(i[:7]), "name": name, "contactName": contact, "contactEmail": email, "language": language, "cents": str(c)}
                     for (i, name, contact, email, language), c in zip(partners, shares)],
        "lines": [{"category": "COST_STAFF", "title": "Palkat", "cents": str(grant)}],
        "shares": [{"kind": "SHARE_GRANT", "funder": "", "cents": str(grant)}],
        "packages": [{"title": "Työ", "description": "Tehdään", "startsOn": content["useFrom"], "endsOn": content["useUntil"], "cents": str(grant)}],
        "parts": [{"title": "Koulutus", "scopeTenths": 50, "credits": True, "participants": 20}]}


def begin(who, call, title, email=None, partners=PARTNERS, shares=SHARES):
    partners = [(*partners[0][:3], email or partners[0][3], partners[0][4])] + partners[1:]
    return story[who]("POST", f"/api/calls/{call['id']}/applications", {"content": content_of(call, partners, title, sum(shares), shares)})


def reminders(kind, subject=None):
    """Those that wait, of this kind."""
    listed = story["suite"].admin.pages("/api/reminders?state=REMINDER_PENDING", "reminders")
    return [r for r in listed if r["kind"] == kind and (subject is None or r.get("subjectId") == subject)]


def make_due(kind):
    story["suite"].sql(f"update notification.reminder set due_at = now() - interval '1 second' where state = 1 and kind = {kind}")


def drafts():
    for who, email in (("applicant", LEAD), ("other", "otto@example.fi"), ("idle", "iida@example.fi")):
        story[f"{who}Draft"] = begin(who, story["call"], f"Hanke {who}", email)
    found = wait_for("three drafts are reminded of", lambda: (lambda r: r if len(r) == 3 else None)(reminders("draft_closes")))
    closes = datetime.date.today() + datetime.timedelta(days=20)
    assert {r["dueAt"][:10] for r in found} == {(closes - datetime.timedelta(days=1)).isoformat()}, found
    call = story["preparer"]("GET", story["callPath"])
    later = dict(call["content"], closesAt=stamp(27))
    story["call"] = story["preparer"]("PUT", story["callPath"], {"content": later}, if_match=call["version"])
    moved = (closes + datetime.timedelta(days=6)).isoformat()
    wait_for("their reminders move with the call", lambda: {r["dueAt"][:10] for r in reminders("draft_closes")} == {moved})
    story["other"]("POST", f"/api/applications/{story['otherDraft']['id']}:withdraw", {"reason": "Emme ehtineet."})
    mail_saying(story["suite"], "otto@example.fi", "Hakemus on peruutettu: Hanke other", "Syy: Emme ehtineet.")
    wait_for("a withdrawn one is not reminded of", lambda: len(reminders("draft_closes")) == 2)


def submitted():
    draft = story["applicantDraft"]
    story["path"] = f"/api/applications/{draft['id']}"
    story["award"] = story["path"] + "/award"
    story["a"] = story["applicant"]("POST", story["path"] + ":submit", {}, if_match=draft["version"])
    mail = mail_saying(story["suite"], LEAD, "Hakemus on vastaanotettu: Hanke applicant", story["a"]["receipt"], "Haettu avustus: 100 000,00 €")
    assert mail["Content-Language"] == "fi", mail
    wait_for("a submitted one is not reminded of", lambda: len(reminders("draft_closes")) == 1)
    make_due(22)
    mail_saying(story["suite"], "iida@example.fi", "hakemustasi ei ole lähetetty", "Oikeus osata")


def supplemented():
    words = "Liitä kustannusarvio <erittely>.\nJa kumppanien sitoumukset."
    story["preparer"]("POST", story["path"] + ":request-supplement", {"words": words, "dueOn": day(10)})
    mail = mail_saying(story["suite"], LEAD, "Täydennä hakemustasi: Hanke applicant", "<erittely>")
    assert "&lt;erittely&gt;" in mail.get_body(preferencelist=("html",)).get_content()
    assert [a.get_content_type() for a in mail.iter_attachments()] == ["application/pdf"]
    wait_for("its day is reminded of", lambda: [r["dueAt"][:10] for r in reminders("supplement_due")] == [day(8)])
    make_due(25)
    mail_saying(story["suite"], LEAD, "Muistutus: täydennä hakemustasi")
    story["applicant"]("POST", story["path"] + ":answer-supplement", {})
    mail_saying(story["suite"], LEAD, "Täydennys on vastaanotettu: Hanke applicant")
    assert reminders("supplement_due") == []


def assess(path, version, cents):
    grant = {"state": "ASSESSMENT_GRANT", "cents": str(cents), "partnerCents": [str(c) for c in SHARES], "lineCents": [str(cents)], "purpose": "Koulutukseen",
             "useFrom": day(30), "useUntil": day(300), "instalments": [{"dueOn": day(31 + 60 * n), "cents": str(cents // 2)} for n in (0, 1)]}
    reject = {"state": "ASSESSMENT_REJECT", "reasons": [2]}
    written = story["preparer"]("PUT", path + "/assessment", {"assessment": grant if cents else reject}, if_match=version)
    assert not [f for f in written["findings"] if not f["warning"]], written["findings"]


def decision_mails(address, count):
    """Mails about decisions to this address, once there are so many; no more come later, says the last case."""
    def look():
        found = [m for m in story["suite"].mails_to(address) if m["X-Hakuvayla-Kind"] == "grant_decision"]
        return found if len(found) >= count else None
    return wait_for(f"{count} decisions to {address}", look)


def pdf_of(mail):
    [file] = mail.iter_attachments()
    assert file.get_content_type() == "application/pdf", file
    return hashlib.sha256(file.get_content()).hexdigest()


def decided():
    suite = story["suite"]
    rejected = begin("other", story["call"], "Toinen hanke", "otto@example.fi", PARTNERS[:1], (100_000,))
    story["other"]("POST", f"/api/applications/{rejected['id']}:submit", {}, if_match=rejected["version"])
    suite.sql("update funding.call set closes_at = now() - interval '10 minutes' where code = 'kirjeet'")
    wait_for("the call is closed", lambda: story["preparer"]("GET", story["callPath"])["phase"] == "PHASE_CLOSED")
    mail_saying(suite, "iida@example.fi", "Hakemusluonnos on rauennut: Hanke idle")
    assess(story["path"], 1, GRANT)
    assess(f"/api/applications/{rejected['id']}", 1, 0)
    all_sent()
    assert story["presenter"]("POST", story["callPath"] + ":present-decisions", {})["presented"] == 2
    before = len(suite.mails())
    os.kill(suite.pids()["hv-notification"], signal.SIGSTOP)
    sent = story["decider"]("POST", story["callPath"] + ":send-decisions", {})
    assert sent["sent"] == 2 and sent["granted"] == 1, sent
    assert len(suite.mails()) == before  # nobody is there to send one
    os.kill(suite.pids()["hv-notification"], signal.SIGKILL)  # and it dies: `hv up` starts another
    story["decisions"] = {d["title"]: d for d in story["preparer"].pages(story["callPath"] + "/decisions", "decisions")}
    granted = story["preparer"]("GET", f"/api/decisions/{story['decisions']['Hanke applicant']['id']}")
    digest = base64.b64decode(granted["sha256"]).hex()
    [lead], [sven], [tess] = decision_mails(LEAD, 1), decision_mails(SVEN, 1), decision_mails(TESS, 1)
    assert [m["Content-Language"] for m in (lead, sven, tess)] == ["fi", "sv", "en"]
    assert {pdf_of(m) for m in (lead, sven, tess)} == {digest}, digest
    assert "Siitä organisaatiosi osuus: 50 000,00 €" in said(lead), said(lead)
    assert "kieltäydy siitä viimeistään" in said(lead) and "avstå" not in said(sven), said(sven)
    assert "andel av det: 35 000,00 €" in said(sven), said(sven)  # of both he stands for
    assert "share: €15,000.00" in said(tess), said(tess)
    no = mail_saying(suite, "otto@example.fi", "Avustuspäätös: Toinen hanke", "avustusta ei ole myönnetty")
    assert "Myönnetty avustus" not in said(no) and "kieltäydy" not in said(no), said(no)


def listed():
    """What became of a decision's letters, as its officials ask on the command line."""
    suite = story["suite"]
    token = suite.folder / "preparer-token"
    token.write_text(story["preparer"].token)
    event = story["preparer"]("GET", f"/api/decisions/{story['decisions']['Hanke applicant']['id']}")["eventId"]
    all_sent()
    status, words = suite.command("letters", "--event", event, "--token-file", token, token=False)
    assert status == 0 and words.count("SENT        grant_decision") == 3 and words.endswith("3 letters\n"), words
    status, words = suite.command("letters", "--state", "failed")
    assert status == 0 and words == "0 letters\n", words
    status, words = suite.command("letters", "--state", "sent", "--most", "2")
    assert status == 0 and words.endswith("2 letters, and there are more: ask with --most\n"), words
    assert suite.command("letters")[0] == 2 and suite.command("letters", "--state", "nonsense")[0] == 1
    status, words = suite.command("letters", "--state", "sent", "--token-file", token, token=False)
    assert status == 1, words  # of others an official is told nothing


def corrected():
    assert [r["dueAt"][:10] for r in wait_for("the answer is reminded of", lambda: reminders("answer_due"))] != []
    story["applicant"]("POST", story["award"] + ":answer", {"answer": "GRANT_ACCEPT"})
    mail_saying(story["suite"], LEAD, "Avustus on hyväksytty: Hanke applicant", "Olet hyväksynyt")
    wait_for("an answer that was given is not reminded of", lambda: reminders("answer_due") == [])
    old = story["decisions"]["Hanke applicant"]
    less = [c - 100_000 for c in SHARES]
    award = story["preparer"]("GET", story["award"])
    plan = [{"dueOn": i["dueOn"], "cents": str(int(i["cents"]) - 400_000 * n)} for n, i in enumerate(award["instalments"])]
    made = story["decider"]("POST", f"{story['path']}/decisions/{old['id']}:correct",
                            {"reason": "Laskuvirhe.", "granted": True, "cents": str(sum(less)),
                             "partnerCents": [str(c) for c in less], "lineCents": [str(sum(less))], "purpose": "Koulutukseen", "useFrom": day(30),
                             "useUntil": day(300), "reasons": "Laskuvirhe on korjattu.", "instalments": plan})
    digest = base64.b64decode(made["sha256"]).hex()
    for address, word, words in ((LEAD, "Korjattu avustuspäätös", "96 000,00 €"), (SVEN, "Rättat understödsbeslut", "33 000,00 €"),
                                 (TESS, "Corrected grant decision", "€14,000.00")):
        mail = decision_mails(address, 2)[-1]
        assert word in mail["Subject"] and words in said(mail) and pdf_of(mail) == digest, said(mail)
        assert "kieltäydy" not in said(mail) and "avstå" not in said(mail) and "refuse" not in said(mail), said(mail)  # it was accepted
    story["grant"] = sum(less)


def paid():
    award = story["preparer"]("GET", story["award"])
    first = next(i for i in award["instalments"] if i["state"] == "INSTALMENT_PLANNED")  # the correction has planned anew
    move = f"{story['award']}/instalments/{first['id']}:move"
    for state, more in (("ORDERED", {}), ("SENT", {}), ("CAME_BACK", {}), ("ORDERED", {}), ("SENT", {}), ("PAID", {"reference": "RF18", "paidOn": day(0)})):
        story["second" if state == "SENT" else "preparer"]("POST", move, {"state": f"INSTALMENT_{state}", **more})  # who ordered does not send
    mail_saying(story["suite"], LEAD, "Avustuksen maksu palautui", "50 000,00 €")
    mail_saying(story["suite"], LEAD, "Avustusta on maksettu: Hanke applicant")
    mail_saying(story["suite"], LEAD, "Tilinumeron loppu: 0785")
    mail_saying(story["suite"], LEAD, "Viite: RF18")


def amended():
    wait_for("the report is reminded of twice", lambda: sorted(r["dueAt"][:10] for r in reminders("report_due")) == [day(470), day(493)])
    parts = [{"kind": "CHANGE_PERIOD", "asked": {"useUntil": day(330)}}, {"kind": "CHANGE_CONTENT", "asked": {"words": "Verkossa."}}]
    asked = story["applicant"]("POST", story["path"] + "/amendments", {"reasons": "Aikataulu", "parts": parts})
    outcome = [{"kind": "CHANGE_PERIOD", "outcome": "OUTCOME_ACCEPTED"},
               {"kind": "CHANGE_CONTENT", "outcome": "OUTCOME_REJECTED", "reason": "Lähikoulutus oli peruste."}]
    story["decider"]("POST", f"/api/amendments/{asked['id']}:decide", {"parts": outcome})
    mail = mail_saying(story["suite"], LEAD, "Muutoshakemus on ratkaistu", "- Käyttöaika: hyväksytty", "- Sisältö: hylätty. Perustelu: Lähikoulutus oli")
    assert "Käyttöaika päättyy nyt:" in said(mail) and "vaatia siihen oikaisua" in said(mail), said(mail)
    wait_for("and thirty days later by then", lambda: sorted(r["dueAt"][:10] for r in reminders("report_due")) == [day(500), day(523)])


def late():
    suite = story["suite"]
    suite.sql(f"update funding.obligation set due_on = '{day(-20)}' where kind = 3 and award_id = '{story['a']['id']}'")
    mail = mail_saying(suite, LEAD, "Loppuselvitys on myöhässä: Hanke applicant")
    assert "Lisätietoja" in said(mail) and "avustukset@example.fi" in said(mail), said(mail)
    content = {"results": "Tehtiin.", "useOfMoney": "Palkkoihin.", "lines": [{"n": 1, "cents": "4000000"}],
               "parts": [{"title": "Koulutus", "scopeTenths": 50, "credits": True, "participants": 20}]}
    body = {"kind": "REPORT_FINAL", "content": content, "submit": True}
    report = story["applicant"]("PUT", story["path"] + "/reports", body)
    mail_saying(suite, LEAD, "Loppuselvitys on vastaanotettu: Hanke applicant", "40 000,00 €")
    wait_for("one that came in is not reminded of", lambda: reminders("report_due") == [])
    review = f"/api/reports/{report['id']}:review"
    story["preparer"]("POST", review, {"step": "REVIEW_RETURN", "words": "Kerro myös osallistujista.", "dueOn": day(14)})
    mail_saying(suite, LEAD, "Loppuselvitys kaipaa täydennystä: Hanke applicant", "Kerro myös osallistujista.", "Täydennä viimeistään")
    wait_for("a returned one is reminded of again", lambda: [r["dueAt"][:10] for r in reminders("report_due")] == [day(7)])
    story["applicant"]("PUT", story["path"] + "/reports", body)
    story["preparer"]("POST", review, {"step": "REVIEW_VERIFY"})
    story["second"]("POST", review, {"step": "REVIEW_ACCEPT"})
    mail_saying(suite, LEAD, "Loppuselvitys on hyväksytty: Hanke applicant")


def recovered():
    suite = story["suite"]
    award = story["preparer"]("GET", story["award"])
    [unused] = award["recoveries"]
    put = f"{story['award']}/recoveries"
    assert unused["cents"] == str(GRANT // 2 - 4_000_000), unused
    story["decider"]("PUT", f"{put}/{unused['id']}", {"state": "RECOVERY_ORDERED", "dueOn": day(30)})
    mail = mail_saying(suite, LEAD, "Avustusta on palautettava: Hanke applicant", "10 000,00 €", "Käyttämättä jäänyt osa avustuksesta")
    assert "Maksa viimeistään" in said(mail) and "Lisätietoja: Esimerkkiviraston avustukset" in said(mail), said(mail)
    assert "vaatia siihen oikaisua" in said(mail) and "{" not in said(mail), said(mail)  # an order can be reviewed
    wait_for("a repayment is reminded of", lambda: [r["dueAt"][:10] for r in reminders("repayment_due")] == [day(23)])
    make_due(36)
    mail_saying(suite, LEAD, "Muistutus: palauta avustus")
    # A small one is proposed, and left: the words are those of who left it.
    small = {"state": "RECOVERY_PROPOSED", "kind": "RECOVERY_DISCRETIONARY", "cents": "5000", "reasons": "Matkakulu ei kuulu hankkeeseen.", "dueOn": day(30)}
    known = {r["id"] for r in story["preparer"]("GET", story["award"])["recoveries"]}
    proposed = [r for r in story["preparer"]("POST", put, small)["recoveries"] if r["id"] not in known][0]
    story["decider"]("PUT", f"{put}/{proposed['id']}", {"state": "RECOVERY_WAIVED", "reasons": "Määrä on vähäinen."})
    mail = mail_saying(suite, LEAD, "Palautusta ei peritä: Hanke applicant", "50,00 €")
    assert "Perustelut: Määrä on vähäinen." in said(mail) and "Matkakulu" not in said(mail), said(mail)
    story["preparer"]("PUT", f"{put}/{unused['id']}", {"state": "RECOVERY_PAID", "paidOn": day(0)})
    mail = mail_saying(suite, LEAD, "Palautus on saatu: Hanke applicant", "10 000,00 €")
    assert "oikaisua" not in said(mail) and "Perustelut" not in said(mail) and "Maksa viimeistään" not in said(mail), said(mail)
    wait_for("one that was paid is not reminded of", lambda: reminders("repayment_due") == [])


def called_off():
    call = make_call("perutaan")
    draft = begin("applicant", call, "Perutun haun luonnos", LEAD)
    came = begin("other", call, "Perutun haun hakemus", "otto@example.fi", PARTNERS[:1], (100_000,))
    story["other"]("POST", f"/api/applications/{came['id']}:submit", {}, if_match=came["version"])
    wait_for("its draft is reminded of", lambda: len(reminders("draft_closes")) == 1)
    story["decider"]("POST", f"/api/calls/{call['id']}:call-off", {"reason": "Määräraha peruttiin."})
    wait_for("a call that is off is not reminded of", lambda: reminders("draft_closes") == [])
    seen = lambda: story["applicant"]("GET", f"/api/applications/{draft['id']}")
    wait_for("its draft has lapsed", lambda: seen()["state"] == "APPLICATION_LAPSED")  # a version of its own
    refused(story["applicant"], "POST", f"/api/applications/{draft['id']}:submit", {}, if_match=seen()["version"])
    for address, title in ((LEAD, "Perutun haun luonnos"), ("otto@example.fi", "Perutun haun hakemus")):
        mail = mail_saying(story["suite"], address, f"Avustushaku on peruttu: {title}", "Syy: Määräraha peruttiin.")
        assert "Haku on päättynyt" not in said(mail), said(mail)


def all_sent():
    wait_for("nothing is on its way", lambda: story["suite"].sql("select count(*) from notification.message where state in (1, 2, 5)") == ["0"])


def census():
    """How often each address was told what."""
    return collections.Counter((str(m["To"]).split("<")[-1].strip(">"), m["X-Hakuvayla-Kind"], m["Subject"]) for m in story["suite"].mails())


def heard_again():
    suite = story["suite"]
    all_sent()
    remembered = "select id, state, due_at, times from notification.reminder where state = 1 order by id"
    before, rows, waiting = census(), suite.sql("select count(*) from notification.message"), suite.sql(remembered)
    assert [key for key, times in before.items() if times > 1] == [(LEAD, "report_reviewed", "Loppuselvitys on vastaanotettu: Hanke applicant")], before
    assert max(collections.Counter(m["Message-ID"] for m in suite.mails()).values()) == 1
    streams = suite.admin("GET", "/api/events/funding/streams")["streams"]
    for stream in streams:
        if int(stream["headSeq"]) > 0:
            status, words = suite.command("replay", "notification", "--stream", stream["stream"])
            assert status == 0, words
    behind = ("select count(*) from funding.event_stream s left join notification.event_cursor c on c.source_stream = s.stream "
              "where s.head_seq > coalesce(c.last_seq, 0)")
    wait_for("all is heard again", lambda: suite.sql(behind) == ["0"])
    assert suite.sql("select count(*) from notification.message") == rows
    assert suite.sql("select count(*) from notification.event_dead") == ["0"], suite.sql("select type, error from notification.event_dead")
    assert suite.sql(remembered) == waiting
    assert census() == before


CASES = [
    ("a call and its people", set_up),
    ("a draft is reminded of the day before its call closes, wherever that moves, until it is withdrawn", drafts),
    ("an application that came in has its receipt, and no reminder", submitted),
    ("a supplement is asked for in the official's words, reminded of and received", supplemented),
    ("decisions reach lead and partners with the very document, though hv-notification was down", decided),
    ("officials see what became of its letters, by `hv letters` too", listed),
    ("a correction says so, and asks nothing that was answered", corrected),
    ("a payment that came back, and that was made", paid),
    ("an amendment says what became of each part, and moves the report's reminders", amended),
    ("a late report, returned once and accepted", late),
    ("money that comes back, and money that need not", recovered),
    ("a call that is off reminds nobody, and tells all who applied", called_off),
    ("everything heard again tells nobody anything", heard_again),
]
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
