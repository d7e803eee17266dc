# Two commands do everything on a machine with Python 3.11 or newer and git: `make serve` and `make test`.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
JOBS ?= auto

.PHONY: help serve preview check test lint bench fuzz lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The stamps hold what was installed, so a second run installs nothing.
$(VENV)/.site: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Sigap perlu Python 3.11 atau lebih baru; tunjuk dengan PYTHON=...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	for kind in modul program edisi lampiran kurikulum; do $(BIN)/sigap schema $$kind > .vscode/$$kind.schema.json || exit 1; done
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

serve: $(VENV)/.site ## validate, publish all editions to the local gh-pages branch, serve them
	$(BIN)/sigap validate
	$(BIN)/sigap publish --all
	$(BIN)/sigap serve --port $(PORT)

preview: $(VENV)/.site ## live reload of the working tree
	$(BIN)/sigap preview

lint: $(VENV)/.dev ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: $(VENV)/.dev ## what one changed, in under half a minute: lint, the curriculum, the quick tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sigap validate
	$(BIN)/pytest tests/test_layers.py tests/test_cli.py tests/test_versions.py tests/test_forms.py tests/test_workflows.py -m "not site" -n $(JOBS)

test: lint ## everything that must hold: lint, the curriculum itself, all tests
	$(BIN)/sigap validate
	$(BIN)/python tests/get_browser.py
	test tests/tools/node_modules/.package-lock.json -nt tests/tools/package-lock.json || ! command -v npm || npm ci --prefix tests/tools --ignore-scripts --no-audit --no-fund --silent || true
	$(BIN)/pytest -n $(JOBS)

bench: $(VENV)/.dev ## measure speed and size against the targets, as ratios
	$(BIN)/python tests/bench/run.py

fuzz: $(VENV)/.dev ## the fuzz tests for as long as you let them
	SIGAP_FUZZ=1 $(BIN)/pytest tests/test_fuzz.py tests/test_redline.py tests/test_clean_is_publishable.py

lock: $(VENV)/.dev ## pin requirements*.in again, with hashes and without an index
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet uv
	for name in requirements requirements-dev; do \
		$(VENV)/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--no-header -q $$name.in -o $$name.txt || exit 1; \
	done

clean: ## remove what can be made again
	rm -rf $(VENV) build site .pytest_cache .ruff_cache .mypy_cache .hypothesis
