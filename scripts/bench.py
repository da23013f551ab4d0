"""Measures Lagune on each database beside what the engine does by itself in the same run; see scripts/bench.sh."""

import argparse
import csv
import http.client
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from datetime import date
from pathlib import Path

import bench_raw

BINARY = os.environ["LAGUNE_BENCH_BIN"]
FIELDS = 20
WIDE = 300
KINDS = ["single_line", "integer", "date", "boolean", "email"]
EMAIL, PASSWORD = "mess@example.com", "ein Passwort zum Messen"
OUT = Path(__file__).resolve().parent.parent / "bench" / "README.md"


class Lagune:
    """The program on one database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {**os.environ, "LAGUNE_DATABASE_URL": url, "LAGUNE_DATA_DIR": str(folder), "LAGUNE_LISTEN": f"127.0.0.1:{self.port}", "LAGUNE_LOG": "warn"}
        self.call("migrate")
        self.call("user", "create", "--email", EMAIL, "--role", "administrator", "--password-stdin", stdin=PASSWORD)

    def call(self, *words: str, stdin: str = "", out=subprocess.PIPE) -> str:
        done = subprocess.run([BINARY, *words], env=self.environment, input=stdin, stdout=out, text=True, check=True, cwd=self.folder)
        return (done.stdout or "").strip()

    def timed_import(self, pool: str, file: Path, *more: str) -> tuple[float, int, dict]:
        """Seconds, the most memory that was held (in MB), what was counted."""
        begun = time.perf_counter()
        child = subprocess.Popen([BINARY, "import", "--pool", pool, str(file), "--key", "EMAIL", "--json", *more], env=self.environment, stdout=subprocess.PIPE, text=True, cwd=self.folder)
        counted = json.loads(child.stdout.read())
        _, status, used = os.wait4(child.pid, 0)
        assert status == 0, "the import failed"
        return time.perf_counter() - begun, used.ru_maxrss // 1024, counted

    def timed_export(self, pool: str, form: str) -> tuple[float, int]:
        """Seconds, the most memory that was held (in MB)."""
        begun = time.perf_counter()
        child = subprocess.Popen([BINARY, "export", "--pool", pool, "--format", form], env=self.environment, stdout=subprocess.DEVNULL, cwd=self.folder)
        _, status, used = os.wait4(child.pid, 0)
        assert status == 0, "the export failed"
        return time.perf_counter() - begun, used.ru_maxrss // 1024

    def timed_backup(self, pool: str) -> tuple[float, int, int]:
        """Seconds with reading the file again, the most memory that was held (in MB), the size of the file (in MB)."""
        begun = time.perf_counter()
        child = subprocess.Popen([BINARY, "backups", "--pool", pool, "make", "Bench"], env=self.environment, stdout=subprocess.PIPE, text=True, cwd=self.folder)
        file = child.stdout.read().strip()
        _, status, used = os.wait4(child.pid, 0)
        assert status == 0, "the backup failed"
        return time.perf_counter() - begun, used.ru_maxrss // 1024, Path(file).stat().st_size // 1_000_000

    def __enter__(self):
        self.child = subprocess.Popen([BINARY, "serve"], env=self.environment, cwd=self.folder, stdout=subprocess.DEVNULL)
        self.token = self.call("token", "create", "--user", EMAIL)
        for _ in range(600):
            try:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
                self.connection.request("GET", "/readyz")
                if self.connection.getresponse().read() is not None:
                    self.sign_in()
                    return self
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def __exit__(self, *_) -> None:
        self.child.terminate()
        self.child.wait(30)

    def timed(self, method: str, path: str, body: str | None, head: dict) -> tuple[float, bytes]:
        """Milliseconds from the request to the whole answer, on a connection that is open already."""
        # The server closes those that nobody has used for a while.
        if time.monotonic() - self.used > 5:
            self.connection.close()
            self.connection.connect()
        begun = time.perf_counter()
        self.connection.request(method, path, body, head)
        answer = self.connection.getresponse()
        text = answer.read()
        took = (time.perf_counter() - begun) * 1000
        self.used = time.monotonic()
        assert answer.status < 300, text
        return took, text

    def get(self, pool: str, **query: str | int) -> tuple[float, dict]:
        """Milliseconds that REST takes for a list."""
        took, body = self.timed("GET", f"/api/v1/pools/{pool}/profiles?{urllib.parse.urlencode(query)}", None, {"Authorization": f"Bearer {self.token}"})
        return took, json.loads(body)

    def write(self, method: str, path: str, body: dict) -> tuple[float, dict]:
        """Milliseconds that a change takes."""
        head = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        took, text = self.timed(method, f"/api/v1/pools/{path}", json.dumps(body), head)
        return took, json.loads(text)

    def ended(self, job: int) -> float:
        """Waits for a job; the seconds from asking for it to its end."""
        while True:
            _, text = self.timed("GET", f"/api/v1/jobs/{job}", None, {"Authorization": f"Bearer {self.token}"})
            found = json.loads(text)
            if found["finished_at"]:
                assert found["state"] == "done", found
                return (found["finished_at"] - found["created_at"]) / 1000
            time.sleep(0.2)

    def held(self) -> int:
        """The most memory that the server has held so far, in MB."""
        status = Path(f"/proc/{self.child.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) // 1024

    def sign_in(self) -> None:
        form = urllib.parse.urlencode({"email": EMAIL, "password": PASSWORD})
        origin = f"http://127.0.0.1:{self.port}"
        self.connection.request("POST", "/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin})
        answer = self.connection.getresponse()
        answer.read()
        self.used = time.monotonic()
        self.cookie = answer.getheader("Set-Cookie", "").split(";")[0]
        assert self.cookie, answer.status

    def ask(self, what: str, pool: str, **query: str | int) -> float:
        """Milliseconds that the list's own question takes: rows and their number are asked for one after the other."""
        asked = urllib.parse.urlencode({"pool": pool, "query": urllib.parse.urlencode(query)})
        return self.timed("GET", f"/api/profiles/{what}?{asked}", None, {"Cookie": self.cookie})[0]

    def browse(self, pool: str, typed: list[str]) -> dict:
        """What a reader waits for in a real browser."""
        command = ["node", "bench.mjs", f"http://127.0.0.1:{self.port}", EMAIL, pool, *typed]
        done = subprocess.run(command, cwd=OUT.parent.parent / "end2end", input=PASSWORD, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)


