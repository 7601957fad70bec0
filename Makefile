# One simple command a recipe: make then runs it without a shell between, and a signal to make reaches it.
PYTHON ?= python3

.PHONY: demo demo-reset test check drills bench mutation doctor messages lock clean

demo: ## start everything on http://localhost:8000 (PORT=8001 for another)
	@$(PYTHON) tools/run.py demo

demo-reset: ## throw the demo's data away
	@$(PYTHON) tools/run.py demo-reset

test: ## all tests, Chromium included (ARGS="tests/visits -k decline")
	@$(PYTHON) tools/run.py test

check: ## style, types, layers, migrations, translations, deploy settings
	@$(PYTHON) tools/run.py check

drills: ## kill workers, Redis and the launcher, and see that nothing is lost
	@$(PYTHON) tools/run.py drills

bench: ## a million engagements (SCALE=small: 20 000)
	@$(PYTHON) tools/run.py bench

mutation: ## change the modules of access and competence in small ways: a test must notice (ARGS=competence)
	@$(PYTHON) tools/run.py mutation

doctor: ## what is missing on this machine, and the line that mends it
	@$(PYTHON) tools/run.py doctor

messages: ## gather texts to translate, and compile the translations
	@$(PYTHON) tools/run.py messages

lock: ## write the hashed locks anew (ARGS=--upgrade)
	@$(PYTHON) tools/run.py lock

clean: ## remove .run, .venv and caches
	@$(PYTHON) tools/run.py clean
