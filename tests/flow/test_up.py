#!/usr/bin/python3
"""`hv up` itself: the demonstration holds, a second start keeps the data, one folder belongs to one of them, a taken port
is named, a dead program comes back, and nothing outlives the supervisor. test_up.py BUILD-FOLDER
"""
import base64
import collections
import csv
import decimal
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from suite import SOURCE, Refused, Suite, run, wait_for

suite = Suite(sys.argv[1])
story = {}


def up(*options, seconds=300):
    done = subprocess.run([suite.hv, "up", *options, "--port", str(suite.port), "--dir", suite.dir], capture_output=True, text=True, timeout=seconds)
    return done.returncode, done.stdout + done.stderr


def demonstration():
    status, output = up("--once")
    print("\n".join("# " + line for line in output.splitlines()))
    assert status == 0, output
    assert "FAILED" not in output and output.count("  ok ") >= 44, output
    story["report"] = output


def sheet_rows(path):
    """Rows of a workbook as a spreadsheet program has them, its numbers as they are and not as they are shown."""
    out = path.with_suffix(".raw.csv")
    subprocess.run(["ssconvert", "-O", "format=raw", "-T", "Gnumeric_stf:stf_assistant", path, out], check=True, capture_output=True)
    with out.open(newline="") as file:
        return list(csv.DictReader(file))


def cents(text):
    return int((decimal.Decimal(text.replace(",", ".").replace(" ", "")) * 100).to_integral_exact())


def to_the_cent():
    """15.3 million euros once more, from the two lists alone: granted aid as the public gets it, decisions as officials do."""
    call = json.loads((SOURCE / "deploy" / "oikeus-osata.json").read_text())
    allocations = {theme["title"]["fi"]: int(theme["allocationCents"]) for group in call["groups"] for theme in group["themes"]}
    assert len(allocations) == 8 and sum(allocations.values()) == 1_530_000_000, allocations
    with (suite.dir / "demo" / "grants.csv").open(encoding="utf-8-sig", newline="") as file:
        parts = list(csv.DictReader(file, delimiter=";"))
    rows = sheet_rows(suite.dir / "demo" / "decisions.xlsx")
    decisions = [row for row in rows if not row["Diaarinumero"].startswith("Yhteensä")]
    sums = [row for row in rows if row["Diaarinumero"].startswith("Yhteensä")]
    assert len(decisions) == 31 and sums[-1]["Diaarinumero"] == "Yhteensä (31)", sums

    granted, by_theme, by_decision = 0, collections.Counter(), collections.Counter()
    for part in parts:
        amount = cents(part["Myönnetty, €"])
        assert amount > 0 and part["Saajan Y-tunnus"] and part["Saaja"], part
        granted += amount
        by_theme[part["Teema"]] += amount
        by_decision[part["Diaarinumero"]] += amount
    assert all(0 < amount <= allocations[theme] for theme, amount in by_theme.items()), by_theme
    for row in decisions:  # the providers' parts of each grant are that grant, and nothing is told of a rejection
        assert cents(row["Päätetty, €"]) == cents(row["Voimassa, €"]) == by_decision.pop(row["Diaarinumero"], 0), row
        assert (row["Tila"] == "Hylätty") == (cents(row["Päätetty, €"]) == 0), row
    assert not by_decision, by_decision
    for row in sums:
        of = [d for d in decisions if row["Teema"] in ("", d["Teema"]) and row["Tila"] in ("", d["Tila"])]
        assert [cents(row[c]) for c in ("Haettu, €", "Päätetty, €", "Voimassa, €")] == \
               [sum(cents(d[c]) for d in of) for c in ("Haettu, €", "Päätetty, €", "Voimassa, €")], row
    assert len([row for row in sums if row["Teema"]]) == 8 and cents(sums[-1]["Päätetty, €"]) == granted, sums

    # And the report says the same, a row for each theme: allocation, applied for, granted, left.
    table = [[cents(cell) for cell in line.groups()] for line in
             re.finditer(r"^ +([\d ]+\.\d\d) +([\d ]+\.\d\d) +([\d ]+\.\d\d) +([\d ]+\.\d\d)   \S.*$", story["report"], re.MULTILINE)]
    assert [row[0] for row in table] == [*allocations.values(), 1_530_000_000], table
    assert [row[2] for row in table] == [*(by_theme[theme] for theme in allocations), granted], table
    assert all(row[2] + row[3] == row[0] for row in table), table
    print(f"# {granted} cents granted and {1_530_000_000 - granted} left are 1530000000")


