//! Any bytes as a document: no panic, and what is accepted is kept.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run document_parse -- -max_total_time=60`; the files in
//! `tests/fixtures/models` are good seeds.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wyvern::model::json::Json;
use wyvern::model::{Document, upgrade};

fuzz_target!(|bytes: Vec<u8>| {
    // Two texts, divided by a byte that no text has: the stored one and the one that is sent.
    let mut texts = bytes.split(|byte| *byte == 0xFF).map(<[u8]>::to_vec);
    let (stored, sent) = (texts.next().unwrap_or_default(), texts.next());

    if let Ok(json) = Json::parse(stored.clone()) {
        assert_eq!(json.bytes(), stored);
        // `None` is a text that would get many times as long.
        if let Some(revised) = json.revised_by(&json) {
            assert_eq!(revised.as_bytes(), stored);
        }
        if let Some(laid_out) = json.laid_out() {
            let laid_out = Json::parse(laid_out).expect("it stays JSON");
            assert_eq!(laid_out, json);
            if let Some(revised) = json.revised_by(&laid_out) {
                assert_eq!(revised.as_bytes(), stored);
            }
        }
        if let Some(Ok(sent)) = sent.map(Json::parse)
            && let Some(revised) = json.revised_by(&sent)
        {
            assert_eq!(Json::parse(revised).expect("it stays JSON"), sent);
        }
    }
    match Document::parse(stored.clone().into()) {
        Ok(document) => {
            assert_eq!(document.bytes(), stored);
            assert_eq!(document.revised_by(&document).bytes(), stored);
            assert_eq!(document.clone().formatted(), document);
            let _count = document.threat_count();
            if let Ok(new) = upgrade(&document) {
                assert_eq!(
                    upgrade(&new).expect("it is new already").bytes(),
                    new.bytes()
                );
            }
        }
        Err(refusal) => assert!(refusal.to_string().ends_with('.')),
    }
});
