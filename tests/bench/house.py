"""A whole Hakuväylä of its own for a benchmark: a private PostgreSQL, keys, the services asked for, in a temporary folder.

Everything is real and durable (fsync and synchronous_commit on); everything ends with the `with` block.
"""
import json, os, re, secrets, shutil, signal, socket, subprocess, sys, tempfile, time, urllib.error, urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / "build/test/bin"


def say(text):
    print(text, file=sys.stderr, flush=True)


def build():
    """Packages, then the release-like build that tests use too (RelWithDebInfo)."""
    subprocess.run([ROOT / "deploy/packages.sh", "build", "run", "test", "bench"], check=True, stdout=sys.stderr)
    with open(os.devnull, "w") as quiet:
        subprocess.run(["cmake", "--preset", "test"], cwd=ROOT, check=True, stdout=quiet)
    subprocess.run(["cmake", "--build", "--preset", "test", "--target", "hv", "hv-gateway", "hv-enrolment", "hv-notification", "hv-funding", "bench_mint"],
                   cwd=ROOT, check=True, stdout=sys.stderr)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


class House:
    def __init__(self, services=("enrolment", "gateway"), settings=""):
        self.services, self.settings = services, settings
        self.children = {}

    def __enter__(self):
        self.dir = Path(tempfile.mkdtemp(prefix="hvbench-"))
        os.chmod(self.dir, 0o755)
        self.env = dict(os.environ, HV_LOG="warn", HV_PG_OPTIONS=self.settings)
        subprocess.run([ROOT / "deploy/postgres.sh", "start", self.dir / "pg"], check=True, env=self.env)
        self.url = subprocess.run([ROOT / "deploy/postgres.sh", "url", self.dir / "pg"], check=True, capture_output=True, text=True).stdout.strip()
        self.host = re.search(r"host=(\S+)", self.url).group(1)
        for name in ("bus", "session", "signing"):
            (self.dir / name).write_text(secrets.token_hex(32) + "\n")
            os.chmod(self.dir / name, 0o600)
        names = ["HTTP", "GATEWAY_HEALTH", "ENROLMENT_RPC", "ENROLMENT_PUB", "ENROLMENT_HEALTH", "NOTIFICATION_RPC", "NOTIFICATION_PUB", "NOTIFICATION_HEALTH",
                 "FUNDING_RPC", "FUNDING_PUB", "FUNDING_HEALTH"]
        self.ports = dict(zip(names, free_ports(len(names))))
        self.env.update(HV_DATABASE=self.url, HV_BUS_KEY=str(self.dir / "bus"), HV_SESSION_KEY=str(self.dir / "session"),
                        HV_SIGNING_KEY=str(self.dir / "signing"), HV_HTTP=f"127.0.0.1:{self.ports['HTTP']}", HV_HTTP_CONNECTIONS="2000",
                        HV_URL=f"http://127.0.0.1:{self.ports['HTTP']}", HV_MAIL_FROM="koulutus@example.org", HV_MAIL_DOMAIN="example.org",
                        **{f"HV_{n}": f"tcp://127.0.0.1:{p}" for n, p in self.ports.items() if n != "HTTP"})
        subprocess.run([BIN / "hv", "migrate"], check=True, env=self.env, stdout=subprocess.DEVNULL)
        for service in self.services:
            self.start(service)
        if "gateway" in self.services:
            self.wait_http()
        return self

    def start(self, service, **more):
        log = open(self.dir / f"{service}.log", "a")
        began = time.monotonic()
        self.children[service] = subprocess.Popen([BIN / f"hv-{service}"], env=dict(self.env, **more), stderr=log, stdout=log)
        return began

    def wait_http(self, path="/health/ready", seconds=20):
        until = time.monotonic() + seconds
        while True:
            try:
                with urllib.request.urlopen(self.env["HV_URL"] + path, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                pass
            if time.monotonic() > until:
                raise SystemExit(f"{path} does not answer; see {self.dir}")
            time.sleep(0.02)

    def stop(self, service):
        child = self.children.pop(service)
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def __exit__(self, kind, value, trace):
        for service in list(self.children)[::-1]:
            self.stop(service)
        subprocess.run([ROOT / "deploy/postgres.sh", "stop", self.dir / "pg", "immediate"], check=False, stderr=subprocess.DEVNULL)
        if kind is None:
            shutil.rmtree(self.dir, ignore_errors=True)
        else:
            say(f"kept for a look: {self.dir}")

    # -- the database, as its owner --------------------------------------------------------------------------------
    def psql(self, sql, database="hakuvayla"):
        done = subprocess.run(["psql", "-h", self.host, "-U", "hv_owner", "-d", database, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"],
                              input=sql, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"psql: {done.stderr}\n{sql[:400]}")
        return done.stdout.strip()

    def number(self, sql, database="hakuvayla"):
        return int(float(self.psql(sql, database) or 0))

    # -- people and trainings ----------------------------------------------------------------------------------------
    def people(self, count, database="hakuvayla"):
        """That many participants: (path of the token file, list of ids); stored as persons in the database."""
        lines = subprocess.run([BIN / "bench_mint", self.dir / "session", str(count)], check=True, capture_output=True, text=True).stdout.split("\n")[:-1]
        tokens = self.dir / "tokens"
        tokens.write_text("".join(line.split(" ")[1] + "\n" for line in lines))
        ids = [line.split(" ")[0] for line in lines]
        self.store_people(ids, database)
        return tokens, ids

    def store_people(self, ids, database):
        rows = "".join(f"{id}\tBench {n}\tbench{n}@example.org\tfi\tteacher\tbasic\tmunicipality\tExample\tuusimaa\n" for n, id in enumerate(ids))
        self.psql("copy enrolment.person (id, name, email, language, role, level, organisation_kind, organisation, region) from stdin;\n"
                  + rows + "\\.\nanalyze enrolment.person;", database)

    def call(self, method, path, token, body=None, key=None):
        """One HTTP call; the decoded answer."""
        request = urllib.request.Request(self.env["HV_URL"] + path, method=method, data=None if body is None else json.dumps(body).encode())
        request.add_header("Authorization", "Bearer " + token)
        request.add_header("Content-Type", "application/json")
        request.add_header("Idempotency-Key", key or secrets.token_hex(16))
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.code} {error.read().decode()[:600]}") from None

    def coordinator(self):
        """A token that may import."""
        return subprocess.run([BIN / "bench_mint", self.dir / "session", "1", "coordinator"], check=True, capture_output=True, text=True).stdout.split()[1]

    def programme(self, code, capacity=100_000, implementations=1, token=None, units=()):
        """Imports an open programme with rules, as VEPO has them; (programme id, [implementation ids])."""
        text = lambda t: {"fi": t, "sv": t, "en": t}
        body = {"programme": {
            "code": code, "title": text(f"Bench {code}"), "creditsTenths": 50, "cap": capacity * implementations, "replyHours": 72,
            "units": list(units), "windows": [{"opensAt": "2020-01-01T00:00:00Z", "closesAt": "2099-01-01T00:00:00Z"}],
            "rules": [
                {"rule": "bench.role", "fact": "role", "allowed": ["teacher", "principal", "daycare_director"], "reason": text("role")},
                {"rule": "bench.level", "fact": "level", "allowed": ["early_childhood", "pre_primary", "basic"], "reason": text("level")}],
            "implementations": [
                {"code": f"{code}-{n}", "ordinal": n + 1, "organiser": text("Example university"), "title": text(f"Group {n + 1}"), "places": ["Esimerkkilä"],
                 "region": "uusimaa", "mode": "MODE_HYBRID", "audience": text("Teachers"), "capacity": capacity, "waitingCap": 1000}
                for n in range(implementations)]}}
        self.call("POST", "/api/programmes:import", token or self.coordinator(), body)
        programme = self.psql(f"select id from enrolment.programme where code = '{code}'")
        return programme, self.psql(f"select id from enrolment.implementation where programme_id = '{programme}' order by ordinal").split("\n")


def wrk(url, connections, seconds, script=None, args=(), threads=2):
    command = ["wrk", "-t", str(min(threads, connections)), "-c", str(connections), "-d", f"{seconds}s", "--latency", "--timeout", "10s"]
    if script:
        command += ["-s", str(script)]
    done = subprocess.run([*command, url, *(["--", *map(str, args)] if args else [])], capture_output=True, text=True)
    found = re.search(r"^RESULT (.*)$", done.stdout, re.M)
    if done.returncode != 0 or not found:
        raise SystemExit(f"wrk: {done.stdout}{done.stderr}")
    result = json.loads(found.group(1))
    result["rate"] = (result["answers"] - result["refused"]) / result["seconds"]
    return result


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
