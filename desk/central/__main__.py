"""`python -m desk.central` is `desk-central`."""

from __future__ import annotations

import sys

from desk.central.cli import main

if __name__ == "__main__":
    sys.exit(main())
