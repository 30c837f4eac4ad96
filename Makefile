# `make help` lists what there is. All that is made lies in .bench, .boot, .demo, .venv and build; `make clean` removes it.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?=
WORKERS ?= 2

# A stamp's name holds a checksum of the locks and of this folder: with a valid stamp nothing is fetched, and a moved folder is made anew.
key = $(shell { pwd; cat $(1); } | cksum | cut -d ' ' -f 1)
boot := .boot/ready-$(call key,requirements/boot.lock tools/boot)
demo := .demo/ready-$(call key,requirements/boot.lock requirements/run.lock tools/env)
dev := .venv/ready-$(call key,requirements/boot.lock requirements/dev.lock tools/env)
sources := pyproject.toml README.md LICENSE $(shell find src -type f ! -name '*.py[co]' ! -name '*.nb[ic]')
uv := UV_NO_PROGRESS=1 .boot/bin/uv
lock := $(uv) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.PHONY: help demo setup test lint docs bench lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' Makefile | awk -F ': ' '{printf "make %-8s %s\n", $$1, $$2}'

demo: .demo/installed ## set everything up and run `summitry prepare korea-2019`
	.demo/bin/summitry prepare korea-2019

test: setup ## set everything up, check style, types and layers, and pass the tests
	@tools/browser
	@$(MAKE) lint
	.venv/bin/python -m pytest -q -n $(WORKERS)

setup: .venv/installed ## set up .venv, the environment for working on summitry

lint: .venv/installed ## check style, types and layers
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

docs: .venv/installed ## build the documentation into build/docs
	.venv/bin/sphinx-build -q -W --keep-going -b html docs build/docs

bench: .venv/installed ## measure speed and memory, beside NegMAS where it can be installed
	@failed=; for file in benchmarks/bench_*.py; do \
	    echo "== $$file"; .venv/bin/python $$file || failed="$$failed $$file"; \
	done; [ -z "$$failed" ] || { echo "These benchmarks failed:$$failed" >&2; exit 1; }

lock: $(boot) ## resolve the locks anew (needs the package index)
	$(lock) --upgrade requirements/boot.in -o requirements/boot.lock
	$(lock) --upgrade pyproject.toml -o requirements/run.lock
	$(lock) --upgrade pyproject.toml --extra xlsx --extra events --group dev -c requirements/run.lock -o requirements/dev.lock
	@! grep -n '://' requirements/*.lock

clean: ## remove all that the other targets made
	rm -rf .bench .boot .demo .venv build .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests docs -name __pycache__ -type d -prune -exec rm -rf {} +

$(boot):
	@python=$$(tools/python $(PYTHON)) && tools/boot .boot "$$python"
	@touch $@

$(demo): $(boot)
	@tools/env .boot .demo requirements/run.lock
	@rm -f .demo/ready-* && touch $@

$(dev): $(boot)
	@tools/env .boot .venv requirements/dev.lock
	@rm -f .venv/ready-* && touch $@

.demo/installed: $(demo) $(sources)
	@rm -rf build/wheel
	@$(uv) build --quiet --offline --wheel --no-build-isolation --python .boot/bin/python --out-dir build/wheel .
	@$(uv) pip install --quiet --offline --no-deps --reinstall --compile-bytecode --python .demo/bin/python build/wheel/*.whl
	@touch $@

.venv/installed: $(dev) pyproject.toml
	@$(uv) pip install --quiet --offline --no-deps --no-build-isolation --python .venv/bin/python --editable .
	@touch $@
