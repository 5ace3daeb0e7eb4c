#!/usr/bin/python3
"""Purity by the linker: what the domain libraries leave undefined may only be plain memory and text functions of C and the parts of
common/base that compute. A stray malloc(), time(), getrandom(), printf() or PQexec() is named here.
"""
import re
import subprocess
import tempfile
from pathlib import Path

import tap

PLAIN_C = set("""
memcpy memcmp memset memmove memchr strlen strcmp strncmp strcpy strncpy strcat strchr strrchr strstr strnlen strspn strcspn snprintf vsnprintf
qsort bsearch abs labs __assert_fail __stack_chk_fail _GLOBAL_OFFSET_TABLE_ __memcpy_chk __memset_chk __memmove_chk __snprintf_chk
__vsnprintf_chk __strcpy_chk __strcat_chk
""".split())
SANITIZER = re.compile(r"^__(asan|ubsan|tsan|lsan|sanitizer|gcov)_")
# Of common/base: what only computes. The arena, the heap, the clock, randomness and the log stay outside.
BASE_OBJECTS = ("address.c", "err.c", "span.c", "utf8.c", "hash.c", "uuid.c", "time.c", "chain.c", "date.c", "day.c", "workday.c")
BASE_FORBIDDEN = {"random_bytes", "uuid_v7", "uuid_v7_take", "time_now_us", "time_steady_us"}


def symbols(archive, *options):
    """(object, symbol) pairs of an archive."""
    out = subprocess.run(["nm", "-A", *options, str(archive)], check=True, capture_output=True, text=True).stdout
    pairs = []
    for line in out.splitlines():
        place, _, rest = line.partition(" ")
        pairs.append((place.split(":")[1], rest.split()[-1]))
    return pairs


def pure_base(archive):
    defined = {s for o, s in symbols(archive, "--defined-only", "-g") if o.removesuffix(".o") in BASE_OBJECTS}
    return defined - BASE_FORBIDDEN


def check(archive, base):
    own = {s for _, s in symbols(archive, "--defined-only")}
    return [f"{Path(archive).name}: {obj} needs {symbol}" for obj, symbol in symbols(archive, "-u")
            if symbol not in own and symbol not in PLAIN_C and symbol not in base and not SANITIZER.match(symbol)]


def sample(folder, code):
    source, obj, archive = folder / "sample.c", folder / "sample.o", folder / "libsample_domain.a"
    source.write_text(code)
    archive.unlink(missing_ok=True)
    subprocess.run(["cc", "-std=c11", "-c", str(source), "-o", str(obj)], check=True)
    subprocess.run(["ar", "rc", str(archive), str(obj)], check=True)
    return archive


base_archive = tap.BUILD / "common" / "base" / "libcommon_base.a"
base = pure_base(base_archive) if base_archive.exists() else set()
with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    tap.must_find("the heap", check(sample(folder, "#include <stdlib.h>\nvoid *f(void); void *f(void) {return malloc(3);}\n"), base), "malloc")
    tap.must_find("the clock", check(sample(folder, "#include <time.h>\ntime_t f(void); time_t f(void) {return time(0);}\n"), base), " time")
    tap.must_find("our clock", check(sample(folder, "long time_now_us(void); long f(void); long f(void) {return time_now_us();}\n"), base),
                  "time_now_us")
    tap.must_find("a random id", check(sample(folder, "int uuid_v7_take(void); int f(void); int f(void) {return uuid_v7_take();}\n"), base),
                  "uuid_v7_take")
    tap.must_find("input and output", check(sample(folder, "#include <stdio.h>\nvoid f(void); void f(void) {printf(\"%d\", 3);}\n"), base), "printf")
    tap.must_pass("plain memory", check(sample(folder, "#include <string.h>\nint f(char *a, unsigned n); int f(char *a, unsigned n) {"
                                                       "memset(a, 0, n); return (int)strlen(a);}\n"), base))
tap.case("common/base is built", [] if base else [f"{base_archive} is missing"])
domains = sorted(tap.BUILD.glob("services/**/lib*_domain.a"))
tap.case("there are domains to look at", [] if domains else ["no lib*_domain.a in the build folder"])
for domain in domains:
    tap.case(f"{domain.name} is pure", check(domain, base))
tap.end()
