#!/bin/sh
# Installs the Debian packages that the named parts of deploy/packages need and that are missing; says which.
#
#   deploy/packages.sh PART...        e.g. deploy/packages.sh build run
#   deploy/packages.sh --list PART... prints what is missing, one a line, and installs nothing
#
# When nothing is missing it says nothing, asks nobody and reads no index. Root installs directly, others through sudo.
# PostgreSQL is wanted for its programs only: its own "main" cluster is switched off beforehand where nobody has decided
# about it yet (one line in /etc/postgresql-common/createcluster.conf, postgresql-common's documented way), so nothing starts
# to serve because of us.
set -eu
cd "$(dirname "$0")"

known() {
  awk -v part="$1" '$1 == part {found = 1} END {exit !found}' packages
}

# Installed under its own name, or provided by an installed package (a nodejs from elsewhere brings npm along).
present() {
  dpkg-query -W -f '${db:Status-Abbrev}\n' "$1" 2>/dev/null | grep -q '^.i' ||
    dpkg-query -W -f '${db:Status-Abbrev} ,${Provides},\n' | grep '^.i' | tr -d ' ' | grep -qE ",$1(\(|,)"
}

missing() {
  for part in "$@"; do awk -v part="$part" '$1 == part {print $2}' packages; done | sort -u | while read -r package; do
    present "$package" || echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

no_main_cluster() {
  conf=/etc/postgresql-common/createcluster.conf
  [ -e "$conf" ] && return
  as_root mkdir -p "$(dirname "$conf")"
  echo "create_main_cluster = false" | as_root tee "$conf" >/dev/null
}

only_list=
if [ "${1:-}" = --list ]; then only_list=1; shift; fi
if [ $# -eq 0 ] || [ "$1" = --help ]; then sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; exit 2; fi
command -v dpkg-query >/dev/null || { echo "packages.sh: this is not a Debian system; see deploy/packages for what is needed" >&2; exit 1; }

for part in "$@"; do
  known "$part" || { echo "packages.sh: deploy/packages knows no part '$part'" >&2; exit 2; }
done
wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0
if [ -n "$only_list" ]; then echo "$wanted"; exit 0; fi
# shellcheck disable=SC2086
set -- $wanted
echo "installing $# Debian packages: $*"
if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
  echo "packages.sh: needs root or sudo; as root: apt-get install --no-install-recommends $*" >&2
  exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
case " $* " in *" postgresql-15 "*) no_main_cluster ;; esac
{
  as_root apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-unsafe-io "$@"
} </dev/null >"$log" 2>&1 || { tail -30 "$log" >&2; echo "packages.sh: apt-get failed, see above" >&2; exit 1; }
