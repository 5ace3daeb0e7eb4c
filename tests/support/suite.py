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
PORTS = 9


def free_base():
    """The first of PORTS ports in a row that nobody listens on."""
    for _ in range(200):
        base = random.randrange(21000, 29000, 10)
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

    def exchange(self, method, path, body=None, key=None, if_match=None, timeout=60, again=False):
        """(status, headers, parsed body); OSError or HTTPException when nobody answers."""
        connection = getattr(self.local, "connection", None)
        if connection is None:
            connection = self.local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, self.headers(method != "GET", key, if_match))
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            self.local.connection = None
            # A kept connection whose server is gone since: a read may simply be asked again.
            if method == "GET" and isinstance(error, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)) and not again:
                return self.exchange(method, path, body, key, if_match, timeout, again=True)
            raise
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return answer.status, answer.headers, json.loads(text) if text and is_json else text.decode("utf-8", "replace")

    def __call__(self, method, path, body=None, key=None, if_match=None):
        status, _, answer = self.exchange(method, path, body, key, if_match)
        if status // 100 != 2:
            raise Refused(status, answer)
        return answer

    def persist(self, method, path, body, key, seconds=180):
        """As a good client does: the same request under the same key until there is an answer that is not "later"."""
        until = time.monotonic() + seconds
        while True:
            try:
                status, headers, answer = self.exchange(method, path, body, key)
                if status < 500:
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
        status, output = self.command("import", path, "--shift-to", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 2 * 86400)))
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
