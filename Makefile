# Everything runs from a fresh Debian or Ubuntu with Python 3.11+, python3-venv and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SOURCE ?= sample:mechanical
OUT ?= packs

comma := ,

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench pack samples lock clean browser bubblewrap crash fuzz scaffolds bench-search eval-code bench-figures bench-shape bench-designs

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 16

setup: $(STAMP) ## Make the environment in .venv

$(STAMP): requirements.lock pyproject.toml scripts/setup.sh
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/setup.sh
	@touch $(STAMP)

run: setup ## Pack the samples and open the library page
	@$(BIN)/patent2tech serve --samples --open

pack: setup ## Make one tech pack: make pack SOURCE=file-or-number-or-sample:NAME
	@$(BIN)/patent2tech pack "$(SOURCE)" --out "$(OUT)"

browser:
	@sh scripts/browser.sh

bubblewrap:
	@sh scripts/sandbox.sh

test: setup browser bubblewrap ## Run every test
	@$(BIN)/python -m pytest

fuzz: setup ## Mutated documents for longer: make fuzz DOCUMENTS=100000
	@P2T_FUZZ_DOCUMENTS=$(or $(DOCUMENTS),100000) $(BIN)/python -m pytest -n 0 -s tests/fuzz

crash: setup ## The kill -9 test for longer: make crash ROUNDS=100
	@P2T_CRASH_ROUNDS=$(or $(ROUNDS),100) $(BIN)/python -m pytest -n 0 tests/security/test_crash_import.py tests/security/test_crash_index.py

scaffolds: setup ## Scaffolds of real patents, run and tested: make scaffolds PATENTS=100
	@P2T_SCAFFOLD_PATENTS=$(or $(PATENTS),100) $(BIN)/python -m pytest -n 0 -s tests/integration/test_scaffolds.py

eval-code: setup ## Writers of code on the reference problems: make eval-code OPTIONS=--recorded
	@$(BIN)/patent2tech eval code $(or $(OPTIONS),--recorded)

check: setup ## Format, lint, types, import rules, docs that match the code
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/mypy --no-incremental samples benchmarks
	@$(BIN)/lint-imports
	@$(BIN)/python scripts/check_docs.py

format: setup ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup ## Print the benchmarks: make bench ONLY="reading growth"
	@$(BIN)/python -m benchmarks $(ONLY)

bench-search: setup ## Speed of search and of its peers in turns: make bench-search SEARCH="--documents 200000 --index FOLDER"
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.searching $(SEARCH)

bench-figures: setup ## Figures found on real and generated sheets, against their truth: make bench-figures FOLDER=packages
	@$(BIN)/python -m benchmarks.figures $(FOLDER)

bench-shape: setup ## Print the 3D benchmark on all levels of the ruler: make bench-shape SHAPE="--levels L0 --limit 3"
	@$(BIN)/python -m benchmarks.shape $(SHAPE)

bench-designs: setup ## Model real design patents, each beside its figures as a picture in OUT: make bench-designs OUT=folder DESIGNS=patents
	@$(BIN)/python -m benchmarks.designs $(OUT) $(DESIGNS)

samples: setup ## Write the sample patents anew
	@$(BIN)/python -m samples

lock: setup ## Resolve the dependencies anew
	@sh scripts/lock.sh

clean: ## Remove the environment and all caches; the library in the data folder stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
