# Everything a newcomer needs: `make demo` and `make test` set up .venv from the lock file by themselves.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup demo test check format

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: setup
	$(BIN)/communique demo

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(MAKE) --no-print-directory test

format: setup
	$(BIN)/ruff check --fix src tests
	$(BIN)/ruff format src tests
