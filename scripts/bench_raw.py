"""What the engines do by themselves: load a file as it is, and index four of its columns by trigrams."""

import csv
import re
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

SEARCHED = ("NAME", "FIRSTNAME", "EMAIL", "COMPANY")


def _header(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return next(csv.reader(text))


def sqlite(folder: Path) -> Callable[[Path], float]:
    def load(file: Path) -> float:
        names = _header(file)
        searched = [n for n, name in enumerate(names) if name in SEARCHED]
        begun = time.perf_counter()
        db = sqlite3.connect(folder / "raw.db")
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.execute(f"create table people (id integer primary key, {', '.join(f'c{n} text' for n in range(len(names)))})")
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = csv.reader(text)
            next(rows)
            db.executemany(f"insert into people values (null, {', '.join('?' * len(names))})", rows)
        db.execute("create virtual table words using fts5(t, content='', tokenize='trigram')")
        joined = " || ' ' || ".join(f"c{n}" for n in searched)
        db.execute(f"insert into words (rowid, t) select id, lower({joined}) from people")
        db.commit()
        db.close()
        return time.perf_counter() - begun

    return load


def database(server: str, name: str) -> str:
    """A fresh database beside the one that the address names."""
    for sql in (f"drop database if exists {name}", f"create database {name}"):
        subprocess.run(["psql", "-qX", server, "-c", sql], check=True, stderr=subprocess.DEVNULL)
    return re.sub(r"/postgres(?=\?|$)", f"/{name}", server)


def postgres(server: str) -> Callable[[Path], float]:
    def load(file: Path) -> float:
        url = database(server, "lagune_bench_raw")
        names = _header(file)
        searched = [n for n, name in enumerate(names) if name in SEARCHED]
        joined = " || ' ' || ".join(f"coalesce(c{n}, '')" for n in searched)
        script = f"""
            create extension pg_trgm;
            create table people ({', '.join(f'c{n} text' for n in range(len(names)))});
            \\copy people from '{file}' with (format csv, header)
            create index on people using gin (lower({joined}) gin_trgm_ops);
        """
        begun = time.perf_counter()
        subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", url], input="\n".join(line.strip() for line in script.splitlines()), text=True, check=True)
        return time.perf_counter() - begun

    return load
