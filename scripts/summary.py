"""Prints the closing lines of both runners and one line that counts them all; fails unless both ran and all passed.

What passed in the browser only when it ran again is flaky: counted by itself, and a failure as soon as it is more than one in a hundred."""

import re
import sys
from pathlib import Path


def read(path: str) -> str:
    file = Path(path)
    return re.sub(r"\x1b\[[0-9;]*m", "", file.read_text(errors="replace")) if file.exists() else ""


cargo, browser = read(sys.argv[1]), read(sys.argv[2])
results = re.findall(r"^test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored.*$", cargo, re.M)
cargo_passed, cargo_failed, ignored = (sum(int(result[n]) for result in results) for n in range(3))
print(f"cargo: {cargo_passed} passed, {cargo_failed} failed, {ignored} ignored in {len(results)} test programs")


def counted(word: str) -> int:
    found = re.findall(rf"^\s*(\d+) {word}\b", browser, re.M)
    return int(found[-1]) if found else 0


browser_passed = counted("passed")
flaky = counted("flaky")
browser_failed = counted("failed") + counted("did not run")
if flaky * 100 > browser_passed:
    browser_failed += flaky
print(f"browser: {browser_passed} passed, {browser_failed} failed, {flaky} flaky, {counted('skipped')} skipped")
print(f"{cargo_passed + browser_passed} passed, {cargo_failed + browser_failed} failed")
sys.exit(0 if results and browser_passed and not cargo_failed and not browser_failed else 1)
