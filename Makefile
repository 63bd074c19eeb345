# 阳光预算: `make run` starts a demonstration, `make test` checks everything, `make bench` measures.
# Needs Python 3.11, Node 20 and make; no root.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
ADDRESS ?= 127.0.0.1:8000
WORKERS ?= 2
PART ?=
SCALE ?= 1

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
VENDOR := static/vendor/.stamp
NODE := node_modules/.tests

# Compiling and rewriting the tests takes every worker of every phase as long as collecting them: kept.
unexport PYTHONDONTWRITEBYTECODE

# Tests never see a developer's .env; the variable is for the recipes that say so.
PYTEST := ENV_FILE=/dev/null $(PY) -m pytest -p no:benchmark -n $(WORKERS) --dist worksteal --durations=20 --ignore=tests/benchmarks
# pytest's status 5, nothing collected, is a note and not a failure.
OR_NONE := || { status=$$?; [ $$status -eq 5 ] && echo "note: no such tests yet"; }

LINTERS := lint-types lint-python lint-imports lint-templates lint-scripts

.PHONY: help install run test lint $(LINTERS) checks test-scripts test-python test-sqlite test-browser coverage soak bench look tour clean

help:
	@echo "make run      install, load the sample data, serve on http://$(ADDRESS)/"
	@echo "make test     every check and test ($(PHASES))"
	@echo "make coverage which lines the tests of the pages, actions and figures run; not Chromium's"
	@echo "make soak     what takes minutes: PART=promise a part of it, SCALE=4 four times as much"
	@echo "make bench    the benchmarks"
	@echo "make look     draw every document of every locality, to be looked at"
	@echo "make tour     take the pictures of the help page and the README again"
	@echo "make clean    remove what was installed and built; keeps db.sqlite3 and media/"

# --- Installing -------------------------------------------------------------------------------------
# Stamps live inside what they describe, so that deleting the directory makes it again.

$(PY):
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.tests: tests/requirements.txt requirements.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@ $(VENV)/.runtime

$(VENDOR): package.json package-lock.json config/vendor.mjs
	npm ci --omit=dev --no-audit --no-fund
	npm run --silent vendor
	@touch $@

# The linter too. `npm ci` begins with an empty node_modules, so the one above takes this stamp away.
$(NODE): package.json package-lock.json config/vendor.mjs
	npm ci --no-audit --no-fund
	npm run --silent vendor
	@touch $@ $(VENDOR)

install: $(VENV)/.runtime $(VENDOR)

# --- Running ----------------------------------------------------------------------------------------

run: install
	$(PY) manage.py migrate --verbosity 0
	$(PY) manage.py load_classification
	$(PY) manage.py load_samples
	@echo; echo "阳光预算  http://$(ADDRESS)/  (Ctrl-C 停止)"; echo
	$(PY) manage.py runserver $(ADDRESS)

# --- Testing ----------------------------------------------------------------------------------------

# Each phase, its seconds at the end.
PHASES := lint checks test-scripts test-python test-sqlite test-browser

test:
	@took=; for phase in $(PHASES); do \
	  begun=$$SECONDS; $(MAKE) --no-print-directory $$phase; took+="$$(printf '%5d s  %s' $$((SECONDS - begun)) $$phase)"$$'\n'; \
	done; printf '%s%5d s  in all\n' "$$took" $$SECONDS

# Two at a time; all of them, whatever the first one says.
lint: $(NODE)
lint: $(VENV)/.tests
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target $(LINTERS)

lint-types:
	ENV_FILE=/dev/null $(BIN)/mypy budgets performance config

lint-python:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-imports:
	$(BIN)/lint-imports

lint-templates:
	$(BIN)/djlint --lint --quiet templates

lint-scripts:
	node_modules/.bin/biome check --error-on-warnings

checks: $(VENV)/.tests $(VENDOR)
	ENV_FILE=/dev/null $(PY) manage.py makemigrations --check --dry-run
	ENV_FILE=/dev/null ENVIRONMENT=production ALLOWED_HOSTS=budget.example \
	  SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	  $(PY) manage.py check --deploy --fail-level WARNING

# What of static/js/ needs no page, in Node's own runner; that there are no tests is a failure.
test-scripts:
	@tests=$$(compgen -G 'tests/scripts/*.test.mjs') || { echo "no tests in tests/scripts/" >&2; exit 1; }; \
	  node --test $$tests

# Everything but the pages in Chromium: on PostgreSQL, or where there is none on SQLite.
test-python: $(VENV)/.tests $(VENDOR)
	$(PY) tests/postgres.py --or-sqlite $(PYTEST_SERVER) --ignore=tests/browser $(OR_NONE)

# What the two databases could answer differently, and the main job, on SQLite too.
test-sqlite: $(VENV)/.tests $(VENDOR)
	env -u DATABASE_URL $(PYTEST) @tests/on_sqlite_too.txt $(OR_NONE)

test-browser: $(VENV)/.tests $(VENDOR)
	$(PY) tests/postgres.py $(PYTEST_SERVER) tests/browser $(OR_NONE)

# Measured and not asserted: lines and branches, those that no test runs in htmlcov/.
coverage: $(VENV)/.tests $(VENDOR)
	$(PY) tests/postgres.py --or-sqlite $(PYTEST_SERVER) --ignore=tests/browser \
	  --cov=budgets --cov=performance --cov=config --cov-branch --cov-report=term:skip-covered --cov-report=html

# Tests marked `soak`, most drawn anew every time: those whose names or files have PART in them, SCALE times as many
# examples as usual. A part is one more test with the mark that looks at SCALE.
soak: $(VENV)/.tests $(VENDOR)
	SCALE=$(SCALE) $(PY) tests/postgres.py $(PYTEST_SERVER) -m soak -k "$(PART)" $(OR_NONE)

# `VARIABLE=value command` is the shell's; under another program it is env's.
test-python test-browser coverage soak: PYTEST_SERVER = env $(PYTEST)

$(VENV)/.bench: tests/benchmarks/requirements.txt tests/requirements.txt requirements.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -r tests/benchmarks/requirements.txt
	@touch $@ $(VENV)/.tests $(VENV)/.runtime

bench: $(VENV)/.bench $(VENDOR)
	@if compgen -G 'tests/benchmarks/test_*.py' >/dev/null; then \
	  env -u DATABASE_URL ENV_FILE=/dev/null $(PY) -m pytest -p no:xdist --benchmark-only tests/benchmarks $(OR_NONE); \
	else echo "note: no benchmarks yet"; fi

# Pictures of the pages as they are now; needs Chromium and fonts-noto-cjk.
tour: $(VENV)/.tests $(VENDOR)
	$(PY) -m tests.browser.tour

# Every document of every locality as pictures in look/, to be looked at; needs LibreOffice, poppler and fonts-noto-cjk.
look: $(VENV)/.tests
	ENV_FILE=/dev/null $(PY) -m tests.look

clean:
	rm -rf $(VENV) node_modules static/vendor staticfiles look .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .coverage htmlcov
