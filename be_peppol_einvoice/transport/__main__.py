# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The command: ``python -m transport [--zone ZONE] [--network FILE] [--json] PARTICIPANT…``."""

import sys

from .command import main

if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(3)
