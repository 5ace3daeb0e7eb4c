"""The world of test_year.py: a small training with three implementations, its coordinator and its people, and the calls they make.

Who does what is told in the cases (year_places.py, year_course.py); here is only how it is asked for.
"""
import time
import uuid
from types import SimpleNamespace

from suite import wait_for

DAY = 86400
CODE = "flow-year"
SEALED = "Tarvitsen induktiosilmukan"  # the sensitive answer: what nobody must find anywhere


def at(days, hour=10):
    """A moment so many days from now; the same date in Finland as in UTC."""
    return time.strftime(f"%Y-%m-%dT{hour}:00:00Z", time.gmtime(time.time() + days * DAY))


def text(fi, sv, en):
    return {"fi": fi, "sv": sv, "en": en}


def implementation(code, capacity, waiting_cap, **more):
    return {"code": code, "ordinal": ("north", "south", "east", "west").index(code) + 1, "capacity": capacity, "waitingCap": waiting_cap,
            "organiser": text("Esimerkkilän yliopisto", "Exempelby universitet", "University of Exampleville"),
            "title": text(f"Toteutus {code}", f"Genomförande {code}", f"Implementation {code}"), "places": ["Esimerkkilä"],
            "region": "uusimaa", "mode": "MODE_ONLINE", **more}


def head(**changes):
    """What the programme says of itself."""
    return {"code": CODE, "title": text("Johtamisen vuosi", "Ett år av ledarskap", "A year of leadership"), "creditsTenths": 50,
            "offerHours": 24, "holdMinutes": 15, "planRequired": True, **changes}


def document():
    units = [("Oppiva yhteisö", "En lärande gemenskap", "A learning community", 30), ("Muutos", "Förändring", "Change", 20)]
    principals = {"rule": "year.principal", "fact": "role", "allowed": ["principal"], "review": True,
                  "reason": text("Toteutus on rehtoreille", "Genomförandet är för rektorer", "The implementation is for principals")}
    return head(cap=8, windows=[{"opensAt": at(2), "closesAt": at(30)}],
                units=[{"ordinal": n + 1, "title": text(*unit[:3]), "creditsTenths": unit[3],
                        "webinars": [{"startsAt": at(40 + 20 * n), "endsAt": at(40 + 20 * n, 13)}]} for n, unit in enumerate(units)],
                implementations=[implementation("north", 2, 0), implementation("south", 3, 2),
                                 implementation("east", 3, 4, rules=[principals])])


QUESTIONS = [
    {"code": "diet", "kind": "CHOICE", "required": True, "title": text("Ruokavalio", "Kost", "Diet"),
     "options": [{"value": "any", "text": text("Kaikki käy", "Allt går bra", "Anything")},
                 {"value": "other", "text": text("Muu", "Annan", "Other")}]},
    {"code": "diet-what", "kind": "TEXT", "required": True, "title": text("Mikä?", "Vilken?", "Which?"), "whenCode": "diet", "whenValues": ["other"]},
    {"code": "access", "kind": "TEXT", "sensitive": True, "title": text("Esteettömyys", "Tillgänglighet", "Accessibility")},
]
ANSWERS = [{"code": "diet", "values": ["any"]}]

PEOPLE = {  # user name: what differs from everybody else
    "aino": {"language": "fi"}, "bjorn": {"language": "sv"}, "cleo": {"language": "sv"}, "dora": {"language": "en"},
    "elias": {"language": "en"}, "frida": {"language": "sv"}, "guest": {"language": "fi"}, "gusto": {"language": "en", "name": "=1+1"},
    "hanna": {"language": "fi"}, "iida": {"language": "fi"}, "jonas": {"language": "sv"}, "leader": {"language": "fi", "role": "principal"},
}


class World:
    """The suite, the programme and everybody in it."""

    def __init__(self, suite):
        self.suite = suite
        self.people = {}
        for name, facts in PEOPLE.items():
            client, person = suite.people([f"year-{name}"], **{"name": f"Esimerkki {name.title()}", **facts})[f"year-{name}"]
            self.people[name] = SimpleNamespace(client=client, id=person["id"], email=person["email"], name=person["name"], registration=None)
        account = suite.admin("POST", "/api/accounts", {"accounts": [{"userName": "year-coordinator", "roles": ["coordinator"]}], "withTokens": True})
        self.coordinator_id = account["accounts"][0]["id"]
        self.coordinator = suite.client(account["accounts"][0]["token"])
        self.programme_id = None
        self.members = {n: SimpleNamespace(registration=None) for n in (1, 2, 3)}  # of the team: people without an account

    def __getattr__(self, name):
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def path(self, rest=""):
        return f"/api/programmes/{self.programme_id}{rest}"

    def programme(self):
        return self.suite.programme(self.programme_id)

    def place(self, code):
        return next(i for i in self.programme()["implementations"] if i["code"] == code)

    def edit(self, method, rest, body):
        """An edit of the coordinator, on the version that stands."""
        return self.coordinator(method, self.path(rest), {"reason": "flow", **body}, if_match=self.programme()["version"])

    def set_capacity(self, code, capacity, **more):
        place = self.place(code)
        return self.coordinator("PUT", f"/api/implementations/{place['id']}/capacity", {"capacity": capacity, "reason": "flow", **more},
                                if_match=place["version"])

    def enrol(self, name, code, state, answers=ANSWERS, **more):
        person = self.people[name]
        person.registration = person.client("POST", self.path("/registrations"), {"implementationId": self.place(code)["id"], "answers": answers, **more})
        assert person.registration["state"] == f"STATE_{state}", person.registration
        return person.registration

    def body(self, code, **more):
        return {"implementationId": self.place(code)["id"], "answers": ANSWERS, **more}

    def own(self, name, rest=""):
        """The path of one's registration."""
        return f"/api/registrations/{self.people[name].registration['id']}{rest}"

    def now(self, name):
        person = self.people[name]
        person.registration = person.client("GET", self.own(name))
        return person.registration

    def states(self, **expected):
        for name, state in expected.items():
            assert self.now(name)["state"] == f"STATE_{state}", (name, state, self.people[name].registration)

    def becomes(self, name, state):
        wait_for(f"{name} is {state}", lambda: self.now(name)["state"] == f"STATE_{state}")

    def act(self, name, verb, body=None, key=None):
        """What somebody does with their own registration; the answer is what it is now."""
        person = self.people[name]
        person.registration = person.client("POST", self.own(name, f":{verb}"), body or {}, key)
        return person.registration

    def staff(self, name, verb, body):
        """What the coordinator does with it."""
        person = self.people[name]
        person.registration = self.coordinator("POST", self.own(name, f":{verb}"), body)
        return person.registration


def key():
    return str(uuid.uuid4())