def again():
    before = sorted(p.name for p in (suite.dir / "mail").iterdir())
    began = time.monotonic()
    status, output = up("--once")
    took = time.monotonic() - began
    assert status == 0 and "is kept" in output and "FAILED" not in output, output
    assert before == sorted(p.name for p in (suite.dir / "mail").iterdir()), "a second start sent mail"
    print(f"# a second start took {took:.1f} s")


def serve():
    suite.options = ("--serve",)
    suite.start()


def small_training():
    """Another training of two seats and two waiting places, without rules."""
    training = json.loads((SOURCE / "deploy" / "vepo.json").read_text())
    training = training.get("programme", training)
    one = next(i for i in training["implementations"] if not i.get("rules"))
    one.update(capacity=2, waitingCap=2)
    training.update(implementations=[one], cap=2, code="flow-other", rules=[])
    training.pop("id", None)
    path = suite.folder / "other.json"
    path.write_text(json.dumps(training))
    return path


def bounce(mail, recipient):
    """A delivery status notification in short: the address is not there."""
    return (f"From: MAILER-DAEMON@mx.example.fi\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
            f"--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            f"Reporting-MTA: dns; mx.example.fi\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
            f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {mail['Message-ID']}\r\n\r\n--b--\r\n").encode()


def tested(kind):
    """Whether a test of this kind of mail was taken: one's own address is known once the event about it has arrived."""
    try:
        suite.admin("POST", f"/api/templates/{kind}/fi:test", {})
    except Refused as refusal:
        assert "no-address" in str(refusal), refusal
        return False
    return True


def used_mail(people):
    """What operators and people do with mail: tests, a bounce and its retry, notices at once and for tomorrow, topics turned off or daily."""
    admin = suite.admin
    admin("PUT", "/api/me", {"name": "Esimerkki Ylläpito", "email": "flow-admin@example.fi", "language": "fi"})
    for kind in ("confirmation", "window_opened"):
        wait_for("a test is taken", lambda kind=kind: tested(kind))
    client, person = people["flow-used-4"]
    notice = {"kind": "notice", "recipientId": [person["id"]], "facts": [{"name": "subject", "value": "Aula"}, {"name": "body", "value": "Ovi."}]}
    first = admin("POST", "/api/messages", notice)["messageId"][0]
    mail = wait_for("the notice is there", lambda: [m for m in suite.mails_to(person["email"]) if first in str(m["Message-ID"])])[0]
    admin("POST", "/api/bounces", {"content": base64.b64encode(bounce(mail, person["email"])).decode()})
    admin("POST", "/api/suppressions:remove", {"address": person["email"], "reason": "works again"})
    assert admin("GET", f"/api/messages/{first}")["state"] == "MESSAGE_BOUNCED"
    admin("POST", f"/api/messages/{first}:retry", {"reason": "works again"})
    wait_for("it is there twice", lambda: len([m for m in suite.mails_to(person["email"]) if first in str(m["Message-ID"])]) == 2)
    wait_for("both are counted", lambda: admin("GET", f"/api/messages/{first}")["sends"] == 2)
    for setting in ("MAIL_OFF", "MAIL_DAILY"):
        client("PUT", "/api/me/preferences/TOPIC_ANNOUNCEMENTS", {"mail": setting})
        admin("POST", "/api/messages", notice)
        wait_for(f"it is left, {setting}", lambda: int(admin("GET", "/api/messages:summary")["queued"]) <= 1)
    tomorrow = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 86400))
    admin("POST", "/api/messages", dict(notice, notBeforeAt=tomorrow))


def demo_accounts():
    """Whoever looks around has somewhere to apply, and two preparers for what takes two."""
    kept = json.loads((suite.dir / "demo" / "demo.json").read_text())
    applicant, preparer = suite.client(), suite.client()
    applicant.sign_in("demo-applicant", kept["grantPassword"])
    preparer.sign_in("demo-preparer-2", kept["grantPassword"])
    call = preparer("GET", f"/api/calls/{kept['openCallId']}")
    assert call["phase"] == "PHASE_OPEN" and call["content"]["authorityKind"] == "AUTHORITY_MUNICIPAL", call
    closes = time.mktime(time.strptime(call["content"]["closesAt"][:10], "%Y-%m-%d"))
    assert closes > time.time() + 360 * 86400, call
    for each in (kept["openCallId"], kept["grantCallId"]):
        officials = preparer("GET", f"/api/calls/{each}")["officials"]
        assert sum(o["role"] == "OFFICIAL_PREPARER" for o in officials) == 2, officials
    draft = applicant("POST", f"/api/calls/{call['id']}/applications", {"content": {"title": "Kokeilu", "language": "fi"}})
    assert draft["state"] == "APPLICATION_DRAFT", draft
    applicant("POST", f"/api/applications/{draft['id']}:withdraw", {"reason": "kokeilu"})
    assert f"/api/calls/{call['id']}" in story["report"] and "demo-preparer (-2)" in story["report"]


