//! Merging: what goes together, what collides, what is worked out anew.

use serde_json::{Value, json};

use super::{Merged, Side, Trouble, merge};
use crate::model::Document;

/// A shop with two elements, a flow between them and a threat to the first.
fn shop() -> Value {
    json!({
        "version": "2.3.0",
        "summary": {"title": "Shop", "owner": "Ada", "id": 0},
        "detail": {
            "contributors": [{"name": "Ada"}],
            "diagrams": [{
                "id": 0, "title": "Main", "diagramType": "STRIDE", "version": "2.3.0",
                "cells": [
                    {"id": "api", "shape": "process", "zIndex": 1, "position": {"x": 1, "y": 2},
                     "attrs": {"text": {"text": "API"}, "body": {"stroke": "red", "strokeWidth": 2.5}},
                     "data": {"type": "tm.Process", "name": "API", "hasOpenThreats": true,
                        "threatFrequency": {"spoofing": 1, "tampering": 0},
                        "threats": [{"id": "t1", "number": 1, "title": "Spoofed", "status": "Open",
                                     "severity": "High", "mitigation": ""}]}},
                    {"id": "db", "shape": "store", "zIndex": 2, "position": {"x": 9, "y": 2},
                     "data": {"type": "tm.Store", "name": "Orders", "threats": []}},
                    {"id": "f", "shape": "flow", "zIndex": 3, "source": {"cell": "api"},
                     "target": {"cell": "db"}, "data": {"type": "tm.Flow", "name": "SQL", "threats": []}}
                ]
            }],
            "diagramTop": 1, "threatTop": 1, "reviewer": "Bob"
        }
    })
}

const API: &str = "/detail/diagrams/0/cells/0";
const DB: &str = "/detail/diagrams/0/cells/1";

fn document(value: &Value) -> Document {
    let text = serde_json::to_string_pretty(value).unwrap();
    Document::parse(text.into()).unwrap()
}

/// The shop after an edit.
fn edited(edit: impl FnOnce(&mut Value)) -> Value {
    let mut shop = shop();
    edit(&mut shop);
    shop
}

fn set(value: &mut Value, pointer: &str, new: Value) {
    *value.pointer_mut(pointer).unwrap() = new;
}

fn push(value: &mut Value, pointer: &str, new: Value) {
    value
        .pointer_mut(pointer)
        .unwrap()
        .as_array_mut()
        .unwrap()
        .push(new);
}

fn remove(value: &mut Value, pointer: &str, index: usize) {
    value
        .pointer_mut(pointer)
        .unwrap()
        .as_array_mut()
        .unwrap()
        .remove(index);
}

fn merged(ours: &Value, theirs: &Value) -> Merged {
    let [base, ours, theirs] = [&shop(), ours, theirs].map(document);
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    let swapped = merge(Some(&base), &theirs, &ours, Side::Ours);
    assert_eq!(
        merged.document.bytes(),
        swapped.document.bytes(),
        "the sides can be swapped"
    );
    merged
}

fn value(merged: &Merged) -> Value {
    serde_json::from_slice(&merged.document.bytes()).unwrap()
}

/// The merged document, when nobody has to be asked.
fn clean(ours: &Value, theirs: &Value) -> Value {
    let merged = merged(ours, theirs);
    assert_eq!(told(&merged), Vec::<String>::new());
    value(&merged)
}

fn told(merged: &Merged) -> Vec<String> {
    merged.conflicts.iter().map(ToString::to_string).collect()
}

fn notes(merged: &Merged) -> Vec<String> {
    merged.notes.iter().map(ToString::to_string).collect()
}

