# Every command installs what it needs first and is quick about it the second time.
.DEFAULT_GOAL := help
# Many tests start the product anew; compiled once, each start costs a tenth.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run test check fmt words scripts bench proof install clean

# Share of core's branches that tests must take, in percent.
CORE_COVERAGE = 100
# Processes the tests run in: more than processors, since many tests wait for a browser or another process.
WORKERS ?= 3
# Core's tests wait for nobody: as many processes as processors.
PROCESSORS := $(shell nproc)
# `make check` sets this to measure how much of core its tests take.
MEASURED ?=
# Further words for the command, as in: make run ARGS="--port 9000", make test ARGS="tests/core -k sla".
ARGS ?=

# Databases and files of tests lie in memory where there is room: no commit waits for a disk.
MEMORY := $(shell [ "$$(df --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 6000000 ] 2>/dev/null && echo /dev/shm)

COVERAGE = --cov=questionnaire/core --cov-branch --cov-fail-under=$(CORE_COVERAGE) --cov-report=term:skip-covered
# They yield to whatever else this machine does. And they are not ahead of the product's own worker, which yields too.
PYTEST = $(if $(MEMORY),TMPDIR=$(MEMORY) )nice -n 19 .venv/bin/python -m pytest --dist loadfile

help: ## this list
	@echo "make run     install what is needed and start the product with sample data"
	@echo "make test    install what tests need and run them"
	@echo "make check   format, lint, types, floors, dependencies, templates, tests, how much of core they take, some promises in turn"
	@echo "make fmt     bring the code into the house's format"
	@echo "make words   bring the catalogues of other languages into line with what the product says"
	@echo "make scripts bundle the scripts of public pages, after a change in static/js; needs npm"
	@echo "make bench   measure speed and size; figures go to docs/benchmarks.md"
	@echo "make proof   try the promises at full size and the laws with many examples; takes long"
	@echo "make clean   remove what the tools made (not your data)"

run:
	@.ci/setup run
	@exec .venv/bin/questionnaire run --demo $(ARGS)

install:
	@.ci/setup test

test: install
	@echo "Running the tests in up to $(WORKERS) processes."
ifeq ($(strip $(ARGS)),)
ifeq ($(MEASURED),)
	@$(PYTEST) -n $(WORKERS) --one-database --ignore=tests/proof
else
	@# Core is covered by its own tests. Measuring it slows down whatever uses it, so the others run without.
	@# What another test left in memory would count by luck too, so tests that are not measured run by themselves.
	@$(PYTEST) -n $(PROCESSORS) $(COVERAGE) -m "not no_cover" tests/core
	@$(PYTEST) -n $(PROCESSORS) -m no_cover tests/core
	@$(PYTEST) -n $(WORKERS) --one-database --ignore=tests/core --ignore=tests/proof
endif
	@echo "make check tries some of the promises of docs/proof.md too, make proof all of them at full size."
else
	@$(PYTEST) -n $(WORKERS) $(ARGS)
endif

check: install
	@echo "Format"       && .venv/bin/ruff format --check --quiet . || { echo "Some files are not in the house's format. Type: make fmt"; exit 1; }
	@echo "Lint"         && .venv/bin/ruff check --quiet .
	@echo "Types"        && .venv/bin/mypy --no-error-summary
	@echo "Floors"       && .ci/quietly .venv/bin/lint-imports --no-logo
	@echo "Dependencies" && .ci/quietly .venv/bin/deptry .
	@echo "Templates"    && .ci/quietly .venv/bin/djlint templates --lint --quiet
	@# A check has 20 minutes on two processors. Of the promises it runs some files, and most tests on one kind of database,
	@# chosen by the seed of the order: pytest says how many it leaves to other runs.
	@$(MAKE) --no-print-directory test MEASURED=yes
	@echo "Promises, small, some of them"
	@$(PYTEST) -n $(WORKERS) --in-turn tests/proof

fmt: install
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

words: install
	@.ci/words
	@PYTHONPATH=. .venv/bin/python .ci/make_phrases.py

scripts: ## for whoever changes a script of public pages; needs npm
	@python3 .ci/make_scripts.py

bench: install
	@for script in tests/bench/bench_*.py; do echo "== $$script"; PYTHONPATH=. .venv/bin/python "$$script" $(ARGS) || exit 1; done

proof: install
	@echo "Trying each promise at full size. This takes long."
	@PROOF_SIZE=full $(PYTEST) -n $(WORKERS) -m "proof or hypothesis" $(ARGS)

clean:
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* dist build
	@find questionnaire tests -name __pycache__ -type d -prune -exec rm -rf {} +
