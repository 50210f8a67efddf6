# Fieldcast: `make run` is the site, `make test` is every test. Both set up whatever they need first.

PYTHON ?= python3
UV_VERSION := 0.13.9
# `make setup REQUIREMENTS=requirements.txt` leaves out what only developers need.
REQUIREMENTS ?= requirements-dev.txt
PYTEST_WORKERS ?= auto

PORT ?= 8000
export PORT

flask := .venv/bin/flask --app app
catalogues := $(patsubst %.po,%.mo,$(wildcard lms/translations/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test lint format bench messages requirements

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/ready $(catalogues) ## everything into .venv/, the second time in a second

run: setup ## the site with its demonstration county; PORT= and DATABASE_URL= are honoured
	@$(flask) demo --if-empty
	@exec $(flask) serve

test: setup ## every test: SQLite, PostgreSQL and Chromium
	@.ci/packages test
	@.venv/bin/python -m pytest -n $(PYTEST_WORKERS) $(ARGS)

lint: setup ## style, length and complexity, types, templates
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/mypy
	@.venv/bin/djlint --lint --quiet templates

format: setup ## put imports in order and lay the code out
	@.venv/bin/ruff check --quiet --fix-only .
	@.venv/bin/ruff format .

bench: setup ## what is fast, measured against what: see bench/README.md
	@.venv/bin/python -m bench $(ARGS)

messages: setup ## gather the texts to translate from code and templates into the catalogues
	@.venv/bin/python .ci/messages.py
	@$(MAKE) --no-print-directory setup

requirements: .venv/ready ## compile the two requirements files from pyproject.toml, with hashes
	@.ci/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command 'make requirements' pyproject.toml --output-file requirements.txt
	@.ci/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command 'make requirements' pyproject.toml --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt

.venv/bin/uv:
	@.ci/packages setup
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install -qq --disable-pip-version-check uv==$(UV_VERSION)

.venv/ready: $(REQUIREMENTS) | .venv/bin/uv
	@.ci/uv pip sync --quiet --require-hashes $(REQUIREMENTS)
	@touch $@

%.mo: %.po .venv/ready
	@.venv/bin/pybabel -q compile --input-file $< --output-file $@
