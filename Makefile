# Daily work. PYTHON is the interpreter of the virtual environment.
PYTHON ?= .venv/bin/python

.PHONY: test quick slow golden lint check pictures architecture bench crash fuzz constraints

# Where the environment forbids bytecode, each worker would rewrite all tests at every start.
test quick slow golden: export PYTHONDONTWRITEBYTECODE =

# Of all tests, or with TESTS=tests/trip of some.
test:
	$(PYTHON) -m pytest -n auto $(TESTS)

quick:
	$(PYTHON) -m pytest -n auto -m "not slow and not browser and not terminal and not crash and not doctored" \
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
