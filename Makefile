# Every command of the project. `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# With -c, because -m loads more modules: a tenth of the time of a build with no changes
HTML := import sys; from essay_series.cli.html import main; sys.exit(main(sys.argv[1:]))
BUILD := PYTHONPATH=plugins $(BIN)/python -c "$(HTML)" content --fatal=errors --settings pelicanconf.py
# Without bytecode, which Python keeps of what it runs, and which the tests are given by all cores at once
define INSTALL
$(PIP) install --no-compile --require-hashes --requirement $(1) \
    || { echo "The packages could not be installed. This needs a network, or a mirror named in PIP_INDEX_URL."; exit 1; }
endef
LOCK := $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
SITE := --extra site --extra images --extra search
ESSAYS := PYTHONPATH=plugins $(BIN)/python -m essay_series

# A virtual environment records its path. If the folder was moved or copied, it is set up again; a link to the
# environment of another folder is left alone, since it is deliberate.
MADE_AT := $(shell test -L $(VENV) || sed -n 's/^command = .* -m venv \(--[a-z-]* \)*//p' $(VENV)/pyvenv.cfg 2>/dev/null)
ifneq "$(MADE_AT)" ""
ifneq "$(MADE_AT)" "$(CURDIR)/$(VENV)"
.PHONY: $(VENV)/python $(VENV)/html $(VENV)/import $(VENV)/book $(VENV)/test
MOVED := yes
endif
endif

# Values are passed on unchanged, even if they contain a dollar sign
OPTIONS := TITLE SIDE SERIES PLAY ANSWERS ENTRY DATE SLUG ESSAY DIR NAME AUTHOR
$(foreach word,$(OPTIONS),$(if $(value $(word)),$(eval override export $(word) := $$(value $(word)))))

# A shell may set variables of these names for something else; only those given to make count
$(foreach word,NAME AUTHOR LANGUAGE TIMEZONE,$(if $(filter environment,$(origin $(word))),$(eval unexport $(word))))

# The commands that make runs in the same way
COMMANDS := init new new-play new-series rename-essay rename-play rename-series move follow import recover status explain \
    why due editors profile publish record gone check check-links verify feed-diff deploy

.DEFAULT_GOAL := help
.PHONY: $(VENV)/tools
.PHONY: help html book serve unit test walk guest coverage compare audit bench lint format golden messages docs reference wheel release lock clean $(COMMANDS)

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

html: $(VENV)/html ## build the site into output/; AS_OF=2009-04-05 builds it as of the end of that day
	@$(BUILD)

book: $(VENV)/book ## build the site, with an EPUB and a PDF of each series
	@BOOK=1 $(BUILD)

serve: $(VENV)/html ## preview the site on this machine, drafts included; open pages follow each change (PORT=8000)
	@exec env $(ESSAYS) serve

