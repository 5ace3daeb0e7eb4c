#!/usr/bin/python3
"""The link graph: each CMake target may link only what its room may know. CMakeLists.txt here writes the graph at configure time
(build/<preset>/tests/arch/links.txt, a line a target), so what is checked is what is linked.
"""
import re

import tap

BASE = {"PkgConfig::libsodium", "Threads::Threads"}
PROTO = {"proto", "PkgConfig::libprotobuf_c"}
UV = {"PkgConfig::libuv"}
NNG = {"nng::nng"}
COMMON = {
    "common_base": BASE,
    "common_doc": {"common_base", "PkgConfig::pangocairo", "PkgConfig::harfbuzz_subset", "PkgConfig::libdeflate", "PkgConfig::libical", "PkgConfig::xlsxwriter", "PkgConfig::libxml_2.0"},
    "common_wire": {"common_base"} | PROTO | BASE,
    "common_db": {"common_base", "PkgConfig::libpq"} | BASE,
    "common_work": {"common_base", "common_wire", "common_db", "Threads::Threads"} | PROTO,
    "common_rpc": {"common_base", "common_wire", "common_work", "Threads::Threads"} | PROTO | NNG | UV,
    "common_event": {"common_base", "common_wire", "common_db", "common_work", "common_rpc", "Threads::Threads"} | PROTO | NNG | UV,
    "common_run": {"common_base", "common_wire", "common_db", "common_work", "common_rpc", "common_event", "Threads::Threads"} | PROTO | NNG | UV,
}
ICU = {"PkgConfig::icu_i18n", "PkgConfig::icu_uc"}
# Rooms of a service: what their library may link beside libraries of C itself.
ROOMS = {
    "domain": {"common_base"},
    "schema": {"common_db"},
    "store": {"{s}_domain", "common_base", "common_db", "common_event", "common_work"},
    "document": {"{s}_domain", "common_base", "common_doc"},  # what people get as a file: rows in, bytes out
    "handler": {"{s}_domain", "{s}_store", "{s}_document", "common_base", "common_doc", "common_wire", "common_work"} | PROTO | BASE,
    "outbound": {"{s}_domain", "{s}_store", "common_base", "common_doc", "common_db", "PkgConfig::libcurl", "Threads::Threads"} | ICU | UV,
    "http": {"common_base", "PkgConfig::libmicrohttpd"} | PROTO | UV,
    "auth": {"{s}_schema", "PkgConfig::jansson"} | set(COMMON) | PROTO | BASE | UV,
    "codec": {"{s}_http", "common_base", "common_wire", "PkgConfig::jansson"} | PROTO | BASE,  # the part of route/ that does no I/O
    "route": {"{s}_http", "{s}_codec", "{s}_auth", "PkgConfig::jansson", "PkgConfig::libmicrohttpd"} | set(COMMON) | PROTO | UV,
    "live": {"{s}_http", "{s}_codec", "{s}_route", "{s}_auth", "PkgConfig::libmicrohttpd", "PkgConfig::jansson"} | set(COMMON) | PROTO | UV,
}
PROGRAM = set(COMMON) | PROTO | UV | NNG | BASE
HV = PROGRAM | {"PkgConfig::libpq", "PkgConfig::libcurl", "PkgConfig::jansson", "gateway_schema", "enrolment_schema", "notification_schema", "funding_schema"}
SERVICES = ("gateway", "enrolment", "notification", "funding", "indicator")


def allowed_of(target):
    """What the target may link; None: nobody has said."""
    if target in COMMON:
        return COMMON[target]
    if target == "hv" or target.startswith("hv_"):
        return HV | {"hv_tools", "hv_up"}
    if target.startswith("hv-"):
        service = target[3:]
        return PROGRAM | {f"{service}_{room}" for room in ROOMS} if service in SERVICES else set()
    service, _, room = target.partition("_")
    if service in SERVICES:
        return {name.replace("{s}", service) for name in ROOMS.get(room, set())}
    if target.startswith("common_"):
        return set()
    return {"PkgConfig::libprotobuf_c"} if target == "proto" else None


def check(text):
    complaints = []
    for line in text.splitlines():
        target, _, rest = line.partition(":")
        allowed = allowed_of(target)
        if allowed is None:
            complaints.append(f"{target} is in no room that check_links.py knows")
            continue
        for item in re.split(r"[;\s]+", rest.strip()):
            if item and item not in allowed and item not in ("m", "rt", "pthread"):
                complaints.append(f"{target} may not link {item}")
    return complaints


tap.must_find("a domain that links the database", check("enrolment_domain: common_base;common_db"), "may not link common_db")
tap.must_find("a service that links another", check("hv-enrolment: notification_domain"), "may not link notification_domain")
tap.must_find("an arrow upwards in common", check("common_work: common_rpc"), "may not link common_rpc")
tap.must_find("a new room of common nobody drew an arrow for", check("common_magic: common_base"), "may not link common_base")
tap.must_find("a document that links the database", check("enrolment_document: common_doc;common_db"), "may not link common_db")
tap.must_find("a service nobody knows", check("payment_domain: common_base;common_db"), "in no room")
tap.must_pass("a good store", check("enrolment_store: enrolment_domain;common_db;common_event;common_work"))
graph = tap.BUILD / "tests" / "arch" / "links.txt"
if graph.exists():
    text = graph.read_text()
    rooms = sorted(COMMON) + [f"{service}_domain" for service in ("enrolment", "notification")]
    tap.case("the graph has its rooms", [f"{room} is not in {graph}" for room in rooms if f"\n{room}: " not in text])
    tap.case("the link graph", check(text))
else:
    tap.case("the link graph", [f"{graph} is missing: configure the build with HV_TESTS=ON"])
tap.end()
