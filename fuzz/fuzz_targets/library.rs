//! Any text as a library, as sources and as a template: no panic, every fault has a place in the text, and
//! an id names one thing.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run library -- -max_total_time=60`

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use wyvern::library::{Kept, Library, Sources, Template, join};
use wyvern::suggest::Fault;

fuzz_target!(|input: &[u8]| {
    match Template::read(input.to_vec().into()) {
        Ok((template, content)) => {
            assert!(!content.is_empty());
            assert!(template.tags.len() <= 50);
        }
        Err(fault) => assert!(fault.line > 0 && fault.column > 0 && !fault.sentence.is_empty()),
    }
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let sources = Sources::read(text);
    assert!(sources.list.len() <= 5);
    have_places(&sources.faults, text);

    let library = Library::read("any.toml", text, &[]);
    have_places(&library.faults, text);
    let kept = Kept {
        libraries: vec![library.clone(), library],
        ..Kept::default()
    };
    let whole = join(kept, []);
    let ids: Vec<_> = whole.entries(&[]).map(|entry| entry.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for entry in whole.entries(&[]) {
        assert_eq!(entry.version().len(), 12);
        assert!(entry.mitigation.chars().count() <= 4_000);
    }
});

fn have_places(faults: &[Fault], text: &str) {
    let lines: Vec<_> = text.split('\n').collect();
    for fault in faults {
        let line = lines.get(fault.line - 1).expect("the text has the line");
        assert!((1..=line.chars().count() + 1).contains(&fault.column));
        assert!(!fault.sentence.is_empty());
    }
}
