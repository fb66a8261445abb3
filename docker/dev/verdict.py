"""The verdict over a test run: what was slow, what was skipped without leave, what Odoo complained about.

A test that skips, or a WARNING or ERROR in Odoo's log, fails the run unless a line of ``tests/allowed_skips.txt`` or
``tests/allowed_log_lines.txt`` names it with a reason.
"""

import argparse
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

LOG_LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (WARNING|ERROR|CRITICAL) \S+ (?P<text>.*)")


def allowed(path):
    """Regular expressions of a list of exceptions: ``expression  # reason``, one a line; a reason is compulsory."""
    patterns = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        expression, _, reason = line.partition("  # ")
        if not reason.strip():
            sys.exit(f"{path.name}:{number}: an exception needs a reason")
        patterns.append(re.compile(expression.strip()))
    return patterns


def cases(path):
    """The test cases of a JUnit file: ``(name, seconds, outcome, message)``."""
    for case in ET.parse(path).getroot().iter("testcase"):
        outcome, message = "passed", ""
        for kind, name in (("failure", "failed"), ("error", "failed"), ("skipped", "skipped")):
            found = case.find(kind)
            if found is not None:
                outcome, message = name, found.get("message", "")
        yield f"{case.get('classname')}::{case.get('name')}", float(case.get("time", 0)), outcome, message


def complaints(path, exceptions):
    """Lines of an Odoo log at WARNING or above that no exception covers, each once, with how often it came."""
    found = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            match = LOG_LINE.match(line)
            if match and not any(pattern.search(line) for pattern in exceptions):
                found[match["text"]] = found.get(match["text"], 0) + 1
    return found


def main():
    """Exit code 0 where everything passed, nothing was skipped or logged without leave."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="the whole suite ran: no tests at all is a failure")
    parser.add_argument("groups", nargs="+")
    arguments = parser.parse_args()
    skips = allowed(arguments.root / "tests" / "allowed_skips.txt")
    logs = allowed(arguments.root / "tests" / "allowed_log_lines.txt")
    count, slow, bad = {"passed": 0, "failed": 0, "skipped": 0}, [], []
    for group in arguments.groups:
        report = arguments.results / f"{group}.xml"
        if not report.exists():
            bad.append(f"{group}: pytest left no report")
            continue
        ran = list(cases(report))
        if arguments.whole and not ran:
            bad.append(f"{group}: no test ran")
        for name, seconds, outcome, message in ran:
            count[outcome] += 1
            slow.append((seconds, name))
            if outcome == "skipped" and not any(pattern.search(f"{name} {message}") for pattern in skips):
                bad.append(f"skipped without leave: {name}: {message}")
        for text, times in complaints(arguments.results / f"{group}.log", logs).items():
            bad.append(f"in Odoo's log ({group}, {times}×): {text[:300]}")
    print("\nThe ten slowest tests:")
    for seconds, name in sorted(slow, reverse=True)[:10]:
        print(f"  {seconds:6.1f} s  {name}")
    if bad:
        print("\nNot acceptable:")
        print("\n".join(f"  {line}" for line in bad))
    print(f"\n{count['passed']} passed, {count['failed'] + len(bad)} failed, {count['skipped']} skipped")
    return 1 if bad or count["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