def demo_case():
    """What the demonstration left of the municipal case is there for everybody: the item, its extract, the feeds; and its people can sign in."""
    kept = json.loads((suite.dir / "demo" / "demo.json").read_text())
    anybody, secretary = suite.client(), suite.client()
    item = anybody("GET", f"/api/items/{kept['caseItemId']}")
    year = item["startsAt"][:4]
    assert item["section"] == 29 and item["cents"] == "316300" and item["registerNumber"].startswith("18/00.01.05/"), item
    _, pdf = anybody.file(f"/api/items/{item['id']}/extract")
    assert pdf == (suite.dir / "demo" / "kannus.pdf").read_bytes() and pdf.startswith(b"%PDF-")
    assert item["id"].encode() in (suite.dir / "demo" / "kannus.atom").read_bytes()
    session = secretary.sign_in("demo-secretary", kept["municipalPassword"])
    assert session["roles"] == ["secretary"], session
    case = secretary("GET", f"/api/cases/{kept['caseId']}")
    states = [s["state"] for s in case["statements"]]
    assert sorted(states) == ["STATEMENT_GIVEN", "STATEMENT_REFERRED"] and len(case["impacts"]) == 4 and len(case["preparers"]) == 3, case
    assert "3 163.00 of 401 052.00" in story["report"] and f"case 18/00.01.05/{year}" in story["report"] and "demo-secretary" in story["report"]
    project = anybody("GET", f"/api/projects/{kept['caseProjectId']}")
    assert project["totalCents"] == "40105200" and project["openCents"] == "3694220" and not project["covered"], project


def used():
    """What people do with a suite: another training, its followers and enrolments, and changes in VEPO itself."""
    serve()
    demo_accounts()
    demo_case()
    people = suite.people([f"flow-used-{n}" for n in range(5)])
    clients = [client for client, _ in people.values()]
    accounts = suite.admin("POST", "/api/accounts", {"accounts": [{"userName": "flow-homeless", "roles": ["participant"]}], "withTokens": True})
    status, output = suite.command("import", small_training(), "--shift-to", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 2 * 86400)))
    assert status == 0, output
    programmes = {p["code"]: p["id"] for p in suite.admin("GET", "/api/programmes")["programmes"]}
    other = suite.programme(programmes["flow-other"])
    # One follower has no address yet: that mail waits.
    for client in (clients[0], suite.client(accounts["accounts"][0]["token"])):
        client("PUT", f"/api/programmes/{other['id']}/follow", {})
    suite.open_window(other["id"])
    wait_for("the follower is told", lambda: suite.mails_to("flow-used-0@example.fi"))
    enrol = f"/api/programmes/{other['id']}/registrations"
    made = [client("POST", enrol, {"implementationId": other["implementations"][0]["id"]}) for client in clients[:4]]
    assert [m["state"] for m in made] == ["STATE_SEATED"] * 2 + ["STATE_QUEUED"] * 2, made
    status, _, problem = clients[4].exchange("POST", enrol, {"implementationId": other["implementations"][0]["id"]})
    assert status == 409, problem
    clients[0]("POST", f"/api/registrations/{made[0]['id']}:cancel", {})

    used_mail(people)
    # VEPO: a seat goes back (somebody is promoted), somebody new waits, one is refused.
    vepo = suite.programme(programmes["vepo"])
    full = next(i for i in vepo["implementations"] if i["waiting"] and not i.get("rules"))
    path = f"/api/programmes/{vepo['id']}/registrations"
    held = next(r for r in suite.admin.pages(f"{path}?implementationId={full['id']}", "registrations") if r["state"] == "STATE_SEATED")
    suite.admin("POST", f"/api/registrations/{held['id']}:cancel", {"reason": "moved away"})
    new = clients[4]("POST", path, {"implementationId": full["id"]})
    assert new["state"] == "STATE_QUEUED", new
    status, _, problem = clients[4].exchange("POST", path, {"implementationId": vepo["implementations"][0]["id"]})
    assert status == 409, problem
    # Room under the cap while somebody waits in an implementation that is full: right, and to be reported as right.
    vepo = suite.programme(vepo["id"])
    suite.admin("PUT", f"/api/programmes/{vepo['id']}/cap", {"cap": vepo["cap"] + 200, "reason": "more money"}, if_match=vepo["version"])
    assert suite.programme(vepo["id"])["waiting"] > 0
    # Three are forgotten: one with a seat, one who followed VEPO, the one of the receipt. Their chains say cancelled, and no mail does.
    kept = json.loads((suite.dir / "demo" / "demo.json").read_text())
    receipt = suite.admin("GET", f"/api/registrations/{kept['outcome']['receiptOf']}/receipt")
    for person in (made[1]["personId"], kept["followers"][0], receipt["registration"]["personId"]):
        suite.admin("POST", f"/api/persons/{person}:erase", {"reason": "asked for"})
    assert suite.stop() == 0, "".join(suite.lines)

    status, output = up("--once")
    assert status == 0 and "FAILED" not in output and "all 3 programmes" in output, output
    assert "others wait until their people give an address" in output and "others wait for their time" in output, output
    assert "(test) 2" in output and "others are withheld, gathered for a digest or called off" in output, output
    assert len(re.findall(r"ok +everybody .* was told: (\d+) mails for \1$", output, re.M)) == 4, output
    assert "3 people were forgotten" in output and "then, at the opening: " in output, output


