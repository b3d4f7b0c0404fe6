# `make` alone lists what there is to make.
.DEFAULT_GOAL := help
.PHONY: help run forge check test build bench bench-app bench-providers soak
TARGET := $(or $(CARGO_TARGET_DIR),target)
SCHEMATHESIS := $(TARGET)/schemathesis
FUZZ := $(basename $(notdir $(wildcard fuzz/fuzz_targets/*.rs)))
FUZZ_SECONDS := 60
MINUTES := 30
STAGE := @.ci/stage
needs = @command -v $(1) >/dev/null || { echo "$(1) is needed: $(2)" >&2; exit 1; }

help: ## List this
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

run: ## Serve on http://127.0.0.1:3000 with a demo repository; no account, no key, no network
	cargo run --locked -- serve

forge: ## Serve with a GitHub, a GitLab and a Bitbucket of its own, to sign in as ada or grace; no account, no network
	cargo run --locked --example forge

check: ## Format, lints, documentation, types
	$(STAGE) format cargo fmt --check
	$(STAGE) clippy cargo clippy --locked --all-targets -- -D warnings
	$(STAGE) documentation env RUSTDOCFLAGS="-D warnings -A rustdoc::private-intra-doc-links" cargo doc --locked --no-deps --document-private-items
# The build script of the crate has installed node_modules by now.
	$(STAGE) svelte-check npm --prefix static run --silent check
	$(STAGE) "lints of the browser app" npm --prefix static run --silent lint
	$(STAGE) "format of the browser app" npm --prefix static run --silent format:check

test: check ## All that CI runs: check, tests of server and browser app, API conformance, fuzzing, licences
	$(call needs,git,install git)
	$(call needs,redis-server,install Debian's package redis-server)
	@rm -rf $(TARGET)/tmp/printed
ifneq ($(shell command -v cargo-nextest),)
	$(STAGE) "documentation tests" cargo test --locked --quiet --doc
	$(STAGE) "Rust tests" cargo nextest run --locked --no-fail-fast
else
	$(STAGE) "Rust tests" cargo test --locked --quiet --no-fail-fast
endif
	$(STAGE) "secrets in what was printed" python3 tests/printed.py $(TARGET)/tmp/printed
	$(STAGE) vitest npm --prefix static test --silent
	$(call needs,chromium,install Debian's package chromium)
	$(STAGE) "hosts for the browser tests" cargo build --locked --quiet --example forge
	$(STAGE) "browser tests" env WYVERN_BINARY="$(abspath $(TARGET)/debug/wyvern)" npm --prefix static run --silent e2e
	@$(MAKE) --no-print-directory $(SCHEMATHESIS)/bin/st
	$(STAGE) schemathesis python3 tests/schemathesis/run.py $(TARGET)/debug/wyvern $(SCHEMATHESIS)/bin/st
	$(call needs,cargo-fuzz,cargo install --locked cargo-fuzz)
	$(STAGE) "fuzz $(FUZZ)" bash -ec 'for target in $(FUZZ); do \
		RUSTC_BOOTSTRAP=1 cargo fuzz run $$target -- -max_total_time=$(FUZZ_SECONDS); done'
	$(call needs,cargo-deny,cargo install --locked cargo-deny)
	$(STAGE) "licences and sources" cargo deny --locked check licenses bans sources

build: ## The release binary, target/release/wyvern
	cargo build --locked --release

bench: ## Print figures of speed and size
	cargo bench --locked

bench-app: ## Print figures of the editor in a real browser against what they may be; fails when one is missed
	$(call needs,chromium,install Debian's package chromium)
	cargo build --locked --quiet
	WYVERN_BINARY="$(abspath $(TARGET)/debug/wyvern)" npm --prefix static run --silent bench

bench-providers: ## Print figures of models at each host: forges, at once and 50 ms away
	cargo bench --locked -- providers

soak: ## Let people work at all hosts for 30 minutes (MINUTES=…), with faults: is it right, does it grow
	cargo bench --locked -- soak $(MINUTES)

$(SCHEMATHESIS)/bin/st: tests/schemathesis/requirements.txt
	python3 -m venv $(SCHEMATHESIS)
	$(SCHEMATHESIS)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@
