#!/usr/bin/env bash
# Measures on both databases beside what each engine does by itself in the same run (make bench):
#     scripts/bench.sh [PROFILES]
# The store by itself goes to bench/sqlite.md and bench/postgres.md, the whole program (command line and REST) to
# bench/README.md. Needs about 8 GB of disk in the temporary folder and half an hour for a million profiles.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/prepare.sh test
profiles=${1:-1000000}
[ -f target/site/pkg/lagune.wasm ] || cargo_ xtask site --release
cargo_ build --release --locked -p store --example bench
cargo_ build --release --locked -p server
browser_packages
LAGUNE_BENCH_BIN=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)/release/lagune
export LAGUNE_BENCH_BIN
program=${CARGO_TARGET_DIR:-target}/release/examples/bench

folder=$(mktemp -d /tmp/lagune-bench.XXXXXX)
as=()
stop() {
    trap - EXIT INT TERM
    if [ -d "$folder/data" ]; then "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m fast -w stop > /dev/null 2>&1 || true; fi
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

# The machine and the settings belong to the figures.
write() {
    local file=bench/$1.md
    mkdir -p bench
    {
        echo "# $2: $profiles profiles of 20 fields"
        echo
        echo "$(date -u +%F), $(nproc) cores, load of the machine before the run: $(cut -d' ' -f1-3 /proc/loadavg). Written by \`make bench\`."
        echo "$3"
        echo
        cat "$folder/table"
    } > "$file"
    echo "wrote $file"
}

"$program" "sqlite://$folder/lagune.db" "$profiles" > "$folder/table"
write sqlite "SQLite" "As Lagune opens it: write-ahead log, a full sync at every commit."
rm -f "$folder"/lagune.db*

bin=$(for initdb in /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; do
    if [ -x "$initdb" ]; then dirname "$initdb"; fi
done | sort -V | tail -n 1)
if [ -z "$bin" ]; then
    echo "PostgreSQL's server programs (initdb, pg_ctl) are missing; on Debian and Ubuntu: apt-get install postgresql" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    owner=$(id -un postgres 2> /dev/null || echo nobody)
    chown "$owner" "$folder"
    as=(setpriv "--reuid=$owner" "--regid=$(id -gn "$owner")" --clear-groups)
fi
"${as[@]}" env LC_ALL=C "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 > "$folder/initdb.log" 2>&1
cat >> "$folder/data/postgresql.conf" << SETTINGS
listen_addresses = ''
unix_socket_directories = '$folder'
shared_buffers = 1GB
max_wal_size = 8GB
SETTINGS
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w start > /dev/null
"$program" "postgres:///postgres?host=$folder&user=postgres" "$profiles" > "$folder/table"
write postgres "PostgreSQL" "Safe settings (fsync on); shared_buffers 1 GB, max_wal_size 8 GB, all else as delivered."
LAGUNE_BENCH_POSTGRES="postgres://postgres@localhost/postgres?host=$folder" python3 scripts/bench.py --profiles "$profiles"
