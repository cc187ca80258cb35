# Every target sets up what it needs in .venv, from a lock file with hashes.  The machine needs Python 3.11 or newer.
#
#   PYTHON=/path/to/python   which Python to use (else the first fitting one on the PATH)
#   PYTEST="-k search -x"    more options for the tests

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

RUN := .venv/bin/python -m
RUNTIME := .venv/.runtime
DEV := .venv/.dev
NPM := $(shell command -v npm 2>/dev/null)
NODE := node_modules/.package-lock.json
export PYTHON

# PYTHON matters when .venv is made (again), which a changed lock file or project brings about.
$(RUNTIME): requirements.lock pyproject.toml scripts/environment.sh
	@scripts/environment.sh $<
	@touch $@

# The second lock file lists all that the first one lists, in the same versions.
$(DEV): requirements-dev.lock pyproject.toml scripts/environment.sh
	@scripts/environment.sh $<
	@touch $@ $(RUNTIME)

$(NODE): package-lock.json
	@npm ci --silent --ignore-scripts
	@touch $@

.PHONY: setup
setup: $(RUNTIME) ## only set up .venv with the trial-catalog command

.PHONY: site
site: $(RUNTIME) ## build the website into site/ from the documents in seeds/
	@$(RUN) generator build
	@echo
	@echo "The website is in site/.  To look at it: make serve, or"
	@echo "  python3 -m http.server --directory site 8000    and open http://localhost:8000/"

.PHONY: serve
serve: $(RUNTIME) ## live preview: a changed document shows in the browser
	@$(RUN) generator serve

.PHONY: test
test: lint browser ## lint, types and all tests, those in a browser included
	@$(RUN) pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(PYTEST)

.PHONY: coverage
coverage: $(DEV) browser ## all tests, and which lines of generator/ no test runs (commands in processes of their own do not count)
	@$(RUN) pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --cov --cov-report term:skip-covered $(PYTEST)

.PHONY: check
check: lint ## lint and types, and what the documents themselves have wrong
	@$(RUN) generator check

.PHONY: lint
lint: $(DEV) ## ruff (rules and format) and mypy; Biome for scripts and styles
	@.venv/bin/biome lint --error-on-warnings
	@$(RUN) ruff check
	@$(RUN) ruff format --check
	@$(RUN) mypy

.PHONY: types
types: $(if $(NPM),$(NODE)) ## types of the scripts, as TypeScript infers them; needs npm
ifeq ($(NPM),)
	@echo "npm is not installed: the types of the scripts are not checked."
else
	@node_modules/.bin/tsc --project jsconfig.json
	@node_modules/.bin/tsc --project jsconfig.worker.json
endif

.PHONY: fix
fix: $(DEV) ## mend what ruff and Biome can mend, and format
	@.venv/bin/biome lint --write --error-on-warnings
	@$(RUN) ruff check --fix
	@$(RUN) ruff format

.PHONY: docs
docs: $(DEV) ## write the pages of docs/ that are made from the code
	@$(RUN) scripts.write_reference

.PHONY: browser
browser: $(DEV) ## find a browser for the tests, or install one
	@$(RUN) tests.browser.find_browser

LOCK := .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --group build

.PHONY: messages
messages: $(DEV) ## bring our words into the files of all languages, to be translated
	@$(RUN) scripts.update_messages

.PHONY: lock
lock: $(DEV) ## resolve the dependencies anew (make lock UPGRADE=1: to their newest versions)
	@$(RUN) pip install -qq --disable-pip-version-check uv
	@$(LOCK) $(if $(UPGRADE),--upgrade) --group dev --output-file requirements-dev.lock
	@$(LOCK) --constraints requirements-dev.lock --output-file requirements.lock
	@! grep -nE '://|^-|^ *#.* /' requirements.lock requirements-dev.lock || \
		{ echo "error: a lock file names a place of this machine or an index (above)" >&2; exit 1; }

.PHONY: bench
bench: $(DEV) ## measure our builds and, where they are installed, others' (BENCH="--trials 1000": smaller)
	@$(RUN) benchmarks $(BENCH)

.PHONY: clean
clean: ## remove what was built; .venv and the browser stay
	@if [ -d .git ]; then git clean -fdXq -- content; fi
	@rm -rf site build dist .cache/render .mypy_cache .pytest_cache .ruff_cache .hypothesis

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
