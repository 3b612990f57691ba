# Order Desk: the one door. `make help` lists what there is.
PYTHON ?= python3
BIN := .venv/bin
AS ?= supervisor
SIZE ?= small

.DEFAULT_GOAL := help
.PHONY: help run tour desk test check intake-counts lint format bench bench-peers proofs screenshots medusa demo-reset golden docs lock setup setup-test

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:
	@$(PYTHON) tools/setup.py run

setup-test:
	@$(PYTHON) tools/setup.py test

run: setup ## open the desk on the demo shop (without a screen: play the tour)
	@$(BIN)/python main.py

tour: setup ## play the tour: real windows, offscreen, a picture per step in .data/tour
	@$(BIN)/python main.py --tour

desk: setup ## open a second desk beside the first: make desk AS=supervisor
	@$(BIN)/python main.py --as $(AS)

demo-reset: setup ## throw the demo's data away; the next run starts anew
	@$(BIN)/python main.py --demo-reset

test: setup-test ## run every check, as CI does
	@$(BIN)/python -m tools.check

check: test ## the same as test

proofs: setup-test ## every test, with nothing left for another day: the 1,000 generated cases, both databases, bad input in quantity
	@PROOFS=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 3 --dist loadgroup tests/unit tests/contract tests/sync tests/gui tests/golden
	@PROOFS=1 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2 --dist worksteal tests/e2e

intake-counts: setup-test ## print how well the keyword table reads 360 sentences: precision and recall by tag
	@$(BIN)/python -m tests.helpers.intake_counts

lint: setup-test ## only the quick checks: ruff, mypy, import contracts, documents
	@$(BIN)/python -m tools.check lint

format: setup-test ## let ruff format the code and mend what it can
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: setup-test ## measure the fourteen bars; SIZE=full: 1,000,000 orders (docs/performance.md)
	@$(BIN)/python -m tests.bench --size $(SIZE)

bench-peers: setup-test ## measure beside live peers, installed from PyPI and npm below BENCH_HOME
	@$(BIN)/python -m tests.bench.peers --size $(SIZE)

screenshots: setup ## take a picture of every screen (docs/screenshots), and of all their states (.data/screenshots)
	@$(BIN)/python -m tools.screenshots
	@$(BIN)/python -m tools.screenshots --set all --sizes small
	@$(BIN)/python -m tools.screenshots --sizes small --scale 1.5

medusa: setup-test ## start a real Medusa 2 shop from npm and walk through it (docs/connectors.md)
	@$(BIN)/python -m tools.medusa

golden: setup-test ## record this version's outbox, replica and keys for later upgrades
	@$(BIN)/python -m tools.golden

docs: setup ## write docs/files.md anew from the first docstring lines (git add new files first)
	@$(BIN)/python -m tools.docs_files --write

lock: setup ## compile requirements.lock anew (UP=--upgrade for newer versions)
	@.tools/uv/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --quiet $(UP) --output-file requirements.lock
