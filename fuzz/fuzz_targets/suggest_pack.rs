//! Any text as a pack of rules: no panic, every fault has a place in the text, and what is read can be asked.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run suggest_pack -- -max_total_time=60`; the bytes are a pack, a byte
//! 0xFF, and a model. The files of `src/suggest/rules` are good seeds.

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use wyvern::suggest::{Pack, Wanted, new_threat, suggest};
use wyvern_fuzz::document;

fuzz_target!(|input: &[u8]| {
    let mut parts = input.splitn(2, |byte| *byte == 0xFF);
    let mut next = || parts.next().unwrap_or_default();
    let Ok(text) = std::str::from_utf8(next()) else {
        return;
    };
    let model = document(next());

    let pack = Pack::read("any.toml", text);
    let lines: Vec<_> = text.split('\n').collect();
    for fault in &pack.faults {
        let line = lines.get(fault.line - 1).expect("the text has the line");
        assert!((1..=line.chars().count() + 1).contains(&fault.column));
        assert!(!fault.sentence.is_empty());
    }
    let ids: BTreeSet<_> = pack.rules.iter().map(|rule| &rule.id).collect();
    assert_eq!(ids.len(), pack.rules.len());

    let found = suggest(&model, &[&pack], &Wanted::default());
    for suggestion in &found.list {
        assert!(
            suggestion
                .rule
                .categories
                .iter()
                .any(|(_, category)| category == suggestion.category)
        );
        let threat = new_threat(suggestion, "new");
        assert!(threat.root().get("title").is_some());
    }
});
