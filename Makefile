# What one does often, by name. PY is the environment's Python: make test PY=python3
PY ?= .venv/bin/python
WEB := kg/view/web kg/serve/web
CODE := kg tests benchmarks docs

.PHONY: check format test golden floor cover page docs ci

check: ## linters, format, types
	$(PY) -m ruff check $(CODE)
	$(PY) -m ruff format --check $(CODE)
	$(PY) -m mypy

format: ## write everything as it should be written
	$(PY) -m ruff check --fix $(CODE)
	$(PY) -m ruff format $(CODE)
	for each in $(WEB); do test ! -d $$each/node_modules || npm --prefix $$each run --silent format; done

test: ## all tests but those that need a browser or build the wheel
	$(PY) -m pytest -n auto -m 'not browser and not packaging'

golden: ## keep today's readings; then look at: git diff tests/golden
	$(PY) -m pytest tests/test_golden.py --update-golden
	git diff --stat tests/golden

floor: ## raise the pinned scores to today's
	$(PY) -m pytest tests/test_floor.py --update-floor
	git diff tests/floor.json

cover: ## which lines and branches the tests of the reading and the graph leave out
	$(PY) -m pytest -n auto -m 'not browser and not packaging and not serving' --cov --cov-report=term-missing:skip-covered

page: ## packages of the pages, then their formatter, types, tests, and what they are built into
	for each in $(WEB); do (cd $$each && npm ci --silent && npm run --silent check && npm run --silent build) || exit 1; done

docs: ## the site, into build/site; a warning is an error
	$(PY) -m sphinx -q -W -b html docs build/site

ci: ## all that must pass before a change lands
	.ci/run
