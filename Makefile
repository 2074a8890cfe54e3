# Two commands: `make run` and `make test`. `make help` lists the rest.
# Needs only Python >= 3.11, git and make; everything else lands in .venv.

# The first Python here that is new enough and can make a virtual environment; empty when there is none.
PYTHON ?= $(firstword $(shell for p in python3.13 python3.12 python3.11 python3.14 python3 python; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p; done))
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
OFFLINE = { echo "Installing failed (see above). Is this machine online? Then try the same command again."; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help run test check lint types contracts docs words soak bench format lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# A stamp, not bin/python: an environment whose making was interrupted is made again.
$(VENV)/venv.stamp:
	@test -n "$(PYTHON)" || { sh requirements/explain-python.sh; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' && $(PYTHON) -m venv --clear $(VENV) || { sh requirements/explain-python.sh "$(PYTHON)"; exit 1; }
	@touch $@

$(VENV)/run.stamp: requirements/run.txt | $(VENV)/venv.stamp
	@echo "Installing what the bot needs (once) ..."
	@$(INSTALL) -r requirements/run.txt || $(OFFLINE)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt | $(VENV)/venv.stamp
	@echo "Installing what the tests need (once) ..."
	@$(INSTALL) -r requirements/dev.txt || $(OFFLINE)
	@touch $@ $(VENV)/run.stamp

run: $(VENV)/run.stamp ## the sandbox with the bot inside; with BOT_TOKEN set, the bot on Telegram
	@if [ -n "$$BOT_TOKEN$$BOT_TOKEN_FILE" ]; then exec $(PY) -m bot run; else exec $(PY) -m sandbox; fi

test: $(VENV)/dev.stamp ## the whole fast suite
	@$(PY) -m pytest -q -n 4 --dist worksteal

check: lint types contracts test ## everything CI checks

lint: $(VENV)/dev.stamp ## ruff: style and format
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .

format: $(VENV)/dev.stamp ## let ruff rewrite what it can
	@$(PY) -m ruff check --fix . ; $(PY) -m ruff format .

types: $(VENV)/dev.stamp ## mypy, strict
	@$(PY) -m mypy

contracts: $(VENV)/dev.stamp ## import-linter: the direction of imports
	@$(BIN)/lint-imports

words: $(VENV)/dev.stamp ## bring the catalogues in step with the words of bot/views
	@$(PY) docs/catalogue.py

docs: $(VENV)/dev.stamp ## write the generated pages of docs/reference again
	@$(PY) -m docs.generate

soak: $(VENV)/dev.stamp ## the long programmes: crashes, fuzz, simulation
	@$(PY) -m pytest -q -m soak -p no:randomly

bench: $(VENV)/dev.stamp ## every benchmark, ratios side by side
	@$(PY) -m benchmarks

lock: ## resolve requirements/*.in again (needs uv on PATH)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q requirements/dev.in -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -c requirements/dev.txt requirements/run.in -o requirements/run.txt

clean: ## forget the virtual environment and all caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .sandbox
