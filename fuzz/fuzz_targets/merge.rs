//! Any three versions of a model: no panic, and the laws of merging hold.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run merge -- -max_total_time=60`

#![no_main]

use std::collections::HashMap;

use libfuzzer_sys::fuzz_target;
use wyvern::model::{Document, Facts, Level, Policy, Side, Subject, check, merge};
use wyvern_fuzz::versions;

fuzz_target!(|input: &[u8]| {
    let [base, ours, theirs] = versions(input);

    // Where only one side has changed something, its version is the result, byte for byte.
    for (a, b, expected) in [
        (&ours, &ours, &ours),
        (&ours, &base, &ours),
        (&base, &theirs, &theirs),
    ] {
        let merged = merge(Some(&base), a, b, Side::Ours);
        assert_eq!(merged.document, *expected);
        assert!(merged.conflicts.is_empty());
    }
    let merged = merge(Some(&base), &ours, &theirs, Side::Ours);
    let swapped = merge(Some(&base), &theirs, &ours, Side::Theirs);
    assert_eq!(merged.document.bytes(), swapped.document.bytes());
    assert_eq!(merged.conflicts.len(), swapped.conflicts.len());
    for conflict in &merged.conflicts {
        assert!(!conflict.to_string().is_empty());
        assert!(conflict.ours != conflict.theirs);
    }
    let again = Document::parse(merged.document.bytes()).expect("the result is a model");
    assert_eq!(again, merged.document);

    let [ours_has, theirs_has, merged_has] = [&ours, &theirs, &merged.document].map(errors);
    for (kin, count) in merged_has {
        let known = ours_has.get(&kin).unwrap_or(&0) + theirs_has.get(&kin).unwrap_or(&0);
        assert!(count <= known, "{kin:?} is new");
    }

    let _unrelated = merge(None, &ours, &theirs, Side::Theirs);
});

/// How often each rule finds an error, by the cell and the threat that it is about.
fn errors(document: &Document) -> HashMap<(&'static str, Option<String>, Option<String>), usize> {
    let mut counts = HashMap::new();
    for finding in check(document, &Facts::default(), &Policy::default()) {
        if finding.level == Level::Error {
            let Subject { cell, threat, .. } = finding.subject;
            let kin = (
                finding.rule.id,
                cell.map(|cell| cell.id),
                threat.map(|threat| threat.id),
            );
            *counts.entry(kin).or_default() += 1;
        }
    }
    counts
}
