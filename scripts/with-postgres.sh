#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL cluster and always takes the cluster away again:
#     scripts/with-postgres.sh cargo test
# The command finds the cluster's address in LAGUNE_TEST_POSTGRES. Works as root too: the server
# itself refuses to run as root and gets the user postgres (or nobody). When the variable is set
# already, the command runs with that cluster.
set -euo pipefail

if [ -n "${LAGUNE_TEST_POSTGRES:-}" ]; then
    exec "$@"
fi

# The newest server programs of the usual places, else those of the path.
bin=$(for initdb in /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; do
    if [ -x "$initdb" ]; then dirname "$initdb"; fi
done | sort -V | tail -n 1)
if [ -z "$bin" ] && command -v initdb > /dev/null && command -v pg_ctl > /dev/null; then
    bin=$(dirname "$(readlink -f "$(command -v initdb)")")
fi
if [ -z "$bin" ]; then
    echo "The tests need PostgreSQL's server programs (initdb, pg_ctl), and there are none here. Install them, on Debian and Ubuntu with: apt-get install postgresql" >&2
    exit 1
fi

# In memory where there is plenty of room (a container's /dev/shm is often tiny), and the command's
# temporary files too: the tests' SQLite files wait for the disk at each commit otherwise. A
# socket's path may have 107 characters: the folder lies flat.
room=$(df --output=avail /dev/shm 2> /dev/null | tail -n 1 || echo 0)
if [ "${room:-0}" -gt 4000000 ] && [ -w /dev/shm ]; then
    folder=$(mktemp -d /dev/shm/lagune-postgres.XXXXXX)
    mkdir "$folder/tmp"
    export TMPDIR=$folder/tmp
else
    folder=$(mktemp -d /tmp/lagune-postgres.XXXXXX)
fi
as=()
if [ "$(id -u)" = 0 ]; then
    owner=$(id -un postgres 2> /dev/null || echo nobody)
    chown "$owner" "$folder"
    as=(setpriv "--reuid=$owner" "--regid=$(id -gn "$owner")" --clear-groups)
fi

stop() {
    trap - EXIT INT TERM HUP
    "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop > /dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fail() {
    echo "The throw-away PostgreSQL cluster did not start:" >&2
    cat "$folder"/*.log >&2 || true
    exit 1
}

cd "$folder"
"${as[@]}" env LC_ALL=C "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync > "$folder/initdb.log" 2>&1 || fail
# Nothing here outlives the tests: what only serves to survive a power cut is off.
cat >> "$folder/data/postgresql.conf" << SETTINGS
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
SETTINGS
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 start > "$folder/start.log" 2>&1 || fail
cd "$OLDPWD"

export LAGUNE_TEST_POSTGRES="postgres://postgres@localhost/postgres?host=$folder"
"$@"
