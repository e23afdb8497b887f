#!/bin/sh
# Runs a command with TEST_DATABASE_URL set to a throwaway PostgreSQL cluster, and removes the cluster afterwards.
# Usage: scripts/with-postgres.sh npm test -- packages/school
set -eu

[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT…]" >&2; exit 2; }

bin=${POSTGRES_BIN:-}
[ -n "$bin" ] || bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || { echo "$0: no PostgreSQL server found; install postgresql or set POSTGRES_BIN" >&2; exit 3; }

dir=$(mktemp -d "${TMPDIR:-/tmp}/edirae-postgres-XXXXXX")
# PostgreSQL refuses to run as root; there it runs as the user its package made.
if [ "$(id -u)" = 0 ]; then
  chown postgres "$dir"
  as_owner() { su postgres -s /bin/sh -c "cd '$dir' && $1"; }
else
  as_owner() { sh -c "$1"; }
fi

stop() {
  as_owner "'$bin/pg_ctl' -D '$dir/data' -m immediate stop" >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM

port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
as_owner "'$bin/initdb' -D '$dir/data' -U edirae -A trust -E UTF8 --no-sync >/dev/null"
# Nothing here outlives the command, so nothing needs to reach the disk.
as_owner "'$bin/pg_ctl' -D '$dir/data' -l '$dir/log' -w -o '-p $port -k $dir -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200' start >/dev/null"

TEST_DATABASE_URL="postgres://edirae@127.0.0.1:$port/postgres"
export TEST_DATABASE_URL
"$@"
