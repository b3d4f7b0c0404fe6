//! Members: those that both sides have changed, and those that one has.

use super::*;

#[test]
fn edits_of_different_fields_go_together() {
    let ours = edited(|shop| {
        set(shop, "/summary/owner", json!("Eve"));
        set(
            shop,
            &format!("{API}/data/threats/0/severity"),
            json!("Low"),
        );
        set(shop, &format!("{DB}/position"), json!({"x": 10, "y": 20}));
    });
    let theirs = edited(|shop| {
        set(shop, "/summary/title", json!("Web shop"));
        set(
            shop,
            &format!("{API}/data/threats/0/mitigation"),
            json!("Sign it"),
        );
        set(shop, &format!("{DB}/data/name"), json!("Order store"));
    });
    let expected = edited(|shop| {
        set(shop, "/summary/owner", json!("Eve"));
        set(shop, "/summary/title", json!("Web shop"));
        set(
            shop,
            &format!("{API}/data/threats/0/severity"),
            json!("Low"),
        );
        set(
            shop,
            &format!("{API}/data/threats/0/mitigation"),
            json!("Sign it"),
        );
        set(shop, &format!("{DB}/position"), json!({"x": 10, "y": 20}));
        set(shop, &format!("{DB}/data/name"), json!("Order store"));
    });
    assert_eq!(clean(&ours, &theirs), expected);
}

#[test]
fn a_field_that_both_changed_is_told_with_all_three_values() {
    let at = format!("{API}/data/threats/0/severity");
    let ours = edited(|shop| set(shop, &at, json!("Low")));
    let theirs = edited(|shop| set(shop, &at, json!("Critical")));
    let merged = merged(&ours, &theirs);
    let [conflict] = merged.conflicts.as_slice() else {
        panic!("one conflict: {merged:?}")
    };
    let told = serde_json::to_value(conflict).unwrap();
    let expected = json!({
        "subject": {
            "diagram": {"id": 0, "title": "Main"},
            "cell": {"id": "api", "name": "API", "kind": "process"},
            "threat": {"id": "t1", "number": 1, "title": "Spoofed"}
        },
        "field": "severity", "trouble": "both_changed", "layout": false,
        "pointer": "/detail/diagrams/0/cells/0/data/threats/0/severity",
        "base": "High", "ours": "Low", "theirs": "Critical"
    });
    assert_eq!(told, expected);
    assert_eq!(
        conflict.to_string(),
        "Main / API (process) / threat 1 \"Spoofed\": severity was changed on both sides"
    );
    assert_eq!(value(&merged), theirs, "the settled side's value stands");
}

#[test]
fn the_same_edit_on_both_sides_is_no_conflict() {
    let both = |more: &'static str| {
        edited(|shop| {
            set(shop, &format!("{API}/data/name"), json!("Gateway"));
            set(shop, "/detail/reviewer", json!(more));
        })
    };
    let ours = both("Bob");
    let theirs = both("Carol");
    assert_eq!(clean(&ours, &theirs), theirs);
}

#[test]
fn a_position_is_one_value() {
    let at = format!("{DB}/position");
    let ours = edited(|shop| set(shop, &at, json!({"x": 10, "y": 2})));
    let theirs = edited(|shop| set(shop, &at, json!({"x": 9, "y": 20})));
    let merged = merged(&ours, &theirs);
    assert_eq!(
        told(&merged),
        ["Main / Orders (data store): position was changed on both sides"]
    );
    assert!(merged.conflicts[0].layout);
}

#[test]
fn who_is_asked_about_a_name_is_not_asked_about_its_copies() {
    let named = |name: &'static str| {
        edited(|shop| {
            set(shop, &format!("{API}/data/name"), json!(name));
            set(shop, &format!("{API}/attrs/text/text"), json!(name));
        })
    };
    let merged = merged(&named("Gateway"), &named("Entry"));
    assert_eq!(
        told(&merged),
        ["Main / Entry (process): data/name was changed on both sides"]
    );
    assert_eq!(value(&merged), named("Entry"));
}

#[test]
fn without_a_base_what_differs_is_a_conflict() {
    let ours = document(&edited(|shop| set(shop, "/summary/title", json!("One"))));
    let theirs = document(&edited(|shop| set(shop, "/summary/title", json!("Two"))));
    let merged = merge(None, &ours, &theirs, Side::Ours);
    assert_eq!(
        told(&merged),
        ["the model: summary/title was added on both sides"]
    );
    assert_eq!(merged.document, ours);
    assert_eq!(
        merge(None, &ours, &ours, Side::Ours).document.bytes(),
        ours.bytes()
    );
}

#[test]
fn an_old_base_is_upgraded_for_two_new_versions() {
    let base = include_str!("../../../../tests/fixtures/models/version-1.json");
    let base = Document::parse(base.into()).unwrap();
    let new = crate::model::upgrade(&base).unwrap();
    let title = |title: &str, at: &str| {
        let mut value: Value = serde_json::from_slice(&new.bytes()).unwrap();
        set(&mut value, at, json!(title));
        document(&value)
    };
    let ours = title("Ours", "/summary/title");
    let theirs = title("Theirs", "/detail/diagrams/0/title");
    let merged = merge(Some(&base), &ours, &theirs, Side::Ours);
    assert_eq!(told(&merged), Vec::<String>::new());
    assert_eq!(merged.document.title(), "Ours");
    assert_eq!(merged.document.diagrams().next().unwrap().title(), "Theirs");
}

#[test]
fn the_settled_spelling_is_kept() {
    let base = document(&shop());
    let theirs = edited(|shop| set(shop, "/summary/owner", json!("Eve")));
    let tabs = String::from_utf8(document(&theirs).bytes().to_vec())
        .unwrap()
        .replace("  ", "\t");
    let theirs = Document::parse(tabs.clone().into()).unwrap();
    let ours = document(&edited(|shop| {
        set(shop, "/summary/title", json!("Web shop"));
    }));
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    let expected = tabs.replace("\"title\": \"Shop\"", "\"title\": \"Web shop\"");
    assert_eq!(merged.document.bytes(), expected);
}
