# Two commands do everything: `make brief` and `make test`. Needs Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip
CASE ?= examples/iraq-talks
OUT ?= out/brief

.PHONY: brief test check evaluate bench lock clean

brief: $(VENV)/.installed ## Read the example case and write the brief
	$(BIN)/detente brief $(CASE) -o $(OUT)

test: $(VENV)/.tested ## Run the whole test suite
	$(BIN)/pytest -q -n auto

check: $(VENV)/.tested ## Format, lint, types, layers
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

evaluate: $(VENV)/.tested ## Score the reading on the annotated data, with its pinned floors
	$(BIN)/python scripts/evaluate.py

# The lock pins every package by hash; run-time packages first, then what the tests need.
$(VENV)/bin/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/uv
	$(UV) install --quiet --verify-hashes --constraint requirements.lock --editable .
	touch $@

$(VENV)/.tested: requirements.lock pyproject.toml $(VENV)/.installed
	$(UV) sync --quiet --require-hashes requirements.lock
	$(UV) install --quiet --no-deps --editable .
	touch $@

lock: | $(VENV)/bin/uv ## Pin the newest packages that fit
	$(UV) compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras --group dev \
		--no-emit-index-url --no-header --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) out
