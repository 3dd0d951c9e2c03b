# `make help` lists what there is. Everything installs into .venv; nothing outside this directory is touched.
PYTHON ?= python3
BIN := .venv/bin
# its last test looks back on what the others sent
IN_ONE_PROCESS := tests/web/test_anything.py

.PHONY: help run test check format lint types architecture bench seed lock clean

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

run: .venv/.demo ## the whole demonstration on this machine; Ctrl-C stops it
	@exec $(BIN)/python -m dev.run

seed: .venv/.demo ## load the sample rosters into MONGODB_URI
	@$(BIN)/python -m dev.seed

test: .venv/.test ## all tests
	@$(BIN)/pytest -n 2 --dist worksteal --ignore $(IN_ONE_PROCESS)
	@PYTHONHASHSEED=0 $(BIN)/pytest $(IN_ONE_PROCESS)

check: lint types architecture test ## everything that must hold before a change lands

format: .venv/.test ## rewrite the Python files in the project's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: .venv/.test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: .venv/.test
	@$(BIN)/mypy

architecture: .venv/.test
	@$(BIN)/lint-imports

lock: .venv/.test ## renew constraints.txt from setup.cfg
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile setup.cfg --all-extras --python-version 3.11 --upgrade \
		--no-emit-index-url --no-header --no-annotate --quiet -o constraints.txt

clean: ## removes the virtual environment and the demonstration's data
	rm -rf .venv var

bench: .venv/.demo ## requests per second of the real server; MONGODB_URI chooses the database
	@$(BIN)/python -m dev.bench
