//! Any text as an expression: no panic, a fault has its place, and what is read is a set.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run suggest_expression -- -max_total_time=60`; the bytes are an
//! expression, a byte 0xFF, and a model.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wyvern::model::Document;
use wyvern::suggest::{Expression, Pack, Wanted, suggest};
use wyvern_fuzz::document;

fuzz_target!(|input: &[u8]| {
    let mut parts = input.splitn(2, |byte| *byte == 0xFF);
    let mut next = || parts.next().unwrap_or_default();
    let Ok(text) = std::str::from_utf8(next()) else {
        return;
    };
    let model = document(next());
    match Expression::parse(text) {
        Ok(_) => {
            // Room for `not ()` is needed.
            let other = format!("not ({text})");
            if Expression::parse(&other).is_ok() {
                // Ids of such a model may be there twice, so that only counts say anything.
                let all = count("element or flow", &model);
                assert_eq!(count(text, &model) + count(&other, &model), all);
            }
        }
        Err(error) => {
            assert!(error.at <= text.len() && !error.sentence.is_empty());
            let pack = pack(text);
            assert!(pack.rules.is_empty() && pack.faults.len() == 1);
        }
    }
});

/// A pack with one rule, which holds of this.
fn pack(when: &str) -> Pack {
    let when = serde_json::to_string(when).expect("a text has a spelling");
    // TOML takes every string of JSON but one with this character as it is.
    let when = when.replace('\u{7f}', "\\u007f");
    let text = format!(
        "pack = \"any\"\n[[rule]]\nid = \"any\"\nwhen = {when}\ntitle = \"T\"\nbecause = \"B\"\n\
         description = \"D\"\nmitigation = \"M\"\ncategory.STRIDE = \"Tampering\"\n"
    );
    Pack::read("any.toml", &text)
}

/// Of how many elements and flows it holds.
fn count(when: &str, model: &Document) -> usize {
    let pack = pack(when);
    let found = suggest(model, &[&pack], &Wanted::default());
    found.list.len() + found.left_out
}
