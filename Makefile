# Every verb of the project. `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PELICAN := $(BIN)/pelican content --fatal=errors
DESK := PYTHONPATH=plugins $(BIN)/python -m essay_series.desk
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help html serve publish feed-diff deploy test audit lint format golden lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

html: $(VENV)/html ## build the site into output/
	@$(PELICAN) --settings pelicanconf.py

serve: $(VENV)/html ## build, show the site on this machine only, and build again after each change
	@PYTHONPATH=plugins $(BIN)/python -m essay_series.desk.serve $(PORT) -- $(PELICAN) --settings pelicanconf.py

publish: $(VENV)/html ## build the site for its readers into public/; give SITEURL=https://…
	@$(DESK).publish

feed-diff: $(VENV)/html ## print what subscribers would see if this were published; give SITEURL=https://…
	@$(DESK).feed_diff

deploy: $(VENV)/html ## send public/ to its host: TARGET=github-pages, rsync or s3, TO=…, and APPLY=1 to do it
	@$(DESK).deploy

test: $(VENV)/test lint ## check the code, then run all tests; sets up a browser if there is none
	@$(BIN)/python tests/set_up.py
	@$(BIN)/python -m pytest

audit: $(VENV)/test ## judge the site by the Nu HTML checker and Lighthouse (needs Node and Java)
	@$(BIN)/python tests/audit/audit.py

lint: $(VENV)/test ## check style and types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: $(VENV)/test ## put the code into its form
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

golden: $(VENV)/test ## approve the small golden site as it is made now; review the difference
	@APPROVE=1 $(BIN)/python -m pytest --quiet tests/test_golden.py

lock: $(VENV)/test ## choose exact versions and hashes of all dependencies anew
	@$(PIP) install uv==0.13.9
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --output-file requirements.txt pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --constraint requirements.txt --group test --output-file requirements-test.txt pyproject.toml

clean: ## remove what builds and set-up made, and nothing else
	@PYTHONPATH=plugins $(PYTHON) -m essay_series.build.made cache/made.json
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@rm -rf __pycache__ cache/audit cache/audited
	@find plugins tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@rmdir cache 2>/dev/null || true

$(VENV)/python: 
	@echo "Setting up Python's virtual environment in $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or newer is needed; say which with PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/html: requirements.txt | $(VENV)/python
	@echo "Installing what the build needs ..."
	@$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/test: requirements-test.txt | $(VENV)/html
	@echo "Installing what the tests need ..."
	@$(PIP) install --require-hashes --requirement requirements-test.txt
	@touch $@
