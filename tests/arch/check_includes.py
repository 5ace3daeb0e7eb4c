#!/usr/bin/python3
"""The include arrows: who may include whom (the table of rooms), and which rooms may see which foreign library.

A service never includes another service's header: they meet in proto/ alone. A domain sees common/base and a handful of
C headers, so the rules cannot reach a clock, a file or the heap. Tests may look everywhere.
"""
import re

import tap

# Rooms of common/ and the rooms each may include beside itself.
COMMON = {
    "base": set(),
    "doc": {"base"},
    "wire": {"base"},
    "db": {"base"},
    "work": {"base", "wire", "db"},
    "rpc": {"base", "wire", "db", "work"},
    "event": {"base", "wire", "db", "work", "rpc"},
    "run": {"base", "wire", "db", "work", "rpc", "event"},
}
ALL = set(COMMON)
# Rooms of a service: (rooms of common/, own rooms, may it see protobuf). main.c is the room "".
SERVICE = {
    "domain": ({"base"}, set(), False),
    "store": ({"base", "db", "event", "work"}, {"domain"}, False),
    "document": ({"base", "doc"}, {"domain"}, False),
    "handler": ({"base", "doc", "wire", "work", "event"}, {"domain", "store", "document"}, True),
    "outbound": ({"base", "doc", "db"}, {"domain", "store"}, False),
    "http": ({"base"}, set(), True),
    "auth": (ALL, set(), True),
    "route": (ALL, {"http", "auth"}, True),
    "live": (ALL, {"http", "route", "auth"}, True),
    "": (ALL, {"domain", "store", "document", "handler", "outbound", "http", "route", "live", "auth"}, True),
}
PURE_C = {"assert.h", "limits.h", "inttypes.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "string.h"}  # stdio.h: snprintf
# A foreign library and the only rooms that touch it.
FOREIGN = {
    "libpq-fe.h": ("common/db/", "services/hv/migrate.c"),  # hv migrate reads a connection string before there is a database
    "nng/": ("common/rpc/", "common/event/", "common/run/"),
    "microhttpd.h": ("services/gateway/",),
    "curl/": ("services/hv/", "services/notification/outbound/"),
    "jansson.h": ("services/gateway/", "services/hv/"),
    "cairo": ("common/doc/",),
    "pango/": ("common/doc/",),
    "hb": ("common/doc/",),  # HarfBuzz: hb.h, hb-ot.h, hb-subset.h
    "libdeflate.h": ("common/doc/",),
    "libical/": ("common/doc/",),
    "libxml/": ("common/doc/",),
    "xlsxwriter.h": ("common/doc/",),
    "unicode/": ("services/notification/outbound/",),
}
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)


def common_complaint(own, target):
    room = target.split("/")[1]
    if room != own and room not in COMMON.get(own, set()):
        return f"common/{own} may not include common/{room}"
    return None


def store_own(header):
    """Whether a header is the store's own: SQL, rows, and how they travel. workset.h and the nouns of its parts are for handlers."""
    return header in ("map.h", "part.h", "spool.h", "store.h") or header.endswith(("rows.h", "statements.h", "_own.h"))


def service_complaint(service, room, target):
    parts = target.split("/")
    commons, rooms, _ = SERVICE.get(room, (set(), set(), False))
    if parts[0] == "common":
        return None if parts[1] in commons else f"the room {room or 'main'} may not include common/{parts[1]}"
    if parts[1] != service:
        return f"service {service} includes service {parts[1]}"
    other = parts[2] if len(parts) > 3 else ""
    if other == room or other in rooms:
        if room == "handler" and other == "store" and store_own(parts[-1]):
            return "a handler sees of the store only workset.h and its parts"
        return None
    return f"the room {room or 'main'} may not include the room {other or 'main'}"


def project_complaint(path, target):
    parts = path.split("/")
    if target.startswith(("../", "./")) or not target.startswith(("common/", "services/", "tests/")):
        return "our headers are included by their path from the root"
    if target.startswith("tests/"):
        return "code may not include tests"
    if parts[0] == "common":
        return common_complaint(parts[1], target) if target.startswith("common/") else "common/ knows no service"
    service = parts[1]
    if service == "hv":
        return None if target.startswith(("common/", "services/hv/")) else f"service hv includes {target}"
    return service_complaint(service, parts[2] if len(parts) > 3 else "", target)