init: $(VENV)/html ## start a new site of your own: DIR=../gardens, and NAME AUTHOR LANGUAGE SITEURL TIMEZONE
rename-essay: $(VENV)/html ## change the slug of an essay, wherever it is named: OLD=slug NEW=slug (shows a diff; APPLY=1 writes)
rename-play: $(VENV)/html ## change the slug of a play, wherever it is named: OLD=slug NEW=slug (shows a diff; APPLY=1 writes)
rename-series: $(VENV)/html ## change the slug of a series, wherever it is named: OLD=slug NEW=slug (shows a diff; APPLY=1 writes)
move: $(VENV)/html ## move an essay within its series: ESSAY=slug AFTER=slug (shows a diff; APPLY=1 writes)
follow: $(VENV)/html ## mark the translations of an essay as up to date: ESSAY=slug, INTO=de (shows a diff; APPLY=1 writes)
import: $(VENV)/import ## import the texts of another site: FROM=path (shows a plan; APPLY=1 writes)
recover: $(VENV)/html ## finish a change of several files that was interrupted
new: $(VENV)/html ## start an essay as a draft: TITLE="…", and optionally SIDE SERIES PLAY ANSWERS ENTRY DATE SLUG
new-play: $(VENV)/html ## start a play as a draft: TITLE="…"
new-series: $(VENV)/html ## start a series as a draft: TITLE="…"
status: $(VENV)/html ## show parts, sides, drafts, and what is scheduled, planned or overdue
explain: $(VENV)/html ## explain the place of ESSAY=slug in its series, which pages show it, and what a change would affect
why: $(VENV)/html ## explain why the last build wrote PAGE=essays/one/, or kept it; without PAGE, list all files written
due: $(VENV)/html ## show when the next build is needed for a scheduled essay (FORMAT=json for programs)
editors: $(VENV)/html ## generate editor support for front matter: JSON Schema, Front Matter CMS, snippets
profile: $(VENV)/html ## build the site and print where the time goes (MODE=cold: from nothing, in a temporary folder)
publish: $(VENV)/book ## build the site for its readers into public/: SITEURL=https://…
record: $(VENV)/html ## repair the published record after a merge, a manual edit or a loss
gone: $(VENV)/html ## record a published address as permanently removed: ADDRESS=/essays/one/
check: $(VENV)/html ## check all sources and every built page (FORMAT=text|json|github|sarif, STRICT=1)
check-links: $(VENV)/html ## check all external links (TIME=120, FRESH=1, and the options of check)
verify: $(VENV)/book ## check that two builds in different conditions give the same bytes
feed-diff: $(VENV)/book ## show what subscribers would see if this were published: SITEURL=https://…
deploy: $(VENV)/html ## send public/ to its host: TARGET=github-pages, rsync or s3, TO=… (shows a plan; APPLY=1 sends)

$(COMMANDS):
	@$(ESSAYS) $@

unit: $(VENV)/test ## run the tests that start no process and build no site (EXAMPLES=25 for each property)
	@EXAMPLES=$(or $(EXAMPLES),25) $(BIN)/python -m pytest --quiet --numprocesses auto --dist worksteal -m unit

test: $(VENV)/book $(VENV)/test $(VENV)/tools lint ## check style and types, then run all tests; installs a browser if there is none
	@$(BIN)/python tests/set_up.py browser
	@MAKEFLAGS= $(BIN)/python -m pytest --numprocesses auto --dist worksteal

guest: $(VENV)/test ## compare builds with and without the plugin: SITES=50 random sites, or the Pelican site in SITE=folder
	@$(if $(SITE),PYTHONPATH=plugins:tests $(BIN)/python tests/guest/blog.py '$(SITE)',SITES=$(or $(SITES),50) \
	    $(BIN)/python -m pytest --quiet --numprocesses auto --dist worksteal tests/guest)

coverage: $(VENV)/book $(VENV)/test ## measure the branch coverage of the tests, by package (TESTS=tests/build runs only some)
	@$(BIN)/python tests/covered.py $(TESTS)

compare: $(VENV)/book $(VENV)/test ## compare the sites built from REV=HEAD~1 and from the working tree, or from WITH=another commit
	@$(BIN)/python tests/compare/compare.py

walk: $(VENV)/test ## change a site at random, and compare each incremental build with one from nothing (STEPS=100 WALKS=4 SEED=1)
	@PYTHONPATH=plugins:tests $(BIN)/python tests/walk.py

audit: $(VENV)/test ## check the site with the Nu HTML checker and Lighthouse (needs Node and Java)
	@$(BIN)/python tests/audit/audit.py

bench: $(VENV)/test ## compare the speed with other generators (SIZES=10,100 ROUNDS=3 ONLY=ours,hugo PREVIEW=no)
	@$(BIN)/python tests/bench/bench.py

lint: $(VENV)/test ## check style and types
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m ruff format --check
	@$(BIN)/python -m mypy

format: $(VENV)/test ## format the code
	@$(BIN)/python -m ruff check --fix-only
	@$(BIN)/python -m ruff format

messages: $(VENV)/test ## extract the messages to readers into messages.pot, and update all catalogues
	@$(BIN)/python tools/messages.py

