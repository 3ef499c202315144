# What the project can do, by name. `make` alone lists it.
VENV := .venv
BIN := $(VENV)/bin
HUB_PORT ?= 8000
WORKERS ?= 2
PYTEST_ARGS ?=
FOLDERS = $(shell find hub channels ivr bot knowledge_base routing agent_console config tests \
  -name node_modules -prune -o -name '*.py' -print 2>/dev/null | cut -d/ -f1 | sort -u)
PYTHON = $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
PYTEST := $(BIN)/python -m pytest

export HUB_PORT

.DEFAULT_GOAL := help
# A hub reads 2,000 modules when it starts: compiled once and kept, or compiled at every start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install install-dev web run model rasa test test-servers bench bench-rasa check lint types web-check \
  simulate long lock

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

install: ## Build .venv from the runtime lock; leaves .venv/bin/hub
	@test -n "$(PYTHON)" || { echo "install: Python 3.11 or newer is needed (python3)"; exit 1; }
	@$(PYTHON) config/tools/install.py requirements/runtime.lock --venv $(VENV)

install-dev: install
	@$(BIN)/python config/tools/install.py requirements/dev.lock --venv $(VENV)

web: install ## Build the pages (Node if present, else from a wheel)
	@$(BIN)/python config/tools/build_web.py

run: install web ## Start the demo bank on http://127.0.0.1:$HUB_PORT (8000)
	@exec $(BIN)/hub demo

model: install ## Train the assistant that lies with its sentences (after editing config/bot)
	@$(BIN)/hub bot train --out config/bot/model.npz

rasa: install ## Real Rasa in an environment of its own: install, train, serve beside the hub
	@$(BIN)/python config/tools/install.py requirements/rasa.lock --venv .rasa --alone
	@exec $(BIN)/hub rasa serve

test: install-dev web ## All tests but those of slow servers, within ten minutes
	@echo "test: on $(WORKERS) workers"
	@$(PYTEST) -n $(WORKERS) -m "not servers and not long" $(PYTEST_ARGS)

test-servers: install-dev web ## Tests with slow real servers
	@echo "test-servers: tests marked servers"
	@$(PYTEST) -n $(WORKERS) -m "servers and not long" $(PYTEST_ARGS); status=$$?; \
	  if [ $$status = 5 ]; then echo "test-servers: no test is marked servers, nothing was run"; exit 0; fi; \
	  exit $$status

long: install-dev web ## Tests that take minutes to hours
	@echo "long: tests marked long"
	@$(PYTEST) -n $(WORKERS) -m long --timeout 0 $(PYTEST_ARGS); status=$$?; \
	  if [ $$status = 5 ]; then echo "long: no test is marked long, nothing was run"; exit 0; fi; \
	  exit $$status

bench: install-dev web ## Measure the product beside the raw limit; writes var/bench.json
	@$(BIN)/python -m tests.benchmarks

bench-rasa: install-dev ## Measure real Rasa on the same sentences as the embedded assistant
	@$(BIN)/python config/tools/install.py requirements/rasa.lock --venv .rasa --alone
	@$(BIN)/python -m tests.benchmarks rasa --result var/bench-rasa.json

simulate: install-dev ## Seeded simulation of a working day with faults
	@HUB_SIMULATION_SEEDS=$(or $(SEEDS),200) $(BIN)/pytest -q -n 2 tests/simulation

check: lint types web-check ## Lint, format and types, Python and web (make -k check: all of them)

lint: install-dev
	@echo "check: ruff, lint and format"
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check . || \
	  { echo "check: ruff check --fix and ruff format mend most of it"; exit 1; }

types: install-dev
	@echo "check: mypy"
	@$(BIN)/mypy $(FOLDERS)

web-check: install-dev
	@$(BIN)/python config/tools/build_web.py --check

lock: install-dev ## Write requirements/*.lock from pyproject.toml (UPGRADE=1: newer versions)
	@$(BIN)/python config/tools/lock.py $(if $(UPGRADE),--upgrade)