fn threat(id: &str, number: u64, status: &str) -> Value {
    json!({"id": id, "number": number, "title": format!("Threat {id}"), "status": status})
}

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
fn threats_of_both_sides_are_kept_and_a_number_given_twice_is_given_anew() {
    let threats = format!("{API}/data/threats");
    let side = |id: &'static str| {
        edited(|shop| {
            push(shop, &threats, threat(id, 2, "Open"));
            set(shop, "/detail/threatTop", json!(2));
        })
    };
    let merged = merged(&side("ours"), &side("theirs"));
    assert_eq!(told(&merged), Vec::<String>::new());
    assert_eq!(
        notes(&merged),
        [
            "Main / API (process) / threat 2 \"Threat ours\": its number 2 was given out on both \
          sides; it has number 3 now"
        ]
    );
    let expected = edited(|shop| {
        push(shop, &threats, threat("theirs", 2, "Open"));
        push(shop, &threats, threat("ours", 3, "Open"));
        set(shop, "/detail/threatTop", json!(3));
    });
    assert_eq!(value(&merged), expected);
}

#[test]
fn a_number_that_one_side_has_twice_already_stays() {
    let threats = format!("{API}/data/threats");
    let ours = edited(|shop| {
        push(shop, &threats, threat("a", 5, "Open"));
        push(shop, &threats, threat("b", 5, "Open"));
    });
    let theirs = edited(|shop| set(shop, "/summary/owner", json!("Eve")));
    let expected = edited(|shop| {
        push(shop, &threats, threat("a", 5, "Open"));
        push(shop, &threats, threat("b", 5, "Open"));
        set(shop, "/summary/owner", json!("Eve"));
    });
    assert_eq!(clean(&ours, &theirs), expected);
}

#[test]
fn whether_threats_are_open_is_worked_out_anew() {
    let decided = |shop: &mut Value| {
        set(
            shop,
            &format!("{API}/data/threats/0/status"),
            json!("Mitigated"),
        );
        set(shop, &format!("{API}/data/hasOpenThreats"), json!(false));
        set(
            shop,
            &format!("{API}/attrs/body"),
            json!({"stroke": "#333333", "strokeWidth": 1.5}),
        );
    };
    let added = |shop: &mut Value| {
        push(
            shop,
            &format!("{API}/data/threats"),
            threat("t2", 2, "Open"),
        );
        set(
            shop,
            &format!("{API}/data/threatFrequency"),
            json!({"spoofing": 2, "tampering": 0}),
        );
        set(shop, "/detail/threatTop", json!(2));
    };
    let ours = edited(|shop| {
        decided(shop);
        set(
            shop,
            &format!("{API}/data/threatFrequency"),
            json!({"spoofing": 1, "tampering": 3}),
        );
    });
    let both = clean(&ours, &edited(added));
    let expected = edited(|shop| {
        set(
            shop,
            &format!("{API}/data/threats/0/status"),
            json!("Mitigated"),
        );
        added(shop);
        set(
            shop,
            &format!("{API}/data/threatFrequency"),
            json!({"spoofing": 2, "tampering": 3}),
        );
    });
    assert_eq!(both, expected, "open and red, as in the base");
}

#[test]
fn deleting_what_the_other_side_edited_is_a_conflict_and_keeps_it() {
    let ours = edited(|shop| remove(shop, &format!("{API}/data/threats"), 0));
    let theirs = edited(|shop| {
        set(
            shop,
            &format!("{API}/data/threats/0/title"),
            json!("Forged"),
        )
    });
    let merged = merged(&ours, &theirs);
    assert_eq!(
        told(&merged),
        ["Main / API (process) / threat 1 \"Forged\": it was deleted by us and changed by them"]
    );
    assert_eq!(value(&merged), theirs);
    let merged = self::merged(&theirs, &ours);
    assert_eq!(merged.conflicts[0].trouble, Trouble::DeletedByThem);
}

#[test]
fn deleting_wins_over_what_programs_work_out() {
    let ours = edited(|shop| remove(shop, "/detail/diagrams/0/cells", 2));
    let theirs = edited(|shop| {
        shop.pointer_mut("/detail/diagrams/0/cells/2").unwrap()["tools"] = json!({"items": []});
        set(shop, "/summary/owner", json!("Eve"));
    });
    let expected = edited(|shop| {
        remove(shop, "/detail/diagrams/0/cells", 2);
        set(shop, "/summary/owner", json!("Eve"));
    });
    assert_eq!(clean(&ours, &theirs), expected);
}

