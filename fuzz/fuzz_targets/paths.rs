//! Any text as a name: no panic, and what is accepted is safe wherever names go.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run paths -- -max_total_time=60`

#![no_main]

use libfuzzer_sys::fuzz_target;
use wyvern::provider::{BranchName, FilePath, RepositoryName, Segment};

fuzz_target!(|text: &str| {
    if let Ok(name) = Segment::parse(text) {
        assert_eq!(name.as_str(), text);
        assert!(!text.contains('/'));
        assert_safe(text);
    }
    if let Ok(path) = FilePath::parse(text) {
        assert_eq!(path.to_string(), text);
        assert_safe(text);
        assert!(
            path.segments()
                .all(|segment| Segment::parse(segment).is_ok())
        );
    }
    if let Ok(name) = RepositoryName::parse(text) {
        assert_safe(text);
        assert!(text.contains('/'));
        assert!(text.starts_with(name.organisation()));
    }
    if let Ok(name) = BranchName::parse(text) {
        assert_eq!(name.as_str(), text);
        assert!(!name.as_str().starts_with('-'));
        assert_safe(text);
    }
});

/// What no accepted name has, whatever it names.
fn assert_safe(text: &str) {
    assert!(!text.is_empty() && text.len() <= 1000);
    assert!(!text.starts_with('/') && !text.ends_with('/') && !text.contains('\\'));
    assert!(!text.chars().any(char::is_control));
    for part in text.split('/') {
        assert!(!matches!(part, "" | "." | ".."), "{text:?}");
        let lower = part.to_lowercase();
        assert!(lower != ".git" && !lower.ends_with(".lock"), "{text:?}");
    }
}
