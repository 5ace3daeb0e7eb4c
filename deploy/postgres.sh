#!/bin/sh
# A private PostgreSQL 15 cluster in a folder of its own: for deploy/up, the tests and the benchmarks alike.
#
#   deploy/postgres.sh init  DIR           makes the cluster in DIR/data, once; nothing to do when it is there
#   deploy/postgres.sh run   DIR           serves in the foreground (for a supervisor)
#   deploy/postgres.sh start DIR           serves in the background and returns when it answers
#   deploy/postgres.sh stop  DIR [MODE]    fast (default), smart or immediate
#   deploy/postgres.sh url   DIR           prints the libpq conninfo without user and database
#
# It listens on a Unix socket only; whoever reaches the socket's folder (mode 0700) is trusted, so the roles and their
# grants are what separates the services. Owner role: hv_owner. fsync and synchronous_commit stay on.
# Pages that go into the log whole after a checkpoint are packed by whoever commits: lz4 takes a fraction of pglz's time.
# PostgreSQL refuses to run as root: root runs it as the user postgres, who may need to pass root's own folders
# (a checkout under /root) and is lent just that capability. HV_PG_OPTIONS adds settings (-c name=value ...);
# HV_PARENT_DEATH names the signal that `run` gets from the kernel when its parent ends (INT: the fast shutdown).
set -eu
command=${1:?usage: postgres.sh init|run|start|stop|url DIR}
mkdir -p "${2:?which folder?}"
dir=$(cd "$2" && pwd)
bin=/usr/lib/postgresql/15/bin
socket=$dir/socket
# A socket's path has at most 107 bytes; a deep checkout gets a folder under /tmp instead.
if [ "$(printf %s "$socket/.s.PGSQL.5432" | wc -c)" -gt 100 ]; then
  socket=/tmp/hv-$(printf %s "$dir" | cksum | tr -d ' ')
fi

as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=postgres --regid=postgres --init-groups \
      --inh-caps=+dac_override,+dac_read_search --ambient-caps=+dac_override,+dac_read_search "$@"
  else
    "$@"
  fi
}

own() {
  mkdir -p "$socket" && chmod 700 "$socket"
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$dir" "$socket"; fi
}

init() {
  [ -s "$dir/data/PG_VERSION" ] && return
  own
  as_postgres "$bin/initdb" -D "$dir/data" -U hv_owner -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 \
    || { cat "$dir/initdb.log" >&2; exit 1; }
  sync "$dir/data" 2>/dev/null || true
  cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 256MB
max_wal_size = 2GB
checkpoint_timeout = 10min
wal_compression = lz4
autovacuum_naptime = 15s
log_min_messages = warning
log_line_prefix = '%m [%p] %a '
timezone = 'UTC'
CONF
}

# shellcheck disable=SC2086
arguments() { printf '%s\n' -D "$dir/data" -k "$socket" ${HV_PG_OPTIONS:-}; }

case $command in
  init) init ;;
  run)
    own
    # What is not set up may not be served: PostgreSQL would say so in a less helpful way.
    [ -s "$dir/data/PG_VERSION" ] || { echo "postgres.sh: $dir/data is no cluster; init comes first" >&2; exit 1; }
    set -- "$bin/postgres"
    if [ "$(id -u)" -eq 0 ]; then
      set -- --reuid=postgres --regid=postgres --init-groups \
        --inh-caps=+dac_override,+dac_read_search --ambient-caps=+dac_override,+dac_read_search -- "$@"
    else
      set -- -- "$@"
    fi
    # Set last, for a change of user would clear it.
    if [ -n "${HV_PARENT_DEATH:-}" ]; then set -- --pdeathsig "$HV_PARENT_DEATH" "$@"; fi
    # shellcheck disable=SC2046
    exec setpriv "$@" $(arguments) ;;
  start)
    init
    own
    as_postgres "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 -o "$(arguments | sed 1,2d | tr '\n' ' ')" start >/dev/null \
      || { tail -20 "$dir/log" >&2; exit 1; } ;;
  stop) as_postgres "$bin/pg_ctl" -D "$dir/data" -w -m "${3:-fast}" stop >/dev/null ;;
  url) printf 'host=%s dbname=hakuvayla\n' "$socket" ;;
  *) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
