# `make lab` to learn, `make test` to prove. Written for GNU make 3.81, which is what macOS has.

PYTHON_ENV := .venv/bin/python
LESSONS := notebooks
# Here JupyterLab looks for settings: ours keep it from asking a class about news and updates.
LAB_SETTINGS := .venv/share/jupyter/lab/settings
LAB_FLAGS ?=
PYTEST_FLAGS ?=
CLASS ?= class
SLIDES ?= slides
STUDENT_FLAGS ?=
FILES ?=
GRADE_FLAGS ?=
MOMENTS ?= 10
SEED ?= 0
WORKER_FLAGS ?=
DIAGNOSE_FLAGS ?=

# Modules of other projects must not get between the lessons and their packages.
unexport PYTHONPATH PYTHONHOME

.PHONY: help lab test test-browser test-binder matrix site test-site test-faults workers lint notebooks links bench diagnose student slides test-slides grade clean new_venv

help:
	@echo "make lab        set up what is missing and open the lessons in JupyterLab"
	@echo "make test       prove that everything works: style, tests, every notebook's outputs"
	@echo "make test-browser  drive the lessons and explorers in a browser, and time them"
	@echo "make test-binder   build what Binder would, run every lesson in it, measure its memory"
	@echo "make matrix     all tests on Python 3.11, 3.12, 3.13, what Colab has, what Binder installs"
	@echo "make site       the lessons as pages to read, explorers live, in .site/html; needs npm"
	@echo "make test-site  the same, and read every page in a browser"
	@echo "make test-faults  kill machines of a training; it must lose nothing (Linux)"
	@echo "make lint       the style of code and notebooks, and the workflows, only"
	@echo "make notebooks  run every notebook and save its outputs, and the picture of the README"
	@echo "make links      carry the address in pyproject.toml into badges and set-up cells"
	@echo "make workers    train on two real workers, on a network of their own (Linux)"
	@echo "make bench      how fast training is, in comparison"
	@echo "make diagnose   how many wrong answers, made by rule, a check tells apart"
	@echo "make student    copies without solutions for a class, in class/"
	@echo "make slides     the lessons as slides, for any browser, in slides/; needs npm"
	@echo "make test-slides  look at every slide in a browser"
	@echo "make grade      run learners' notebooks, FILES=handed_in, and write grades.csv (in a container!)"
	@echo "make clean      remove what the others made, but not your copies in work/"

lab: .venv/.ready
	@$(PYTHON_ENV) tools/copies.py $(LESSONS) work
	@echo "Opening the lessons. Leave this window open, and end them here with Ctrl-C."
	@$(PYTHON_ENV) -m jupyterlab --ServerApp.root_dir=work --LabApp.default_url=/lab/tree/00_start_here.ipynb --ip=127.0.0.1 --log-level=WARN $(LAB_FLAGS)

# Files go to the two processes in the order of collection: the notebooks, a few seconds each, come
# last and keep both busy to the end.
test: lint
	$(PYTHON_ENV) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --nbval --nbval-current-env --nbval-sanitize-with tests/sanitize.cfg $(PYTEST_FLAGS) tests $(LESSONS)

test-browser: .venv/.tests
	@.ci/chromium
	$(PYTHON_ENV) -m pytest -n 2 --dist loadfile $(PYTEST_FLAGS) tests/browser
	@$(PYTHON_ENV) tests/browser/latency.py $(if $(CI),--short)

test-binder:
	@.ci/binder

matrix:
	@.ci/matrix

site: .venv/.site
	@$(PYTHON_ENV) tools/pages.py . .site

test-site: site
	@.ci/chromium
	$(PYTHON_ENV) -m pytest -n 2 $(PYTEST_FLAGS) tests/site

# MOMENTS=1 is short: one worker and one chief. SEED=... repeats what was printed.
test-faults: .venv/.tests
	MOMENTS=$(MOMENTS) SEED=$(SEED) $(PYTHON_ENV) tools/private_network.py $(PYTHON_ENV) -m pytest -rP $(PYTEST_FLAGS) tests/faults

workers: .venv/.ready
	@$(PYTHON_ENV) tools/workers.py $(WORKER_FLAGS)

lint: .venv/.tests
	$(PYTHON_ENV) -m ruff check --quiet .
	$(PYTHON_ENV) -m ruff format --quiet --check .
	.venv/bin/zizmor --offline --no-progress --quiet .github
	$(PYTHON_ENV) -m check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

notebooks: .venv/.tests
	$(PYTHON_ENV) tools/notebooks.py $(LESSONS)
	$(PYTHON_ENV) tools/picture.py $(LESSONS)

links: .venv/.ready
	$(PYTHON_ENV) tools/links.py

bench: .venv/.ready
	$(PYTHON_ENV) tests/benchmarks/bench_training.py
	$(PYTHON_ENV) tests/benchmarks/bench_scaling.py

# DIAGNOSE_FLAGS="--exercise 6.2 --list" shows what got no specific words.
diagnose: .venv/.ready
	@$(PYTHON_ENV) tools/diagnose.py $(DIAGNOSE_FLAGS)

# CLASS=folder; STUDENT_FLAGS=--without-hints leaves out hints too.
student: .venv/.ready
	@$(PYTHON_ENV) tools/student.py $(STUDENT_FLAGS) $(LESSONS) $(CLASS)

# SLIDES=folder
slides: .venv/.ready
	@$(PYTHON_ENV) tools/slides.py $(LESSONS) $(SLIDES)

test-slides: .venv/.tests
	@.ci/chromium
	$(PYTHON_ENV) -m pytest $(PYTEST_FLAGS) tests/browser/test_slides.py

# FILES is taken as a shell takes it: quote names with spaces, FILES="'anna 04.ipynb' ben.ipynb".
grade: .venv/.ready
	@$(PYTHON_ENV) tools/grade.py $(GRADE_FLAGS) -- $(FILES)

clean:
	rm -rf .venv slides .site .pytest_cache .ruff_cache .hypothesis *.egg-info

# .ready is written last and holds the folder's path: where it is missing, set-up was cut short;
# where it differs, the folder was moved; where Python fails, it was removed. Then begin anew.
ifneq ($(shell $(PYTHON_ENV) -c "" 2>/dev/null && cat .venv/.ready 2>/dev/null),$(CURDIR))
.venv/.ready: new_venv
endif

new_venv:
	@python=$$(.ci/find_python) && echo "Setting up .venv with $$python" && "$$python" -m venv --clear .venv

.venv/.ready: requirements.txt pyproject.toml
	@echo "Installing the packages of the lessons: a few minutes the first time"
	@.ci/install $(PYTHON_ENV) -r requirements.txt -e .
	@mkdir -p $(LAB_SETTINGS) && cp tools/overrides.json $(LAB_SETTINGS)
	@pwd -P > $@

.venv/.site: .venv/.tests tools/website/requirements.txt
	@.ci/install $(PYTHON_ENV) -r requirements.txt -r tools/website/requirements.txt
	@touch $@

.venv/.tests: .venv/.ready tests/requirements.txt
	@.ci/install $(PYTHON_ENV) -r requirements.txt -r tests/requirements.txt
	@touch $@
