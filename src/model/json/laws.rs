//! Laws of the JSON layer, for texts of every layout and spelling.

use std::collections::HashSet;

use proptest::prelude::*;

use super::{Fault, Json, Kind, Value};

/// White space between tokens, of every kind.
fn space() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        2 => Just(" ".to_owned()),
        2 => Just("\n  ".to_owned()),
        1 => "[ \t\r\n]{0,4}",
    ]
}

/// A string's characters, some of them escaped in one of the ways that JSON has.
fn string() -> impl Strategy<Value = String> {
    let plain = any::<char>().prop_map(|c| {
        let quoted = serde_json::Value::from(c.to_string()).to_string();
        quoted[1..quoted.len() - 1].to_owned()
    });
    let escaped = any::<char>().prop_map(|c| {
        let mut units = [0; 2];
        let units = c.encode_utf16(&mut units).iter();
        units.fold(String::new(), |text, unit| text + &format!("\\u{unit:04X}"))
    });
    let short = prop::sample::select(vec!["\\/", "\\b", "\\f", "\\n", "\\\"", "a", "b", "id"]);
    let piece = prop_oneof![plain, escaped, short.prop_map(str::to_owned)];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

fn scalar() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec!["null", "true", "false", "0", "1", "2", "1.0", "-0"]);
    prop_oneof![
        words.prop_map(str::to_owned),
        string(),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,2})?",
    ]
}

/// The keys of an object: few, so that two objects often share some.
fn key() -> impl Strategy<Value = String> {
    let few = prop::sample::select(vec!["\"a\"", "\"\\u0062\"", "\"c\"", "\"d\"", "\"id\""]);
    prop_oneof![9 => few.prop_map(str::to_owned), 1 => string()]
}

/// Any JSON text, without white space around it.
fn value() -> impl Strategy<Value = String> {
    scalar().prop_recursive(5, 60, 6, |inner| {
        let element = (space(), inner.clone(), space());
        let element = element.prop_map(|(before, value, after)| before + &value + &after);
        let member = (space(), key(), space(), space(), inner, space());
        let array = (space(), prop::collection::vec(element, 0..6));
        let object = (space(), prop::collection::vec(member, 0..6));
        prop_oneof![
            array.prop_map(|(empty, elements)| match elements.as_slice() {
                [] => format!("[{empty}]"),
                _ => format!("[{}]", elements.join(",")),
            }),
            object.prop_map(|(empty, members)| {
                let mut seen = HashSet::new();
                let members: Vec<_> = members
                    .into_iter()
                    .filter(|(_, key, ..)| seen.insert(decoded(key)))
                    .map(|(a, key, b, c, value, d)| format!("{a}{key}{b}:{c}{value}{d}"))
                    .collect();
                match members.as_slice() {
                    [] => format!("{{{empty}}}"),
                    _ => format!("{{{}}}", members.join(",")),
                }
            }),
        ]
    })
}

fn decoded(quoted: &str) -> String {
    serde_json::from_str(quoted).expect("a valid string")
}

/// Any JSON text.
fn text() -> impl Strategy<Value = String> {
    (space(), value(), space()).prop_map(|(before, value, after)| before + &value + &after)
}

