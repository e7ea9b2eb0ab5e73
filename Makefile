# Two commands matter: `make demo` starts the whole product, `make test` runs its tests. Both set up what they need.

PYTHON ?= python3
SERVICE_PORT ?= 8000
SANDBOX_PORT ?= 9100
DATA ?= data/demo

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PACKAGE := pyproject.toml hatch_build.py $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)

.PHONY: demo demo-reset test test-fast browser chaos check types lint versions docs bench fmt lock clean help

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(VENV)/.runs ## Start sandbox and service in one process on SQLite, with a believable world
	@$(BIN)/inroad demo --service-port $(SERVICE_PORT) --sandbox-port $(SANDBOX_PORT) --data $(DATA)

demo-reset: ## Forget everything that the demo kept
	rm -rf -- $(DATA)

test: $(VENV)/.develops ## Run the whole suite
	$(BIN)/python -m pytest -n 2 --dist worksteal

test-fast: $(VENV)/.develops ## Run what is pure: no socket, disk or sleep
	$(BIN)/python -m pytest tests/unit

browser: $(VENV)/.develops ## Walk the pages in headless Chromium
	$(BIN)/python -m pytest tests/browser

chaos: $(VENV)/.develops ## Kill the service again and again around its sends, the long form
	INROAD_CHAOS_ROUNDS=100 $(BIN)/python -m pytest tests/chaos --timeout 3600

check: lint types versions docs ## Lint, types, import contracts, LinkedIn's versions, documentation

lint: $(VENV)/.develops
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(VENV)/.develops
	$(BIN)/mypy
	$(BIN)/basedpyright --level error

versions: $(VENV)/.develops
	$(BIN)/inroad versions --line marketing --fail-under 60

docs: $(VENV)/.develops ## Build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: $(VENV)/.develops ## Measure, each figure beside its reference in the same run
	$(BIN)/python -m bench

fmt: $(VENV)/.develops ## Format and sort
	$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format --quiet

lock: $(VENV)/.develops ## Pin the dependencies anew, with hashes and without addresses
	for extra in all dev; do $(BIN)/uv pip compile pyproject.toml --extra $$extra --generate-hashes --universal \
	  --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --quiet --upgrade \
	  --output-file requirements/$$extra.txt; done

clean: ## Remove what was installed and built
	rm -rf $(VENV) frontend/node_modules src/inroad/web/dashboard/static

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "inroad needs Python 3.11 or newer; '$(PYTHON)' is not. Name another one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runs: $(BIN)/python requirements/all.txt $(PACKAGE)
	@echo "Installing inroad into $(VENV) (a minute or two, once) ..."
	@test -e $(VENV)/.develops || $(PIP) install --require-hashes -r requirements/all.txt
	@$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/.develops: $(BIN)/python requirements/dev.txt $(PACKAGE)
	@echo "Installing inroad and its tools into $(VENV) (a few minutes, once) ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps -e .
	@touch $@ $(VENV)/.runs
