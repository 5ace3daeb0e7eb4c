"""The whole suite for a black-box test: `hv up --serve` in a folder and on ports of its own, a client for its HTTP interface, and the
mailbox. Python's standard library only, so what a test sees is what any client sees. Waits are generous: they are there for what never
comes, on a machine that may be slow and busy; how fast things are is measured in tests/bench.
"""
import contextlib
import email
import email.policy
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import uuid
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
PORTS = 12


def free_base():
    """The first of PORTS ports in a row that nobody listens on."""
    for _ in range(200):
        base = random.randrange(21000, 29000, 20)
        with contextlib.ExitStack() as stack:
            try:
                for port in range(base, base + PORTS):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
                return base
            except OSError:
                continue
    raise RuntimeError("no free ports")


class Refused(Exception):
    """An answer that is not 2xx: status and problem document."""

    def __init__(self, status, problem):
        super().__init__(f"{status} {json.dumps(problem, ensure_ascii=False)[:300]}")
        self.status, self.problem = status, problem or {}


class Client:
    """One user of the interface: a token, or a session with its CSRF token. One connection a thread."""

    journal = None  # a list: every exchange of every client is noted in it, for tests that look at them afterwards

    def __init__(self, port, token=None):
        self.port, self.token, self.cookie, self.csrf = port, token, None, None
        self.local = threading.local()

    def headers(self, write, key, if_match):
        headers = {"Accept-Language": "en"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.cookie:
            headers["Cookie"] = self.cookie
        if write:
            headers["Content-Type"] = "application/json"
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
            if self.csrf:
                headers["X-CSRF-Token"] = self.csrf
        if if_match is not None:
            headers["If-Match"] = f'"{if_match}"'
        return headers

    def bytes_of(self, method, path, body=None, key=None, if_match=None, timeout=60):
        """(status, headers, body as bytes); OSError or HTTPException when nobody answers."""
        headers = self.headers(method != "GET", key, if_match)
        connection = getattr(self.local, "connection", None)
        kept = connection is not None
        if not kept:
            connection = self.local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            self.local.connection = None
            # A kept connection whose server closed it since: asked again, under the same key.
            if kept and isinstance(error, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)):
                return self.bytes_of(method, path, body, headers.get("Idempotency-Key"), if_match, timeout)
            raise
        if self.journal is not None:
            self.journal.append((method, path, body, answer.status, answer.getheader("Content-Type", "").split(";")[0], content))
        return answer.status, answer.headers, content

    def exchange(self, method, path, body=None, key=None, if_match=None, timeout=60):
        """(status, headers, parsed body); OSError or HTTPException when nobody answers."""
        status, headers, content = self.bytes_of(method, path, body, key, if_match, timeout)
        is_json = "json" in (headers.get("Content-Type") or "")
        return status, headers, json.loads(content) if content and is_json else content.decode("utf-8", "replace")

    def file(self, path):
        """(headers, content) of a file that is there."""
        status, headers, content = self.bytes_of("GET", path)
        if status != 200:
            raise Refused(status, json.loads(content))
        return headers, content

    def __call__(self, method, path, body=None, key=None, if_match=None):
        key = key or str(uuid.uuid4())
        status, headers, answer = self.exchange(method, path, body, key, if_match)
        if status == 429 and isinstance(answer, dict) and answer.get("rule") == "request.too-many-writes":  # a test that is faster than people
            time.sleep(int(headers["Retry-After"]))
            status, headers, answer = self.exchange(method, path, body, key, if_match)
        if status // 100 != 2:
            raise Refused(status, answer)
        return answer

    def persist(self, method, path, body, key, seconds=180):
        """As a good client does: the same request under the same key until there is an answer that is not "later"."""
        until = time.monotonic() + seconds
        while True:
            try:
                status, headers, answer = self.exchange(method, path, body, key)
                if status < 500 and status != 429:
                    return status, headers, answer
            except (OSError, http.client.HTTPException, ValueError):
                pass
            if time.monotonic() > until:
                raise TimeoutError(f"{method} {path} had no answer for {seconds} s")
            time.sleep(0.05)

    def sign_in(self, user_name, password):
        _, headers, session = self.exchange("POST", "/api/session", {"userName": user_name, "password": password})
        self.cookie = (headers.get("Set-Cookie") or "").split(";")[0]
        self.csrf = session.get("csrfToken")
        return session

    def pages(self, path, member):
        """All items of a list that pages by key."""
        token = ""
        while True:
            mark = "&" if "?" in path else "?"
            page = self("GET", f"{path}{mark}pageSize=200" + (f"&pageToken={http_quote(token)}" if token else ""))
            yield from page.get(member, [])
            token = page.get("nextPageToken", "")
            if not token:
                return


def http_quote(text):
    from urllib.parse import quote
    return quote(text, safe="")