fn json(text: &str) -> Json {
    Json::parse(text.to_owned()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn laid_out(json: &Json) -> String {
    json.laid_out().expect("a small text is laid out")
}

fn revised(stored: &Json, incoming: &Json) -> String {
    stored
        .revised_by(incoming)
        .expect("small texts are revised")
}

/// The same value as `serde_json` has it, taken from our index.
fn as_serde(value: Value<'_>) -> serde_json::Value {
    match value.kind() {
        Kind::Null => serde_json::Value::Null,
        Kind::Bool => value.as_bool().into(),
        Kind::Number => serde_json::from_str(value.raw()).expect("a number"),
        Kind::Text => value.as_text().into(),
        Kind::Array => value.elements().map(as_serde).collect(),
        Kind::Object => {
            let member = |(key, value): (Value<'_>, _)| {
                (key.as_text().expect("a key").into_owned(), as_serde(value))
            };
            value.members().map(member).collect()
        }
    }
}

/// Keys that both objects have, in the order of the first.
fn common_keys(first: Value<'_>, second: Value<'_>) -> Vec<String> {
    let keys = first.members().filter_map(|(key, _)| key.as_text());
    keys.filter(|key| second.get(key).is_some())
        .map(std::borrow::Cow::into_owned)
        .collect()
}

const PUNCTUATION: &[u8] = b" \"\\{}[],:019.eE-+utn";

/// Swaps, drops and doubles parts of a text, so that most of it stays.
fn mangled() -> impl Strategy<Value = Vec<u8>> {
    let edit = (
        any::<prop::sample::Index>(),
        prop::option::of(any::<u8>()),
        any::<bool>(),
    );
    (text(), prop::collection::vec(edit, 1..3)).prop_map(|(text, edits)| {
        let mut bytes = text.into_bytes();
        for (place, byte, ascii) in edits {
            let at = place.index(bytes.len());
            match byte {
                Some(byte) if ascii => {
                    bytes.insert(at, PUNCTUATION[usize::from(byte) % PUNCTUATION.len()]);
                }
                Some(byte) => bytes.insert(at, byte),
                None => drop(bytes.remove(at)),
            }
            if bytes.is_empty() {
                break;
            }
        }
        bytes
    })
}

proptest! {
    #[test]
    fn reading_and_writing_gives_the_same_bytes(text in text()) {
        let json = json(&text);
        prop_assert_eq!(json.text(), &text);
        prop_assert_eq!(json.root().raw(), text.trim_matches([' ', '\t', '\r', '\n']));
    }

    #[test]
    fn values_are_what_serde_json_reads(text in text()) {
        // serde_json rounds numbers; both sides round the same text.
        let other: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
        let json = json(&text);
        prop_assert_eq!(as_serde(json.root()), other.clone());
        let keys = |value: &serde_json::Value| value.to_string();
        prop_assert_eq!(keys(&as_serde(json.root())), keys(&other), "the order of keys");
    }

    #[test]
    fn the_same_texts_are_refused_as_serde_json_refuses(bytes in mangled()) {
        let ours = Json::parse(bytes.clone());
        let theirs = serde_json::from_slice::<serde_json::Value>(&bytes);
        match (&ours, &theirs) {
            (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
            // The known differences: we are stricter about keys, and do not compute numbers.
            (Err(error), Ok(_)) => prop_assert_eq!(error.fault, Fault::DuplicateKey),
            (Ok(_), Err(error)) => {
                prop_assert!(error.to_string().contains("number out of range"), "{}", error);
            }
        }
    }

    #[test]
    fn laying_out_changes_white_space_only(text in text()) {
        let once = laid_out(&json(&text));
        prop_assert_eq!(json(&once), json(&text));
        prop_assert_eq!(&laid_out(&json(&once)), &once);
        let value: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
        let canonical = serde_json::to_string_pretty(&value).expect("a value has a text");
        prop_assert_eq!(laid_out(&json(&canonical)), canonical);
    }

    #[test]
    fn a_revision_says_what_was_sent(stored in text(), incoming in text()) {
        let (stored, incoming) = (json(&stored), json(&incoming));
        let saved = json(&revised(&stored, &incoming));
        prop_assert_eq!(&saved, &incoming);
        let order = |other: &Json| common_keys(other.root(), stored.root());
        prop_assert_eq!(order(&saved), common_keys(stored.root(), incoming.root()));
    }

    #[test]
    fn a_revision_by_itself_changes_nothing(text in text()) {
        let json = json(&text);
        prop_assert_eq!(revised(&json, &json), text);
    }

    #[test]
    fn a_revision_by_another_spelling_changes_nothing(text in text()) {
        let stored = json(&text);
        let value: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
        let respelled = json(&laid_out(&stored));
        prop_assert_eq!(revised(&stored, &respelled), text.clone());
        // Numbers that serde_json rounds are other numbers; without those it is the same document.
        let rounded = json(&value.to_string());
        if rounded == stored {
            prop_assert_eq!(revised(&stored, &rounded), text);
        }
    }

    #[test]
    fn revisions_can_be_taken_back(stored in text(), incoming in text()) {
        let (stored, incoming) = (json(&stored), json(&incoming));
        let there = json(&revised(&stored, &incoming));
        prop_assert_eq!(json(&revised(&there, &stored)), stored);
    }
}
