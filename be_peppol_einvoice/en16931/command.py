# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Running the command over files."""

import json
import sys
from pathlib import Path

from .engine import validate, validate_file_error
from .source import MAX_BYTES


def read(name: str) -> bytes:
    """The bytes of a file, or of standard input for "-"; never more than can be judged."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def run(options, out) -> int:
    """Judge each file and write its verdict; the exit code is the worst of them."""
    worst = 0
    for name in options.files:
        try:
            report = validate(read(name), options.rules, options.on)
        except OSError as error:
            report = validate_file_error(error, options.rules)
        worst = max(worst, 2 if not report.readable else 0 if report.valid else 1)
        if options.json:
            out.write(json.dumps({"file": name, **report.as_dict(options.language)}, ensure_ascii=False) + "\n")
        else:
            out.write(_text(name, report, options))
    return worst


def _text(name, report, options) -> str:
    """The verdict for people."""
    lines = []
    if not report.readable:
        lines.append(f"{name}: ✗ {report.findings[0].message(options.language)}")
        return "\n".join(lines) + "\n"
    problems = [*report.structure, *report.fatal]
    warnings = report.warning
    mark = "✓" if report.valid else "✗"
    lines.append(f"{name}: {mark} {report.version}: {len(problems)} fatal, {len(warnings)} warnings")
    for finding in [*problems, *(warnings if options.warnings else [])]:
        terms = f" ({', '.join(finding.terms)})" if finding.terms else ""
        lines.append(f"  {finding.severity} {finding.id}{terms}, line {finding.line}: {finding.path}")
        lines.append(f"    {finding.message(options.language)}")
    return "\n".join(lines) + "\n"