def lost_mail():
    """A mail to somebody who is not forgotten is missed, however many are."""
    serve()
    suite.sql("with lost as (select max(number) as number from notification.message where kind = 4 and subject is not null), "
              "tried as (delete from notification.attempt a using lost where a.message = lost.number) "
              "delete from notification.message m using lost where m.number = lost.number")
    assert suite.stop() == 0, "".join(suite.lines)
    status, output = up("--once")
    mails, moves = map(int, re.search(r"FAILED +everybody who cancelled was told: (\d+) mails for (\d+)$", output, re.M).groups())
    assert status == 1 and mails == moves - 1 and "people were forgotten" in output, output


def one_at_a_time():
    serve()
    status, output = up("--once")
    assert status == 1 and f"process {suite.process.pid}" in output, (status, output)


def comes_back():
    gateway = suite.pids()["hv-gateway"]
    os.kill(gateway, signal.SIGKILL)
    wait_for("the gateway runs again", lambda: suite.pids().get("hv-gateway") not in (None, gateway))

    def ready():
        try:
            return suite.client().exchange("GET", "/health/ready")[0] == 200
        except OSError:
            return False
    wait_for("it is ready again", ready)
    wait_for("it was said", lambda: any("hv-gateway was ended by signal 9" in line for line in list(suite.lines)))


def nothing_outlives():
    children = suite.pids()
    assert len(children) >= 5, children
    suite.process.kill()
    suite.process.wait()
    wait_for(f"all of {children} have ended", lambda: not any(Path(f"/proc/{pid}").exists() for pid in children.values()))


def taken_port():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", suite.port + 2))
        other.listen()
        status, output = up("--once")
    assert status == 1 and f"port {suite.port + 2} " in output and "enrolment's requests" in output, (status, output)


def broken_key():
    """Said at once and in the program's own words, not after a minute."""
    key = suite.dir / "keys" / "bus"
    kept = key.read_text()
    key.write_text("zz\n")
    try:
        for options in (("--once",), ()):
            status, output = up(*options)
            assert "are not ready after" not in output and "ended with status 1" in output, output
            assert status == 1 and "giving up, for hv-" in output and "no-bus-key" in output and "log/hv-" in output, output
    finally:
        key.write_text(kept)


def checkout(name):
    """A folder whose deploy/up finds everything installed and built."""
    root = suite.folder / name
    (root / "build" / "release").mkdir(parents=True)
    shutil.copytree(SOURCE / "deploy", root / "deploy")
    (root / "deploy" / "packages.sh").write_text("#!/bin/sh\n")
    (root / "build" / "release" / "bin").symlink_to(suite.hv.parent)
    (root / "build" / "release" / "build.ninja").write_text("rule none\n  command = true\nbuild all: phony\ndefault all\n")
    return root