def quiet() -> float:
    """Seconds until the machine has nothing to do any more: the worker indexes the fields that few search."""
    begun, still = time.monotonic(), 0
    while still < 3:
        before = cores()
        time.sleep(1)
        after = cores()
        idle = (after[0] - before[0]) / max(1, after[1] - before[1])
        still = still + 1 if idle > 0.93 else 0
        assert time.monotonic() - begun < 1800, "the machine never becomes quiet"
    return time.monotonic() - begun - still


def cores() -> tuple[int, int]:
    """Ticks without work, and all of them."""
    ticks = [int(part) for part in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return ticks[3] + ticks[4], sum(ticks)


def spread(times: list[float]) -> str:
    times = sorted(times)
    return f"{statistics.median(times):.1f} / {times[min(len(times) - 1, int(len(times) * 0.99))]:.1f} ms"


def words(file: Path, letters: range, n: int, inside: bool) -> list[str]:
    """Pieces of words that stand in the file, the same ones each time."""
    dice = random.Random(7)
    with file.open(encoding="utf-8-sig", newline="") as text:
        people = [row for row, _ in zip(csv.DictReader(text), range(20_000))]
    found: list[str] = []
    while len(found) < n:
        word = dice.choice((dice.choice(people)[dice.choice(bench_raw.SEARCHED)] or "").split() or [""])
        size = dice.choice(letters)
        start = dice.randrange(len(word) - size + 1) if inside and len(word) > size else 0
        if len(word) >= size and word[start : start + size].isalnum():
            found.append(word[start : start + size])
    return found


class Rows(list):
    """Rows of the table, told as they come: a run that is broken off has not been for nothing."""

    def append(self, row: tuple[str, str, str]) -> None:
        print(" | ".join(row), file=sys.stderr, flush=True)
        super().append(row)


def measure(name: str, url: str, raw, folder: Path, file: Path, n: int, parts: set[str]) -> list[tuple[str, str, str]]:
    lagune = Lagune(url, folder)
    pool = lagune.call("pool", "create", "Messung")
    seconds, memory, counted = lagune.timed_import(pool, file)
    assert counted["created"] == n, counted
    raw_seconds = raw(file)
    rows = Rows()
    rows.append(
        (f"{name}: import", f"{n / seconds:,.0f} rows/s ({seconds:.1f} s), {memory} MB", f"{n / raw_seconds:,.0f} rows/s: raw load and trigram index; Lagune takes {seconds / raw_seconds:.2f} ×")
    )
    if "move" in parts:
        rows += move(name, lagune, pool, file, n)
    with lagune:
        if "look" in parts:
            rows += look(name, lagune, pool, file, n)
        if "move" in parts:
            rows += restore(name, lagune, pool, n)
            rows += beside(name, lagune, pool, file, n)
        if "shape" in parts:
            rows += reshape(name, lagune, pool, file, n)
    return rows


def move(name: str, lagune: Lagune, pool: str, file: Path, n: int) -> list[tuple[str, str, str]]:
    """Profiles leave the pool and come in again: as they were, changed, as a workbook."""
    rows = Rows()
    for form in ("csv", "ndjson", "xlsx"):
        seconds, memory = lagune.timed_export(pool, form)
        rows.append((f"{name}: export of every field, {form}", f"{n / seconds:,.0f} rows/s ({seconds:.1f} s), {memory} MB", ""))
    seconds, memory, size = lagune.timed_backup(pool)
    rows.append((f"{name}: backup of the whole pool, read again", f"{n / seconds:,.0f} rows/s ({seconds:.1f} s), {memory} MB", f"a file of {size} MB"))
    rewritten, known = changed(file, "CITY")
    seconds, memory, counted = lagune.timed_import(pool, rewritten, "--check")
    assert counted["updated"] == known, counted
    rows.append((f"{name}: check of a file that would change every profile", f"{known / seconds:,.0f} rows/s ({seconds:.1f} s), {memory} MB", "nothing is changed"))
    seconds, memory, counted = lagune.timed_import(pool, rewritten)
    assert counted["updated"] == known, counted
    rows.append((f"{name}: import that changes every profile", f"{known / seconds:,.0f} rows/s ({seconds:.1f} s), {memory} MB", "with the backup before it"))
    book = file.with_suffix(".xlsx")
    with book.open("wb") as out:
        lagune.call("export", "--pool", pool, "--format", "xlsx", out=out)
    seconds, memory, counted = lagune.timed_import(lagune.call("pool", "create", "Mappe"), book)
    assert counted["created"] == counted["rows"], counted
    rows.append((f"{name}: import of a workbook", f"{counted['rows'] / seconds:,.0f} rows/s ({seconds:.1f} s), {memory} MB", f"an XLSX file of {book.stat().st_size // 1_000_000} MB"))
    return rows


def changed(file: Path, column: str) -> tuple[Path, int]:
    """The rows that have a key, with another value in a column; and how many they are."""
    out, known = file.with_stem("changed"), 0
    with file.open(newline="") as rows, out.open("w", newline="") as to:
        rows, to = csv.reader(rows), csv.writer(to)
        head = next(rows)
        at, key = head.index(column), head.index("EMAIL")
        to.writerow(head)
        for row in rows:
            if row[key]:
                to.writerow([*row[:at], row[at] + " Nord", *row[at + 1 :]])
                known += 1
    return out, known


def beside(name: str, lagune: Lagune, pool: str, file: Path, n: int) -> list[tuple[str, str, str]]:
    """What others wait for while a file of the same size comes in."""
    other = lagune.call("pool", "create", "Daneben")
    child = subprocess.Popen([BINARY, "import", "--pool", other, str(file), "--key", "EMAIL", "--json"], env=lagune.environment, stdout=subprocess.DEVNULL, cwd=lagune.folder)
    times, typed = [], words(file, range(3, 8), 300, True)
    while child.poll() is None:
        times.append(lagune.ask("list", pool, q=typed[len(times) % len(typed)]))
        time.sleep(0.1)
    assert child.returncode == 0, "the import failed"
    return [(f"{name}: search, 3 letters and more, while {n:,} rows come in", spread(times), f"{len(times)} searches")]


def look(name: str, lagune: Lagune, pool: str, file: Path, n: int) -> list[tuple[str, str, str]]:
    """What readers wait for."""
    rows = []
    rows.append((f"{name}: the worker has indexed the other fields too", f"{quiet():.0f} s later", "nobody waits for it"))
    for label, list_of_words in (
        ("3 letters and more", words(file, range(3, 8), 300, True)),
        ("1 or 2 letters", words(file, range(1, 3), 100, False)),
    ):
        lagune.ask("list", pool, q=list_of_words[0])
        rows.append((f"{name}: search, {label}, first page", spread([lagune.ask("list", pool, q=word) for word in list_of_words]), ""))
        rows.append((f"{name}: … the number of hits, after it", spread([lagune.ask("count", pool, q=word) for word in list_of_words]), ""))
    rows.append((f"{name}: search by REST, page and number together", spread([lagune.get(pool, q=word)[0] for word in words(file, range(3, 8), 100, True)]), ""))
    for field in ("NAME", "CITY", "ENTRY_DATE", "COMPANY"):
        first_ever = lagune.ask("list", pool, sort=field)
        quiet()
        last = n // 50
        deep = [lagune.ask("list", pool, sort=field, page=random.Random(i).randrange(1, last + 1)) for i in range(60)]
        deep += [lagune.ask("list", pool, sort=field, page=last) for _ in range(20)]
        first = [lagune.ask("list", pool, sort=field) for _ in range(40)]
        rows.append((f"{name}: sorted by {field}, first page", spread(first), f"first time ever {first_ever:.0f} ms"))
        rows.append((f"{name}: sorted by {field}, any page", spread(deep), "the last page among them"))
    # A German keyboard's own letters are no keys to the browser's driver.
    typed = [word.lower() for word in words(file, range(4, 9), 100, False) if word.isascii()]
    seen = lagune.browse(pool, typed[:25])
    rows.append((f"{name}: in Chromium, key press to painted rows", spread(seen["presses"]), f"{len(seen['presses'])} key presses"))
    rows.append((f"{name}: in Chromium, first visit until interactive", spread(seen["interactive"]), "nothing in the cache"))
    return rows


def restore(name: str, lagune: Lagune, pool: str, n: int) -> list[tuple[str, str, str]]:
    """A backup comes back: into a pool whose profiles all lie in the bin, and over profiles that have all changed."""
    _, made = lagune.write("POST", f"{pool}/backups", {"name": "Messung"})
    lagune.ended(made["job"])
    rows = Rows()
    for what, path, change in (
        ("every profile from the bin", "delete", {"query": ""}),
        ("every profile changed back", "edit", {"query": "", "field": "CITY", "value": "Anderswo"}),
    ):
        _, begun = lagune.write("POST", f"{pool}/profiles/{path}", change)
        lagune.ended(begun["id"])
        quiet()
        _, begun = lagune.write("POST", f"{pool}/backups/{made['id']}/restores", {})
        compared = lagune.ended(begun["job"])
        _, run = lagune.write("POST", f"{pool}/restores/{begun['restore']}/run", {})
        seconds = lagune.ended(run["job"])
        rows.append((f"{name}: restore, {what}", f"{n / seconds:,.0f} profiles/s ({seconds:.1f} s)", f"compared in {compared:.1f} s; the server held {lagune.held()} MB at most"))
        quiet()
    return rows


def reshape(name: str, lagune: Lagune, pool: str, file: Path, n: int) -> list[tuple[str, str, str]]:
    """What an administrator waits for while the pool holds its profiles, and whether the list stays fast with many fields."""
    fields = [lagune.write("POST", f"{pool}/fields", {"label": f"Feld {i}", "kind": KINDS[i % len(KINDS)]}) for i in range(WIDE - FIELDS)]
    ids = [field["id"] for _, field in fields]
    keys = [field["key"] for _, field in fields]
    # Every fifth of the new fields is filled somewhere.
    for key in keys[:: len(KINDS) * 5]:
        lagune.write("POST", f"{pool}/profiles/edit", {"query": f"page_size=500&q={words(file, range(3, 8), 1, True)[0]}", "field": key, "value": "gefüllt"})
    quiet()
    dice = random.Random(3)
    added = []
    for i in range(200):
        took, made = lagune.write("POST", f"{pool}/fields", {"label": f"Neu {i}", "kind": KINDS[i % len(KINDS)]})
        added.append(took)
        lagune.write("DELETE", f"{pool}/fields/{made['id']}", {})
    moved = [lagune.write("POST", f"{pool}/fields/{dice.choice(keys)}/move", {"before": dice.choice(ids)})[0] for _ in range(200)]
    renamed = [lagune.write("PATCH", f"{pool}/fields/{dice.choice(keys)}", {"label": f"Umbenannt {i}"})[0] for i in range(200)]
    rows = [(f"{name}: {WIDE} fields: {what}", spread(times), f"slowest {max(times):.0f} ms") for what, times in (("add one", added), ("move one", moved), ("rename one", renamed))]
    searched = words(file, range(3, 8), 200, True)
    lagune.ask("list", pool, q=searched[0])
    rows.append((f"{name}: {WIDE} fields: search, 3 letters and more", spread([lagune.ask("list", pool, q=word) for word in searched]), ""))
    last = n // 50
    lagune.ask("list", pool, sort="NAME")
    quiet()
    deep = [lagune.ask("list", pool, sort="NAME", page=random.Random(i).randrange(1, last + 1)) for i in range(60)]
    rows.append((f"{name}: {WIDE} fields: sorted by NAME, any page", spread(deep), ""))
    wide = lagune.call("pool", "create", "Breit")
    for i in range(WIDE - FIELDS):
        lagune.write("POST", f"{wide}/fields", {"label": f"Feld {i}", "kind": KINDS[i % len(KINDS)]})
    seconds, memory, counted = lagune.timed_import(wide, file)
    assert counted["created"] == n, counted
    rows.append((f"{name}: {WIDE} fields: import", f"{n / seconds:,.0f} rows/s ({seconds:.1f} s), {memory} MB", "the server running beside it"))
    return rows


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--profiles", type=int, default=1_000_000)
    options.add_argument("--databases", default="sqlite,postgres")
    options.add_argument("--parts", default="move,look,shape", help="move: files and backups; look: list and search; shape: fields. The table is only written with all of them")
    wanted = options.parse_args()
    parts = set(wanted.parts.split(","))
    with tempfile.TemporaryDirectory(prefix="lagune-bench-") as scratch:
        base = Path(scratch)
        seed = base / "seed"
        seed.mkdir()
        source = Lagune(f"sqlite://{seed}/seed.db", seed)
        exported, file = base / "exported.csv", base / "people.csv"
        with exported.open("w") as out:
            source.call("export", "--pool", source.call("demo", "--profiles", str(wanted.profiles)), out=out)
        # What a team has of a person; without the fields that the system keeps, as the file of another tool.
        with exported.open(encoding="utf-8-sig", newline="") as rows, file.open("w", newline="") as out:
            csv.writer(out).writerows(row[:FIELDS] for row in csv.reader(rows))
        shutil.rmtree(seed)
        exported.unlink()
        rows = []
        for name in wanted.databases.split(","):
            folder = base / name
            folder.mkdir()
            if name == "sqlite":
                rows += measure("SQLite", f"sqlite://{folder}/lagune.db", bench_raw.sqlite(folder), folder, file, wanted.profiles, parts)
            else:
                server = os.environ["LAGUNE_BENCH_POSTGRES"]
                rows += measure("PostgreSQL", bench_raw.database(server, "lagune_bench"), bench_raw.postgres(server), folder, file, wanted.profiles, parts)
    head = f"# What Lagune takes\n\nWritten by `make bench` on {date.today()}: {wanted.profiles:,} profiles of {FIELDS} fields, {os.cpu_count()} cores. Times are median / 99th percentile, from the request to the whole answer.\n\n"
    table = "| what | Lagune | beside it |\n| --- | --- | --- |\n" + "".join(f"| {a} | {b} | {c} |\n" for a, b, c in rows)
    OUT.parent.mkdir(exist_ok=True)
    if parts == {"move", "look", "shape"}:
        OUT.write_text(head + table)
    print(head + table)


if __name__ == "__main__":
    main()