golden: $(VENV)/test ## accept the present output as the golden site of the tests; review the diff
	@APPROVE=1 $(BIN)/python -m pytest --quiet tests/built/test_golden.py

docs: $(VENV)/html reference ## build the documentation as a site with search, in cache/docs/site/
	@$(BIN)/python tools/docs/stage.py
	@PYTHONPATH=plugins $(BIN)/python -m essay_series.adapter.command --fatal=errors --settings tools/docs/pelicanconf.py

reference: $(VENV)/html ## generate docs/reference/ from the code
	@$(BIN)/python tools/reference.py

wheel: $(VENV)/release ## build the source archive and the wheel into dist/, and check them
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation
	@$(BIN)/python -m twine check --strict dist/*

release: $(VENV)/release ## prepare a release on this machine, without pushing anything: VERSION=0.2.0
	@$(BIN)/python tools/release.py '$(VERSION)'

lock: $(VENV)/release ## update the lock files in requirements/
	@$(LOCK) $(SITE) --output-file requirements/site.txt pyproject.toml
	@$(LOCK) $(SITE) --extra import --constraint requirements/site.txt --output-file requirements/import.txt pyproject.toml
	@$(LOCK) $(SITE) --extra book --constraint requirements/site.txt --output-file requirements/book.txt pyproject.toml
	@$(LOCK) --all-extras --group test --constraint requirements/import.txt --constraint requirements/book.txt \
	    --output-file requirements/test.txt pyproject.toml
	@$(LOCK) --group store --output-file requirements/store.txt
	@$(LOCK) --group similar --constraint requirements/test.txt --output-file requirements/similar.txt pyproject.toml
	@$(LOCK) --group release --constraint requirements/test.txt --output-file requirements/release.txt

clean: ## remove everything that builds and the set-up created, and nothing else
	@PYTHONPATH=plugins $(PYTHON) -m essay_series.build.output.made cache/made.json
	@rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@rm -rf __pycache__
	@[ -L cache ] || rm -rf cache/docs cache/audit cache/audited cache/bench cache/compare cache/coverage cache/links.json cache/preview.lock cache/preview.address cache/unchanged-* cache/images cache/*.sqlite* cache/templates.code
	@find plugins tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@[ -L deploy ] || rm -f deploy/nginx.conf deploy/Caddyfile
	@rmdir cache deploy 2>/dev/null || true

$(VENV)/python:
	@$(if $(MOVED),echo "$(VENV) was set up in another folder; setting it up again."; rm -rf $(VENV),:)
	@echo "Setting up a virtual environment of Python in $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or newer is needed; say which with PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/html: requirements/site.txt | $(VENV)/python
	@echo "Installing what the build needs ..."
	@$(call INSTALL,requirements/site.txt)
	@touch $@

$(VENV)/import: requirements/import.txt | $(VENV)/html
	@echo "Installing what an import needs ..."
	@$(call INSTALL,requirements/import.txt)
	@touch $@

$(VENV)/book: requirements/book.txt plugins/essay_series/book/set_up.py | $(VENV)/html
	@echo "Installing what EPUBs and PDFs need ..."
	@$(call INSTALL,requirements/book.txt)
	@$(BIN)/python plugins/essay_series/book/set_up.py
	@touch $@

$(VENV)/test: requirements/test.txt | $(VENV)/html
	@echo "Installing what the tests need ..."
	@$(call INSTALL,requirements/test.txt)
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true # a package may hold a file of another Python
	@touch $@

# With `make --jobs` one thing is installed after the other, by pip as by Debian's packages
ifneq "$(filter test coverage compare,$(MAKECMDGOALS))" ""
$(VENV)/test: | $(VENV)/book
endif

$(VENV)/tools: | $(VENV)/book
	@$(BIN)/python tests/set_up.py tools

$(VENV)/release: requirements/release.txt | $(VENV)/python
	@echo "Installing what builds and checks the packages ..."
	@$(call INSTALL,requirements/release.txt)
	@touch $@
