#!/usr/bin/python3
"""A webhook over the real programs, from the operator's request to the receiver: made, heard, verified, changed, watched, removed; and what is
refused on the way. The signature is computed here once more, from the words of Standard Webhooks 1.0.0. test_webhooks.py BUILD-FOLDER
"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import sys
import threading
import time

from steps import refused
from suite import Suite, run, wait_for

os.environ["HV_WEBHOOK_PRIVATE"] = "1"  # the receiver is on this machine
story = {"came": [], "status": 200}


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        story["came"].append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(story["status"])
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


def signatures(secret, headers, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(mac).decode()


def path(end=""):
    return f"/api/webhooks/{story['webhook']['id']}{end}"


def newest():
    deliveries = story["suite"].admin("GET", path())["deliveries"]
    return deliveries[0] if deliveries else {"state": ""}


def entered():
    suite = story["suite"]
    for url, rule in (("ftp://hooks.example.fi/", "url-scheme"), ("https://a@hooks.example.fi/", "url-user"), ("https://hooks.example.fi:5432/", "url-port")):
        refused(suite.admin, "POST", "/api/webhooks", {"url": url}, f"notification.webhook.{rule}", 400, "url")
    problem = refused(suite.admin, "POST", "/api/webhooks", {"url": story["url"], "types": ["enrolment.seat"]}, "notification.webhook.type-unknown", 400, "types")
    known = problem["facts"]["known"].split()
    assert "enrolment.seat_taken" in known and "enrolment.person_stored" not in known, known
    story["people"] = suite.people(["hook-aino"])
    refused(story["people"]["hook-aino"][0], "GET", "/api/webhooks", status=403)
    story["webhook"] = made = suite.admin("POST", "/api/webhooks", {"url": story["url"], "description": "Kumppani", "types": ["enrolment.seat_taken"]})
    assert made["secret"].startswith("whsec_") and made["state"] == "WEBHOOK_ENABLED" and made["createdAt"], made
    assert "secret" not in suite.admin("GET", path()), "the secret is said once"
    assert [w["id"] for w in suite.admin("GET", "/api/webhooks")["webhooks"]] == [made["id"]]


def heard():
    suite = story["suite"]
    programme = suite.import_vepo()
    client, person = story["people"]["hook-aino"]
    implementation = next(i["id"] for i in programme["implementations"] if not i.get("rules"))
    seat = client("POST", f"/api/programmes/{programme['id']}/registrations", {"implementationId": implementation})
    wait_for("the delivery", lambda: story["came"])
    headers, body = story["came"][0]
    assert headers["webhook-signature"] == signatures(story["webhook"]["secret"], headers, body), headers
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60 and headers["content-type"] == "application/json", headers
    said = json.loads(body)
    assert said["type"] == "enrolment.seat_taken" and said["timestamp"].endswith("Z"), said
    assert said["data"] == {"registrationId": seat["id"], "programmeId": programme["id"], "implementationId": implementation, "personId": person["id"],
                            "state": "STATE_SEATED", "version": said["data"]["version"]}, said
    delivery = wait_for("its record", lambda: (lambda d: d if d["state"] == "DELIVERY_DONE" else None)(newest()))
    assert delivery["id"] == headers["webhook-id"] and delivery["httpStatus"] == 200 and delivery["tries"] == 1, delivery
    assert len(story["came"]) == 1, story["came"]


def rotated():
    suite = story["suite"]
    old, new = story["webhook"]["secret"], suite.admin("POST", path(":rotate"))["secret"]
    suite.admin("POST", path(":test"))
    wait_for("the test", lambda: len(story["came"]) == 2)
    headers, body = story["came"][1]
    assert headers["webhook-signature"].split() == [signatures(new, headers, body), signatures(old, headers, body)], headers
    assert json.loads(body) == {"type": "webhook.test", "timestamp": json.loads(body)["timestamp"], "data": {"webhookId": story["webhook"]["id"]}}, body


def gone():
    suite = story["suite"]
    story["status"] = 410
    sent = suite.admin("POST", path(":test"))
    webhook = wait_for("its end", lambda: (lambda w: w if w["state"] == "WEBHOOK_DISABLED" else None)(suite.admin("GET", path())))
    assert "410" in webhook["why"], webhook
    refused(suite.admin, "POST", path(":test"), rule="notification.webhook.disabled")
    wait_for("health", lambda: webhook["id"] in json.dumps(suite.admin("GET", "/health")))
    story["status"] = 204
    change = {"url": story["url"], "types": [], "state": "WEBHOOK_ENABLED"}
    refused(suite.admin, "PUT", path(), change, "notification.webhook.types", 400, "types", if_match=webhook["version"])
    refused(suite.admin, "PUT", path(), {"url": story["url"], "allTypes": True, "types": ["webhook.test"]}, "notification.webhook.types", 400, "types",
            if_match=webhook["version"])
    change["allTypes"] = True
    refused(suite.admin, "PUT", path(), change, status=428)
    refused(suite.admin, "PUT", path(), change, status=412, if_match=1)
    changed = suite.admin("PUT", path(), change, if_match=webhook["version"])
    assert changed["state"] == "WEBHOOK_ENABLED" and changed["types"] == [] and changed["allTypes"] and "why" not in changed, changed
    suite.admin("POST", f"/api/webhook-deliveries/{sent['id']}:retry")
    wait_for("the second time", lambda: newest()["state"] == "DELIVERY_DONE")
    assert [headers["webhook-id"] for headers, _ in story["came"]].count(sent["id"]) == 2
    refused(suite.admin, "POST", f"/api/webhook-deliveries/{sent['id']}:retry", rule="notification.delivery.not-failed")


def measured():
    status, _, text = story["suite"].admin.exchange("GET", "/metrics")
    assert status == 200, status
    for result in ("delivered", "gone"):
        line = next(line for line in text.splitlines() if "webhook_attempts_total" in line and f'result="{result}"' in line)
        assert float(line.rsplit(" ", 1)[1]) >= 1, line


def removed():
    suite = story["suite"]
    gone = suite.admin("POST", path(":remove"))
    assert (gone["state"], gone["why"]) == ("WEBHOOK_DISABLED", "removed"), gone
    refused(suite.admin, "GET", path(), status=404)
    assert suite.admin("GET", "/api/webhooks")["webhooks"] == []


CASES = [
    ("what is entered wrongly is named; the secret is said once, to admins", entered),
    ("an enrolment reaches the receiver once, signed, with ids and states", heard),
    ("after a rotation both keys sign", rotated),
    ("410 disables it, health says so; enabled again, a failed delivery is sent under the same id", gone),
    ("attempts are counted by what became of them", measured),
    ("removed is removed", removed),
]
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
story["url"] = f"http://127.0.0.1:{server.server_address[1]}/hook"
with Suite(sys.argv[1], "--serve") as story["suite"]:
    result = run(CASES)
    if result:
        print(story["suite"].logs(15))
sys.exit(result)
