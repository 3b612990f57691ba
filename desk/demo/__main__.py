"""`python -m desk.demo`: the processes of the made-up shop."""

from __future__ import annotations

import sys

from desk.demo.run import main

sys.exit(main())
