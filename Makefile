# `make` lists what there is. Each recipe names, before the `--`, what it has to find on the machine;
# .ci/setup/ installs what is missing and is silent about what is not.
.DEFAULT_GOAL := help
.NOTPARALLEL:

PORT ?= 8080
with := .ci/setup/with
wasm := --target wasm32-unknown-unknown
checkers := rust python

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## build the page and serve it on this machine (PORT=8080)
	@$(with) rust page-std trunk wasm-bindgen wasm-opt -- trunk serve --port $(PORT)

.PHONY: build
build: ## build the page into dist/
	@$(with) rust page-std trunk wasm-bindgen wasm-opt -- trunk build

.PHONY: cli
cli: ## build the command line, target/release/meshwright
	@$(with) rust -- cargo build --release --package meshwright

.PHONY: check
check: lint test-native ## format, lint and test natively: the inner loop

.PHONY: test
test: lint test-native lint-wasm test-wasm test-browser ## every test there is

.PHONY: lint
lint:
	$(with) rust -- cargo fmt --all --check
	$(with) rust -- cargo clippy --locked --workspace --exclude meshwright-web --all-targets -- -D warnings
	$(with) python -- sh -c '"$$SHELLCHECK" .ci/run .ci/setup/with .ci/setup/*.sh tests/lab/full.sh tests/scripts/fake'

.PHONY: test-native
test-native:
	$(with) $(checkers) -- cargo test --locked --workspace --exclude meshwright-web

.PHONY: lint-wasm
lint-wasm:
	$(with) rust wasm -- cargo clippy --locked $(wasm) --package meshwright-web -- -D warnings
	$(with) rust wasm -- cargo clippy --locked $(wasm) --package meshwright-tests --test wasm -- -D warnings

.PHONY: test-wasm
test-wasm: ## the tests that run as Wasm, in a browser
	$(with) rust wasm wasm-bindgen browser -- cargo test --locked $(wasm) --package meshwright-tests --test wasm

.PHONY: test-browser
test-browser: build ## the tests of the built page, in a browser
	$(with) rust -- cargo build --locked --package meshwright
	$(with) browser -- node --test --test-reporter=spec tests/browser/*.test.mjs

# What the lab drives.
programs := lab etcd kubernetes istio gateway-api helm envoy streaming
lab := cargo run --locked --quiet --package meshwright-lab --

.PHONY: lab
lab: ## install bundles for real, on API servers without containers (LAB=CASE for one)
	$(with) rust $(programs) -- sh -euc '$(if $(LAB),$(lab) run $(LAB),\
		$(lab) run --jobs 2 --presets --random 3 --seed 1; $(lab) mutate --jobs 2 --some 5)'

.PHONY: lab-full
lab-full: ## every case, 20 random topologies and every mistake; writes docs/lab.md (SEED=N to repeat)
	$(with) rust $(programs) -- tests/lab/full.sh $(SEED)

.PHONY: bench
bench: build ## time per bundle and per byte, and the size of the first load
	@$(with) rust node -- sh -c 'cargo bench --locked --package meshwright-tests --benches; \
		timed=$$?; echo; node tests/browser/size.mjs && exit $$timed'

.PHONY: golden
golden: ## write tests/golden/ and docs/ anew from what the code makes now
	MESHWRIGHT_BLESS=1 $(with) $(checkers) -- cargo test --locked --package meshwright-tests --test it -- golden docs

.PHONY: fmt
fmt: ## format the code
	@$(with) rust -- cargo fmt --all

.PHONY: deny
deny: ## licences, sources, duplicates and advisories of what we depend on
	@$(with) rust deny -- cargo deny check

.PHONY: clean
clean: ## remove everything that was built
	rm -rf target dist tests/browser/node_modules

.PHONY: clean-tools
clean-tools: ## remove the tools that the set-up made for itself
	rm -rf "$${XDG_CACHE_HOME:-$$HOME/.cache}/meshwright"
