# `make help` lists what there is. Everything installs into .venv and node_modules; only the browser that the tests
# need comes from the system's packages.
PYTHON ?= python3
BIN := .venv/bin
NODE_PACKAGES := node_modules/.package-lock.json
JS := miniprogram dev/preview tests/preview tests/miniprogram
# its last test looks back on what the others sent
IN_ONE_PROCESS := tests/web/test_anything.py

.PHONY: help run test check format lint types architecture bench seed preview screenshots browser lock clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.venv/.demo: constraints.txt setup.cfg
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[demo]'
	@touch $@

.venv/.test: .venv/.demo
	@echo "installing what the tests need ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[demo,test]'
	@touch $@

$(NODE_PACKAGES): package-lock.json
	@command -v npm >/dev/null || { echo "Node 20 or newer is needed here: https://nodejs.org"; exit 1; }
	@echo "installing what the mini-program's tools need ..."
	@npm ci --no-audit --no-fund --loglevel error
	@touch $@

browser:
	@$(PYTHON) dev/browser.py

run: .venv/.demo ## the whole demonstration on this machine; Ctrl-C stops it
	@exec $(BIN)/python -m dev.run

seed: .venv/.demo ## load the sample rosters into MONGODB_URI
	@$(BIN)/python -m dev.seed

preview: $(NODE_PACKAGES) ## compile the mini-program for the browser, again after every change
	@node dev/preview/build.mjs miniprogram var/preview --watch

screenshots: .venv/.test $(NODE_PACKAGES) browser ## pictures of every page in its main states, into var/screenshots
	@$(BIN)/python -m dev.screenshots

test: .venv/.test $(NODE_PACKAGES) browser ## all tests
	@node --test --test-reporter dot tests/preview/*.test.mjs tests/miniprogram/*.test.mjs
	@$(BIN)/pytest -n 2 --dist worksteal --ignore $(IN_ONE_PROCESS)
	@PYTHONHASHSEED=0 $(BIN)/pytest $(IN_ONE_PROCESS)

check: lint types architecture test ## everything that must hold before a change lands

format: .venv/.test $(NODE_PACKAGES) ## rewrite Python, JavaScript and style sheets in the project's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@npx prettier --write --log-level warn $(JS)

lint: .venv/.test $(NODE_PACKAGES)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@npx prettier --check --log-level warn $(JS)
	@node dev/preview/lint.mjs miniprogram

types: .venv/.test $(NODE_PACKAGES)
	@$(BIN)/mypy
	@npx tsc -p miniprogram/jsconfig.json

architecture: .venv/.test
	@$(BIN)/lint-imports

lock: .venv/.test ## renew constraints.txt from setup.cfg
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile setup.cfg --all-extras --python-version 3.11 --upgrade \
		--no-emit-index-url --no-header --no-annotate --quiet -o constraints.txt

clean: ## removes what was installed here and the demonstration's data
	rm -rf .venv node_modules var

bench: .venv/.demo ## requests per second of the real server; MONGODB_URI chooses the database
	@$(BIN)/python -m dev.bench