class Suite:
    """All programs under `hv up`; use with `with`."""

    def __init__(self, build, *options):
        self.hv = Path(build).resolve() / "bin" / "hv"
        self.folder = Path(tempfile.mkdtemp(prefix="hv-flow-"))
        self.dir = self.folder / "var"
        self.port = free_base()
        self.options = options
        self.lines = []
        self.process = None

    def start(self, wait_for="serving", seconds=180):
        self.lines.clear()
        self.process = subprocess.Popen([self.hv, "up", *self.options, "--port", str(self.port), "--dir", self.dir], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        until = time.monotonic() + seconds
        while not any(wait_for in line for line in self.lines):
            if self.process.poll() is not None or time.monotonic() > until:
                self.process.kill()  # nothing outlives it
                self.process.wait()
                raise RuntimeError("hv up does not serve:\n" + "".join(self.lines) + self.logs())
            time.sleep(0.05)
        self.admin = Client(self.port, (self.dir / "demo" / "token").read_text())
        return self

    def read(self):
        for line in self.process.stdout:
            self.lines.append(line)

    def logs(self, lines=8):
        """The ends of all logs, for a failed test's report."""
        parts = []
        for log in sorted((self.dir / "log").glob("*.log")):
            parts.append(f"--- {log.name}\n" + "".join(log.read_text(errors="replace").splitlines(True)[-lines:]))
        return "".join(parts)

    def stop(self):
        """Ends everything as Ctrl-C does; returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(120)

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise

    def __exit__(self, *_):
        if self.process:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def client(self, token=None):
        return Client(self.port, token)

    def command(self, *arguments, token=True):
        """`hv` with these arguments: (exit status, output)."""
        extra = ["--url", f"http://127.0.0.1:{self.port}"] + (["--token-file", str(self.dir / "demo" / "token")] if token else [])
        done = subprocess.run([self.hv, *map(str, arguments), *extra], capture_output=True, text=True, timeout=180)
        return done.returncode, done.stdout + done.stderr

    def database(self):
        """How the owner of the database reaches it, for psql and its family."""
        url = subprocess.run([SOURCE / "deploy" / "postgres.sh", "url", self.dir / "postgres"], capture_output=True, text=True, check=True).stdout
        return " ".join([word for word in url.split() if not word.startswith("dbname=")] + ["user=hv_owner", "dbname=hakuvayla"])

    def sql(self, text):
        """What a test does behind everybody's back: rows as lines."""
        done = subprocess.run(["psql", self.database(), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", text], capture_output=True, text=True,
                              timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def pids(self):
        """name -> pid of the programs `hv up` runs."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == self.process.pid:
                    command = (entry / "cmdline").read_bytes().split(b"\0")
                    name = Path(command[0].decode()).name
                    found["mailbox" if "python" in name else name] = int(entry.name)
        return found

    def mails(self):
        """Every mail in the mailbox, parsed."""
        return [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in sorted((self.dir / "mail").glob("*.eml"))]

    def mails_to(self, address):
        return [m for m in self.mails() if address in str(m["To"])]

    def import_vepo(self, path=SOURCE / "deploy" / "vepo.json"):
        """Imports a programme as an operator would and opens its first window now; returns the programme."""
        status, output = self.command("import", path, "--yes", "--shift-to", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 2 * 86400)))
        if status != 0:
            raise RuntimeError(f"import: {status} {output}")
        code = json.loads(Path(path).read_text())
        code = code.get("programme", code)["code"]
        listed = next(p for p in self.admin("GET", "/api/programmes")["programmes"] if p["code"] == code)
        return self.open_window(listed["id"])

    def open_window(self, programme_id, opens=None, closes=None):
        programme = self.programme(programme_id)
        window = programme["windows"][0]
        body = {"opensAt": opens or time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 1)), "closesAt": closes or window["closesAt"],
                "reason": "test"}
        self.admin("PUT", f"/api/programmes/{programme_id}/windows/{window['id']}", body, if_match=programme["version"])
        return self.programme(programme_id)

    def programme(self, programme_id):
        """As it is now; the gateway's cache of public answers is older than a write for up to 100 ms."""
        time.sleep(0.15)
        return self.admin("GET", f"/api/programmes/{programme_id}")

    def account(self, name, *roles):
        """An account with these roles and a token: (client, id)."""
        made = self.admin("POST", "/api/accounts", {"accounts": [{"id": str(uuid.uuid4()), "userName": name, "roles": roles}], "withTokens": True})
        return self.client(made["accounts"][0]["token"]), made["accounts"][0]["id"]

    def people(self, names, **facts):
        """Accounts with tokens and particulars: name -> (client, person)."""
        made = {}
        accounts = self.admin("POST", "/api/accounts", {"accounts": [{"id": str(uuid.uuid4()), "userName": n, "roles": ["participant"]} for n in names],
                                                        "withTokens": True})["accounts"]
        for account in accounts:
            name = account["userName"]
            person = {"name": f"Esimerkki {name}", "email": f"{name}@example.fi", "language": "fi", "role": "teacher", "level": "basic",
                      "organisationKind": "municipality", "organisation": "Esimerkkilän kunta", "region": "uusimaa", **facts}
            self.admin("PUT", f"/api/persons/{account['id']}", person)
            made[name] = (self.client(account["token"]), {**person, "id": account["id"]})
        return made


def wait_for(what, check, seconds=90):
    """Asks until check() is true; AssertionError with the sentence otherwise. Returns what check gave."""
    until = time.monotonic() + seconds
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > until:
            raise AssertionError(f"after {seconds} s: {what}")
        time.sleep(0.1)


def run(cases):
    """Runs the table of cases, ("what holds", function), in order; a line of TAP each; status 1 when one failed."""
    print(f"1..{len(cases)}", flush=True)
    failed = 0
    for number, (name, function) in enumerate(cases, 1):
        try:
            function()
            print(f"ok {number} - {name}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {number} - {name}\n{traceback.format_exc()}", flush=True)
    return 1 if failed else 0
