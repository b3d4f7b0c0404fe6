//! Models made to break the rules' own assumptions.

use super::*;
use crate::model::json::Json;

/// Values of every kind, some of them absurd.
const ODD: &[&str] = &[
    "null",
    "true",
    "\"\"",
    "\"\\u0000\"",
    "[]",
    "{}",
    "1e400",
    "-1e400",
    "-0",
    "0.5",
    "18446744073709551616",
    "[[[]]]",
    "{\"cell\":{\"cell\":[]}}",
    "\"\\ud83d\\ude00\"",
];

/// Each place of the sound model with each odd value in it: no panic, and every pointer leads
/// somewhere.
#[test]
fn an_odd_value_anywhere_is_looked_at() {
    let mut places = Vec::new();
    pointers(&sound(), "", &mut places);
    assert!(places.len() > 100, "{}", places.len());
    let mut checked = 0;
    for place in places {
        for odd in ODD {
            let mut model = sound();
            set(&mut model, &place, json!("@odd@"));
            let text = model.to_string().replace("\"@odd@\"", odd);
            let Ok(document) = Document::parse(text.into()) else {
                continue;
            };
            checked += 1;
            for finding in check(&document, &Facts::default(), &Policy::default()) {
                assert!(
                    document.root().pointer(&finding.pointer).is_some(),
                    "{finding:?}"
                );
            }
        }
    }
    assert!(checked > 1_000, "{checked}");
}

fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let parts: Vec<(String, &Value)> = match value {
        Value::Array(array) => array
            .iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), v))
            .collect(),
        Value::Object(object) => object.iter().map(|(k, v)| (k.clone(), v)).collect(),
        _ => Vec::new(),
    };
    for (key, part) in parts {
        let at = format!("{at}/{key}");
        pointers(part, &at, found);
        found.push(at);
    }
}

/// A chain of boundaries, each inside of the one before, and the last around the first.
#[test]
fn a_long_circle_of_boundaries_is_one_finding() {
    const COUNT: usize = 20_000;
    let mut model = sound();
    let cell = |at: usize| {
        json!({"id": at.to_string(), "shape": "trust-boundary-box",
            "data": {"name": "B", "containedElements": [((at + 1) % COUNT).to_string()]}})
    };
    set(&mut model, CELLS, (0..COUNT).map(cell).collect());
    let findings = found(&model);
    let circles = findings
        .iter()
        .filter(|finding| finding.rule.id == "WYV015")
        .count();
    assert_eq!(circles, 1);
}

#[test]
fn a_text_as_deep_as_may_be_is_looked_at() {
    let deep = "[".repeat(crate::model::json::DEPTH_MAX - 1)
        + &"]".repeat(crate::model::json::DEPTH_MAX - 1);
    let text = format!(
        "{{\"summary\":{{\"title\":\"x\"}},\"version\":\"2\",\"more\":{deep},\"detail\":{{\"diagrams\":[]}}}}"
    );
    assert!(Json::parse(text.clone()).is_ok());
    let findings = check(
        &Document::parse(text.into()).unwrap(),
        &Facts::default(),
        &Policy::default(),
    );
    assert_eq!(findings.last().unwrap().rule.id, "WYV064");
}

/// Cells without anything: each is found by two rules, and none is looked for from the top.
#[test]
fn forty_thousand_empty_cells_are_told_one_by_one() {
    let mut model = sound();
    set(&mut model, CELLS, (0..40_000).map(|_| json!({})).collect());
    let findings = found(&model);
    let missing = findings
        .iter()
        .filter(|finding| finding.rule.id == "WYV004");
    assert_eq!(missing.count(), 40_000);
}