#[test]
fn an_element_that_the_other_side_has_drawn_a_flow_to_is_not_lost() {
    let cells = "/detail/diagrams/0/cells";
    let ours = edited(|shop| {
        remove(shop, cells, 2);
        remove(shop, cells, 1);
    });
    let flow =
        json!({"id": "g", "shape": "flow", "source": {"cell": "api"}, "target": {"cell": "db"}});
    let theirs = edited(|shop| push(shop, cells, flow.clone()));
    let merged = merged(&ours, &theirs);
    assert_eq!(
        told(&merged),
        ["Main / Orders (data store): it was deleted by us and is needed by a flow of theirs"]
    );
    let expected = edited(|shop| {
        remove(shop, cells, 2);
        push(shop, cells, flow);
    });
    assert_eq!(value(&merged), expected);
}

#[test]
fn a_diagram_number_given_twice_is_given_anew() {
    let side = |title: &'static str, cell: &'static str| {
        edited(|shop| {
            let cells = json!([{"id": cell, "shape": "actor"}]);
            let diagram = json!({"id": 1, "title": title, "diagramType": "CIA", "cells": cells});
            push(shop, "/detail/diagrams", diagram);
            set(shop, "/detail/diagramTop", json!(2));
        })
    };
    let merged = merged(&side("Ours", "a"), &side("Theirs", "b"));
    assert_eq!(told(&merged), Vec::<String>::new());
    assert_eq!(
        notes(&merged),
        ["Ours: diagram 1 was added on both sides; this one is diagram 2 now"]
    );
    let value = value(&merged);
    let ids = |at: &str| value.pointer(at).unwrap().clone();
    assert_eq!(ids("/detail/diagrams/1/title"), "Theirs");
    assert_eq!(ids("/detail/diagrams/1/id"), 1);
    assert_eq!(ids("/detail/diagrams/2/title"), "Ours");
    assert_eq!(ids("/detail/diagrams/2/id"), 2);
    assert_eq!(ids("/detail/diagramTop"), 3);
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
fn versions_of_programs_are_not_asked_about() {
    let side = |version: &'static str| edited(|shop| set(shop, "/version", json!(version)));
    assert_eq!(clean(&side("2.10.0"), &side("2.9.1")), side("2.10.0"));
    assert_eq!(clean(&side("2.4.0-RC1"), &side("2.4.0")), side("2.4.0"));
}

#[test]
fn contributors_of_both_sides_are_kept_in_order() {
    let side = |name: &'static str| {
        edited(|shop| push(shop, "/detail/contributors", json!({"name": name})))
    };
    let both = clean(&side("Eve"), &side("Bob"));
    assert_eq!(
        both["detail"]["contributors"],
        json!([{"name": "Ada"}, {"name": "Bob"}, {"name": "Eve"}])
    );
}

#[test]
fn threats_without_ids_are_known_by_number_or_title() {
    let anonymous = |edit: &dyn Fn(&mut Value)| {
        let mut shop = shop();
        let threat = shop.pointer_mut(&format!("{API}/data/threats/0")).unwrap();
        threat.as_object_mut().unwrap().remove("id");
        edit(&mut shop);
        shop
    };
    let base = document(&anonymous(&|_| {}));
    let severity = format!("{API}/data/threats/0/severity");
    let ours = document(&anonymous(&|shop| set(shop, &severity, json!("Low"))));
    let theirs = document(&edited(|shop| {
        set(
            shop,
            &format!("{API}/data/threats/0/mitigation"),
            json!("Sign it"),
        );
    }));
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    assert_eq!(told(&merged), Vec::<String>::new());
    let expected = edited(|shop| {
        set(shop, &severity, json!("Low"));
        set(
            shop,
            &format!("{API}/data/threats/0/mitigation"),
            json!("Sign it"),
        );
    });
    assert_eq!(value(&merged), expected);
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
    let base = include_str!("../../../tests/fixtures/models/version-1.json");
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
        set(shop, "/summary/title", json!("Web shop"))
    }));
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    let expected = tabs.replace("\"title\": \"Shop\"", "\"title\": \"Web shop\"");
    assert_eq!(merged.document.bytes(), expected);
}
