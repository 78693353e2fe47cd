# Daily work. PYTHON is the interpreter of the virtual environment.
PYTHON ?= .venv/bin/python

.PHONY: test lint check pictures bench crash

test:
	$(PYTHON) -m pytest -n auto

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

check: lint test

pictures:
	$(PYTHON) scripts/make_pictures.py

bench:
	$(PYTHON) benchmarks/startup.py

crash:
	$(PYTHON) -m tests.crash 5000
