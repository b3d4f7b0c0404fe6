//! Whoever only reads a file gives back the very same bytes.

use wyvern::model::json::{Json, Kind, Value};
use wyvern::model::{Document, Generation};

use super::samples::{json_files, models};

/// The text without any white space between tokens, as a browser sends it.
pub(crate) fn compact(text: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    text.chars()
        .filter(|&c| {
            let keep = inside || !c.is_ascii_whitespace();
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => inside = !inside,
                _ => {}
            }
            keep
        })
        .collect()
}

#[test]
fn json_of_every_kind_comes_back_byte_for_byte() {
    for sample in json_files() {
        let json = Json::parse(sample.text.clone()).expect("a sample is JSON");
        assert_eq!(json.text(), sample.text, "{}", sample.path.display());
    }
}

#[test]
fn every_model_comes_back_byte_for_byte() {
    for sample in models() {
        let document = sample.document();
        assert_eq!(document.bytes(), sample.text, "{}", sample.path.display());
        let old = sample.path.to_string_lossy().contains("-v1/")
            || sample.path.ends_with("version-1.json");
        let generation = if old { Generation::V1 } else { Generation::V2 };
        assert_eq!(
            document.generation(),
            generation,
            "{}",
            sample.path.display()
        );
    }
}

#[test]
fn other_formats_are_not_threat_dragon_models() {
    for sample in json_files() {
        let folder = sample.path.parent().and_then(|folder| folder.file_name());
        if folder.is_some_and(|name| name == "otm" || name == "tm-bom") {
            let refusal = Document::parse(sample.text.into()).expect_err("another format");
            assert_eq!(refusal.pointer(), "/summary");
        }
    }
}

/// The same values, spelled as differently as JSON allows: keys from back to front, numbers with
/// an exponent, every character escaped.
fn respelled(value: Value<'_>) -> String {
    let quoted = |value: Value<'_>| {
        let text = value.as_text().expect("a string");
        let escaped = text.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
        format!("\"{}\"", escaped.collect::<String>())
    };
    match value.kind() {
        Kind::Null | Kind::Bool => value.raw().to_owned(),
        Kind::Number if value.raw().contains(['e', 'E']) => value.raw().to_uppercase(),
        Kind::Number => format!("{}E+0", value.raw()),
        Kind::Text => quoted(value),
        Kind::Array => {
            let elements: Vec<_> = value.elements().map(respelled).collect();
            format!("[ {} ]", elements.join("\t,"))
        }
        Kind::Object => {
            let member = |(key, value)| format!("{}\r\n:{}", quoted(key), respelled(value));
            let mut members: Vec<_> = value.members().map(member).collect();
            members.reverse();
            format!("{{{}}}", members.join(" , "))
        }
    }
}

#[test]
fn a_save_without_a_change_changes_nothing() {
    for sample in models() {
        let stored = sample.document();
        for sent in [
            sample.text.clone(),
            compact(&sample.text),
            respelled(stored.root()),
        ] {
            let incoming = Document::parse(sent.into()).expect("the same model");
            let saved = stored.revised_by(&incoming);
            assert_eq!(saved.bytes(), sample.text, "{}", sample.path.display());
        }
    }
}

#[test]
fn a_new_model_gets_threat_dragons_own_layout() {
    for sample in models() {
        let document = sample.document();
        let sent = Document::parse(compact(&sample.text).into()).expect("the same model");
        let laid_out = sent.formatted();
        if sample.text.starts_with("{\n  \"") {
            let text = sample.text.trim_end();
            assert_eq!(laid_out.bytes(), text, "{}", sample.path.display());
        }
        assert_eq!(laid_out, document);
        if sample.text.trim().contains('\n') {
            assert_eq!(document.formatted().bytes(), sample.text);
        }
    }
}
