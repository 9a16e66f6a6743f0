# Two commands do all the set-up: `make ask Q="…"` and `make test`. Needs Python 3.11 or newer, and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
BIN    := $(VENV)/bin
Q      ?= What is Meta building to rival GPT-4?

.DEFAULT_GOAL := help
.PHONY: help ask run check preview test lint bench soak scale fuzz screenshots lock clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Clippings needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV), once …" >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Adding the development tools, once …" >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

ask: $(VENV)/.installed  ## ask the shipped coverage: make ask Q="Who reported it first?"
	@$(BIN)/python -m bot ask '$(subst ','\'',$(value Q))'

check: $(VENV)/.installed  ## what would keep the bot from starting
	@$(BIN)/python -m bot check

run: $(VENV)/.installed  ## the Discord bot (DISCORD_TOKEN in the environment)
	@$(BIN)/python -m bot run

preview: $(VENV)/.installed-dev  ## the same bot in a local Discord-like page, no token needed
	@$(BIN)/python -m bot preview

lint: $(VENV)/.installed-dev  ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

test: lint  ## lint, types and every test
	@$(BIN)/python -m pytest -n 2

bench: $(VENV)/.installed-dev  ## search speed beside bm25s and tantivy, in one run
	@$(BIN)/python -m bot bench --passages 1000000

soak: $(VENV)/.installed-dev  ## long load runs
	@$(BIN)/python -m pytest -m soak

scale: $(VENV)/.installed-dev  ## shards in several processes with a database, each killed in turn
	@$(BIN)/python -m pytest -m scale tests/scale

fuzz: $(VENV)/.installed-dev  ## long generated runs
	@$(BIN)/python -m pytest -m fuzz

screenshots: $(VENV)/.installed-dev  ## take the pictures of the manual again (needs Chromium)
	@$(BIN)/python -m docs.screenshots

lock:  ## resolve the pinned versions anew (needs uv)
	uv pip compile --quiet pyproject.toml --output-file requirements.lock --generate-hashes --no-header --python-version 3.11 --universal
	uv pip compile --quiet pyproject.toml --extra opensearch --extra postgres --constraints requirements.lock --output-file requirements-server.lock --generate-hashes --no-header --python-version 3.11 --universal
	uv pip compile --quiet pyproject.toml --all-extras --group dev --constraints requirements.lock --output-file requirements-dev.lock --generate-hashes --no-header --python-version 3.11 --universal

clean:  ## remove the environment and the caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build *.egg-info
