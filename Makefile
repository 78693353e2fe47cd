# Daily work. PYTHON is the interpreter of the virtual environment.
PYTHON ?= .venv/bin/python

.PHONY: test quick slow golden lint check pictures architecture bench crash fuzz constraints dist distcheck

# Of all tests, or with TESTS=tests/trip of some.
test:
	$(PYTHON) -m pytest -n auto $(TESTS)

quick:
	$(PYTHON) -m pytest -n auto -m "not slow and not browser and not terminal and not crash" \
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

# The sdist, the wheel, travelsec.pyz and, for this system, a folder and a single executable.
# It needs the extra dist: pip install -c constraints.txt -e '.[test,dist]'.
dist:
	$(PYTHON) scripts/make_dist.py

# Run them all outside the repository, travelsec.pyz also with PYTHONS.
distcheck:
	$(PYTHON) scripts/check_dist.py $(PYTHONS)
