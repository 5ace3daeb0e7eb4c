#!/usr/bin/python3
"""Debian packages: all that the project installs stands in deploy/packages, and deploy/packages.sh alone installs anything.

Looked at: every find_package and pkg_check_modules of CMake against the package that brings it, and every script for an installer of
its own. A line of deploy/packages is "part  package".
"""
import re

import tap

BRINGS = {  # what CMake asks for: the package that brings it
    "nng": "libnng-dev", "cmocka": "libcmocka-dev", "PkgConfig": "pkg-config", "Threads": "build-essential",
    "libuv": "libuv1-dev", "libpq": "libpq-dev", "libprotobuf_c": "libprotobuf-c-dev", "libprotobuf-c": "libprotobuf-c-dev",
    "libsodium": "libsodium-dev", "jansson": "libjansson-dev", "libmicrohttpd": "libmicrohttpd-dev", "libcurl": "libcurl4-openssl-dev",
    "icu-i18n": "libicu-dev", "icu-uc": "libicu-dev", "icu_i18n": "libicu-dev", "icu_uc": "libicu-dev",
    "pangocairo": "libpango1.0-dev", "harfbuzz-subset": "libharfbuzz-dev", "libdeflate": "libdeflate-dev",
    "libical": "libical-dev", "xlsxwriter": "libxlsxwriter-dev",
    "libxml-2.0": "libxml2-dev", "libxml_2.0": "libxml2-dev",
}
PARTS = {"build", "run", "test", "bench"}
INSTALLER = re.compile(r"\b(apt-get|apt|aptitude|dpkg)\s+(-\S+\s+)*(install|-i)\b")
WANTS = re.compile(r"find_package\((\w+)|pkg_check_modules\(\w+ REQUIRED (?:IMPORTED_TARGET )?([\w-]+)")
LOOP = re.compile(r"foreach\(lib ([^)]*)\)")


def check_list(text):
    complaints, packages = [], set()
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if len(words) != 2 or words[0] not in PARTS or not re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", words[1]):
            complaints.append(f"deploy/packages:{number}: not \"part package\"")
        else:
            packages.add(words[1])
    return packages, complaints


def check_cmake(name, text, packages):
    wanted = {a or b for a, b in WANTS.findall(text)}
    for names in LOOP.findall(text):
        wanted |= set(names.split())
    complaints = []
    for want in sorted(wanted):
        if want not in BRINGS:
            complaints.append(f"{name}: nobody says which package brings {want}; add it to check_packages.py and deploy/packages")
        elif BRINGS[want] not in packages:
            complaints.append(f"{name}: {want} needs {BRINGS[want]}, which is missing in deploy/packages")
    return complaints


def check_script(name, text):
    if name == "deploy/packages.sh":
        return []
    code = "\n".join(line.split("#")[0] for line in text.splitlines())
    return [f"{name}: installs packages itself; deploy/packages.sh is the only one that may"] if INSTALLER.search(code) else []


tap.must_find("a line that is no package", check_list("build\n")[1], "not \"part package\"")
tap.must_find("a library without its package", check_cmake("x", "find_package(nng CONFIG REQUIRED)", set()), "libnng-dev")
tap.must_find("an unknown library", check_cmake("x", "find_package(Boost REQUIRED)", set()), "nobody says")
tap.must_find("a script with its own installer", check_script("x", "apt-get " + "install -y foo\n"), "installs packages itself")
packages, complaints = check_list((tap.SOURCE / "deploy" / "packages").read_text())
tap.case(f"deploy/packages and its {len(packages)} packages", complaints)
cmake = [tap.SOURCE / "CMakeLists.txt"] + tap.files("CMakeLists.txt")
tap.case("what CMake asks for", [c for p in cmake for c in check_cmake(tap.name_of(p), p.read_text(), packages)])
scripts = [p for p in tap.files(under=("deploy", "tests", ".ci")) if p.read_bytes()[:2] == b"#!" and p.name != "check_packages.py"]
tap.case(f"{len(scripts)} scripts", [c for p in scripts for c in check_script(tap.name_of(p), p.read_text())])
tap.end()
