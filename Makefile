# The one front door: `make run`, `make test`. Everything lives in .venv; nothing is installed elsewhere,
# but for Debian's chromium and LibreOffice when `make test` runs as root and finds none.

FITS := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	"$$p" -c '$(FITS)' 2>/dev/null && { command -v "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run test check static tests bench peers samples words pins

help: ## these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

run: $(VENV)/.run ## install what is missing and serve on http://127.0.0.1:8501
	@$(BIN)/python serve.py

test: $(VENV)/.test ## install what is missing and run all tests, browser tests included
	@$(BIN)/python -m tests.browser.find_chromium --install
	@$(BIN)/python -m tests.find_office --install
	@$(BIN)/python -m pytest -n auto --maxprocesses=4 --dist loadfile --no-loadscope-reorder

check: static test ## lint, format, types, then all tests

static: $(VENV)/.test ## lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .

bench: $(VENV)/.test ## measure speed; never part of the tests
	@$(BIN)/python -m benchmarks.run
	@$(BIN)/python -m benchmarks.slider
	@$(BIN)/python -m benchmarks.store 100000
	@$(BIN)/python -m benchmarks.exports
	@$(BIN)/python -m benchmarks.accuracy

peers: $(VENV)/.peers ## our sales model beside pymc-marketing's, into docs/peers.md; some ten minutes
	@PYTENSOR_FLAGS=base_compiledir=$(VENV)/peers/compiled $(VENV)/peers/bin/python -m benchmarks.peers --write

samples: $(VENV)/.test ## make the sample firm's files again, byte for byte
	@$(BIN)/python -m sample_data.make

words: $(VENV)/.test ## bring the catalogues of all languages in step with the code
	@$(BIN)/python -m budget.present.extract

pins: $(VENV)/.test ## compile requirements*.txt anew from pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/python tools/pins.py

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Payoff needs Python 3.11 or newer: install it and run make again."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python cannot make environments here: on Debian and Ubuntu, 'apt-get install python3-venv' helps."; exit 1; }

$(VENV)/.run: requirements.txt | $(BIN)/python
	@echo "Installing what Payoff needs ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.test: requirements-test.txt requirements.txt | $(BIN)/python
	@echo "Installing what Payoff and its tests need ..."
	@$(PIP) --no-compile -r requirements-test.txt
	@touch $@ $(VENV)/.run

$(VENV)/.peers: requirements-peers.txt | $(BIN)/python
	@echo "Installing what is compared with, into an environment of its own ..."
	@$(BIN)/python -m venv $(VENV)/peers
	@$(PIP:$(BIN)%=$(VENV)/peers/bin%) -r requirements-peers.txt
	@touch $@