def proto_complaint(path, target):
    parts = path.split("/")
    if parts[0] == "common":
        if parts[1] in ("base", "db", "doc"):
            return f"common/{parts[1]} sees no protobuf"
        return None if target == "envelope.pb-c.h" else "common/ knows the envelope only"
    room = parts[2] if len(parts) > 3 else ""
    if parts[1] != "hv" and not SERVICE.get(room, (0, 0, False))[2] and target != "envelope.pb-c.h":
        return f"the room {room} sees no requests"
    if room == "domain":
        return "a domain sees no protobuf"
    return None


def foreign_complaint(path, target):
    if "/domain/" in path and target not in PURE_C:
        return "a domain includes common/base and plain C headers only"
    for prefix, rooms in FOREIGN.items():
        if target.startswith(prefix) and not path.startswith(rooms):
            return f"only {', '.join(rooms)} may see {prefix}"
    return None


def check(path, text):
    """Complaints about one file: its path from the root, its text."""
    complaints = []
    for match in INCLUDE.finditer(text):
        bracket, target = match.groups()
        if target.endswith(".pb-c.h") or target == "proto/words.h":
            complaint = proto_complaint(path, target)
        elif bracket == '"':
            complaint = project_complaint(path, target)
        else:
            complaint = foreign_complaint(path, target)
        if complaint:
            line = text.count("\n", 0, match.start()) + 1
            complaints.append(f"{path}:{line}: includes {target}: {complaint}")
    return complaints


tap.must_find("an arrow upwards in common", check("common/base/x.c", '#include "common/wire/wire.h"\n'), "may not include common/wire")
tap.must_find("the contract's words in a domain", check("services/x/domain/x.c", '#include "proto/words.h"\n'), "sees no requests")
tap.must_find("a service in common", check("common/run/x.c", '#include "services/enrolment/domain/window.h"\n'), "knows no service")
tap.must_find("another service", check("services/enrolment/handler/x.c", '#include "services/notification/domain/plan.h"\n'), "includes service")
tap.must_find("a domain with a clock", check("services/enrolment/domain/x.c", "#include <time.h>\n"), "plain C headers")
tap.must_find("a domain with protobuf", check("services/enrolment/domain/x.c", '#include "enrolment.pb-c.h"\n'), "sees no requests")
tap.must_find("a domain that knows its store", check("services/a/domain/x.c", '#include "services/a/store/workset.h"\n'), "may not include")
tap.must_find("a store with requests", check("services/a/store/x.c", '#include "enrolment.pb-c.h"\n'), "sees no requests")
tap.must_find("a handler with SQL", check("services/a/handler/x.c", '#include "services/a/store/statements.h"\n'), "only workset.h")
tap.must_find("a handler with a noun's SQL", check("services/a/handler/x.c", '#include "services/a/store/spool_statements.h"\n'), "only workset.h")
tap.must_find("a handler with a part's mechanism", check("services/a/handler/x.c", '#include "services/a/store/part.h"\n'), "only workset.h")
tap.must_find("libpq outside common/db", check("services/a/store/x.c", "#include <libpq-fe.h>\n"), "may see libpq-fe.h")
tap.must_find("nng in a service", check("services/a/main.c", "#include <nng/nng.h>\n"), "may see nng/")
tap.must_find("cairo in a service", check("services/a/document/x.c", "#include <cairo-pdf.h>\n"), "may see cairo")
tap.must_find("ICU in a handler", check("services/notification/handler/x.c", "#include <unicode/ucal.h>\n"), "may see unicode/")
tap.must_find("a document with SQL", check("services/a/document/x.c", '#include "services/a/store/workset.h"\n'), "may not include")
tap.must_find("a path that climbs", check("services/a/main.c", '#include "../b/main.h"\n'), "by their path from the root")
tap.must_pass("a good handler", check("services/a/handler/x.c",
                                      '#include "services/a/domain/window.h"\n#include "services/a/store/workset.h"\n#include <string.h>\n'))
tap.must_pass("a handler with a part", check("services/a/handler/x.c", '#include "services/a/store/change.h"\n'))
sources = [p for p in tap.files(".c", ".h", under=("common", "services"))]
tap.case(f"the include arrows of {len(sources)} files", [c for p in sources for c in check(tap.name_of(p), p.read_text())])
tap.end()
