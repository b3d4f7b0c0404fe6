.PHONY: check
check:
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings

.PHONY: bench
bench:
	cargo bench --bench figures
