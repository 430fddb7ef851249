# Newswire's commands. Each is one line; what they do is in plugins/newswire/local and in the tools themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test up down status bench bench-extraction bench-classification bench-fetching fuzz prove-docker lint generate lock clean

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 22

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newswire needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	@echo "… installing Postgres, Airflow and all else into $(VENV): one to three minutes, once"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY)   ## run the pipeline by Airflow on the sample newsroom and show the result
	@$(BIN)/newswire local demo

test: $(READY)   ## all tests: real Postgres, real Airflow
	@$(BIN)/python -m pytest

up: $(READY)     ## start Postgres and Airflow for the live catalogue
	@$(BIN)/newswire local up

down: $(READY)   ## stop everything that 'make up' started
	@$(BIN)/newswire local down

status: $(READY) ## what runs, and the ledger
	@$(BIN)/newswire local status || true

bench: $(READY)  ## articles/s, feeds/s, time through Airflow
	@$(BIN)/python -m tests.bench.pipeline

bench-fetching: $(READY)        ## pages and feeds per second of the polite client
	@$(BIN)/python -m tests.bench.fetching

bench-extraction: $(READY)      ## accuracy and speed of extraction beside trafilatura
	@$(BIN)/python -m tests.bench.extraction

bench-classification: $(READY)  ## accuracy and speed of the classifier
	@$(BIN)/python -m tests.bench.classification --out-of-fold

fuzz: $(READY)   ## a million hostile inputs for feeds, dates, URLs, headers, bodies, pages and verdicts
	@nice $(BIN)/python -m tests.bench.fuzz --inputs 1000000 && nice $(BIN)/python -m tests.bench.fuzz_pages && nice $(BIN)/python -m tests.hostile.fuzz --inputs 1000000

prove-docker: $(READY) ## run the steps of docker/ without Docker (not as root)
	@docker/prove.sh

lint: $(READY)   ## ruff and strict mypy
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

generate: $(READY) ## write dags/DAGS.md and sql/DICTIONARY.md anew
	@$(BIN)/python -m newswire.local.generate

lock:            ## resolve the dependencies anew into requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra test --extra train --universal --generate-hashes --no-emit-index-url --no-header -o requirements.lock

clean:           ## stop everything, then remove the environment and all state of this machine
	@if $(BIN)/python -c 'import newswire.local.stack' 2>/dev/null; then $(BIN)/newswire local down --all; fi
	rm -rf $(VENV) .newswire logs