def folder_of_ones_own():
    """--dir is meant from where one stands, also through deploy/up, and is made with what lies above it; not when a port is taken."""
    checkout("checkout")
    stand = suite.folder / "stand"
    stand.mkdir()
    start = ["../checkout/deploy/up", "--serve", "--port", str(suite.port), "--dir", "a/b c"]
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", suite.port))
        other.listen()
        done = subprocess.run(start, cwd=stand, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1 and f"port {suite.port} " in done.stderr and not any(stand.iterdir()), (done, list(stand.rglob("*")))
    with subprocess.Popen(start, cwd=stand, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        try:
            wait_for("the folder is made", lambda: (stand / "a" / "b c" / "keys" / "data").exists())
        finally:
            running.send_signal(signal.SIGTERM)
            running.communicate(timeout=120)


def overridden():
    """A setting that up decides alone is named; one that counts is not."""
    set_ones = dict(os.environ, HV_SMTP="smtp://relay.example.org", HV_NOTIFICATION_RPC="tcp://127.0.0.1:1", HV_HTTP_IDLE_S="9", HV_TOKEN="x",
                    HV_WEBHOOK_PRIVATE="1")
    with subprocess.Popen([suite.hv, "up", "--serve", "--port", str(suite.port), "--dir", suite.folder / "overridden"], env=set_ones,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        try:
            wait_for("the programs start", lambda: any((suite.folder / "overridden" / "log").glob("postgres.log")))
        finally:
            running.send_signal(signal.SIGTERM)
            said = running.communicate(timeout=120)[0]
    assert set(re.findall(r"(\w+) of your environment is not used", said)) == {"HV_SMTP", "HV_NOTIFICATION_RPC"}, said


def helps():
    for script in ("deploy/up", "tests/run"):
        done = subprocess.run([SOURCE / script, "--help"], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0 and "set -eu" not in done.stdout and script in done.stdout, done
        assert not done.stdout.startswith("#!") and len(done.stdout.splitlines()) > 8, done
    options = subprocess.run([suite.hv, "up", "--help"], capture_output=True, text=True, timeout=120).stdout
    shown = subprocess.run([SOURCE / "deploy" / "up", "--help"], capture_output=True, text=True, timeout=120).stdout
    for option in set(re.findall(r"--[a-z]+", options)):
        assert option in shown, (option, shown)


def wrong_words():
    for options in (["--port"], ["--dir"]):
        done = subprocess.run([suite.hv, "up", *options], capture_output=True, text=True, timeout=120)
        assert done.returncode == 2 and f"after {options[0]} a " in done.stderr and "missing" in done.stderr, (options, done)
    for options in (["--sideways"], ["--port", "7"], ["--port"]):
        done = subprocess.run([suite.hv, "up", *options], capture_output=True, text=True, timeout=120)
        assert done.returncode == 2 and done.stderr, (options, done)
    done = subprocess.run([suite.hv, "up", "--help"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "--once" in done.stdout
    for program in ([suite.hv, "up"], [SOURCE / "deploy" / "up"]):
        done = subprocess.run([*program, "--once", "--serve"], capture_output=True, text=True, timeout=120)
        assert done.returncode == 2 and "exclude each other" in done.stderr, done


def typed():
    """The help that is named is that of the command one typed."""
    root = checkout("typed")
    for words in (["--sideways"], ["--port", "7"], ["--port"], ["--once", "--serve"]):
        for start, name in ((["./deploy/up"], "./deploy/up"), ([suite.hv, "up"], "hv up")):
            done = subprocess.run([*start, *words], cwd=root, capture_output=True, text=True, timeout=120)
            assert done.returncode == 2 and done.stderr.startswith(f"{name}: ") and f"ee {name} --help" in done.stderr, (words, done)


CASES = [
    ("the demonstration holds every check, from nothing", demonstration),
    ("the lists of the grant call add up to the cent, and to what the report says", to_the_cent),
    ("a second start enrols nobody again and reports on what is kept", again),
    ("the report stays true after another training, enrolments, cancellations and a promotion", used),
    ("a lost mail fails the report although people were forgotten", lost_mail),
    ("a second one in the same folder is refused with the pid of the first", one_at_a_time),
    ("a killed program is started again", comes_back),
    ("nothing outlives a supervisor that is killed", nothing_outlives),
    ("a port that is taken is named with what it is for", taken_port),
    ("a program that cannot start is given up within seconds, with its reason", broken_key),
    ("--dir is meant from where one stands, and its parents are made, unless a port is taken", folder_of_ones_own),
    ("a setting that up decides alone is named when somebody sets it", overridden),
    ("--help shows the help and nothing else", helps),
    ("a wrong option is a usage error", wrong_words),
    ("a usage error names the command that was typed", typed),
]
try:
    result = run(CASES)
    if result:
        print(suite.logs(15))
finally:
    suite.__exit__()
sys.exit(result)
