# What a developer types. `make help` lists it.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
export PORT

.PHONY: help run dev test longtest lint bench format translations lock clean venv

help:  ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1|/' | column -t -s '|'

run:  ## Install, load the demo content and serve on PORT (8000)
	@$(PYTHON) scripts/run.py run

venv:
	@$(PYTHON) scripts/run.py dev

dev: venv  ## Serve with error pages for developers and reloading
	@DEBUG=1 $(VENV)/python manage.py runserver 127.0.0.1:$(PORT)

test: venv  ## What needs only Python and takes about five minutes: three tests in four
	@$(VENV)/python -m pytest -n auto -q -m 'not slow'

longtest: venv  ## The others, page by page; .ci/run has them too
	@$(VENV)/python -m pytest -n auto -q -m slow

lint: venv  ## ruff, mypy, templates, migrations, translations, import contracts
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy site search bench
	$(VENV)/djlint templates --lint --quiet
	DJANGO_SETTINGS_MODULE=config.settings.test $(VENV)/python manage.py makemigrations --check --dry-run
	$(VENV)/python scripts/translations.py check
	PYTHONPATH=site:. $(VENV)/lint-imports

bench: venv  ## Speed, as ratios, into docs/benchmarks.md (20 minutes; SIZES=1000,20000,100000)
	@PYTHONPATH=site:. $(VENV)/python -m bench

format: venv  ## Put the code in the house format
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

translations: venv  ## Take new texts into locale/nl, then translate them there
	$(VENV)/python scripts/translations.py update

lock:  ## Lock the requirements anew, with hashes (needs uv in .venv)
	@for f in base dev browser; do \
	  $(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make lock" requirements/$$f.in -o requirements/$$f.txt; done

clean:  ## Throw away the demo database, the index and the caches
	rm -rf var .pytest_cache .mypy_cache .ruff_cache staticfiles
