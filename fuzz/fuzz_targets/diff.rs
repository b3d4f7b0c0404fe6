//! Any two documents compared: no panic, and nothing is told exactly when they are equal.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run diff -- -max_total_time=60`; files of
//! `tests/fixtures/models`, divided by a byte 0xFF, are good seeds.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;
use wyvern::model::{Change, ChangeKind, Diff, Document, Generation, diff};
use wyvern_fuzz::versions;

fuzz_target!(|input: &[u8]| {
    let [_, old, new] = versions(input);
    assert!(diff(&old, &old.clone().formatted()).is_empty());
    for (old, new) in [(&old, &new), (&new, &old)] {
        let diff = diff(old, new);
        assert_eq!(diff.is_empty(), old == new);
        // Only version 1 can say the same in two ways.
        if [old, new].map(Document::generation) == [Generation::V2; 2] {
            let rewritten = |change: &Change| change.kind == ChangeKind::Rewritten;
            assert!(!diff.changes.iter().any(rewritten));
        }
        assert_readable(&diff);
        let meant = diff.clone().without_layout();
        assert_eq!(meant.is_empty(), !diff.has_meaning());
        assert_readable(&meant);
    }
});

/// It can be told in every form, and whatever the models say, no form lets it act.
fn assert_readable(diff: &Diff) {
    let obeyed = |c: char| c.is_control() && c != '\n';
    for text in [diff.text(false), diff.markdown()] {
        assert_eq!(text.is_empty(), diff.is_empty());
        assert!(!text.contains(obeyed));
    }
    assert!(diff.text(true).len() >= diff.text(false).len());
    assert_eq!(diff.summary().is_none(), diff.is_empty());
    if let Some(line) = diff.summary() {
        assert!(!line.trim().is_empty() && !line.contains(char::is_control));
    }
    let json = serde_json::to_string(diff).expect("a diff has a text");
    // Read without a limit of depth: a value as deep as a document may be stands deeper here.
    assert!(serde_json::from_str::<&RawValue>(&json).is_ok());
}
