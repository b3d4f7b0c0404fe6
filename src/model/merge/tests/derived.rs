//! What is worked out anew instead of asked about.

use super::*;

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

fn decide(shop: &mut Value) {
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
}

fn add(shop: &mut Value) {
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
}

#[test]
fn whether_threats_are_open_is_worked_out_anew() {
    let ours = edited(|shop| {
        decide(shop);
        set(
            shop,
            &format!("{API}/data/threatFrequency"),
            json!({"spoofing": 1, "tampering": 3}),
        );
    });
    let both = clean(&ours, &edited(add));
    let expected = edited(|shop| {
        set(
            shop,
            &format!("{API}/data/threats/0/status"),
            json!("Mitigated"),
        );
        add(shop);
        set(
            shop,
            &format!("{API}/data/threatFrequency"),
            json!({"spoofing": 2, "tampering": 3}),
        );
    });
    assert_eq!(both, expected, "open and red, as in the base");
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
fn versions_of_programs_are_not_asked_about() {
    let side = |version: &'static str| edited(|shop| set(shop, "/version", json!(version)));
    assert_eq!(clean(&side("2.10.0"), &side("2.9.1")), side("2.10.0"));
    assert_eq!(clean(&side("2.4.0-RC1"), &side("2.4.0")), side("2.4.0"));
}

#[test]
fn changes_that_are_only_wrong_together_are_a_conflict() {
    let threat = format!("{API}/data/threats/0");
    let told_how = |shop: &mut Value| set(shop, &format!("{threat}/mitigation"), json!("Sign it"));
    let base = edited(told_how);
    let mut ours = base.clone();
    set(&mut ours, &format!("{threat}/status"), json!("Mitigated"));
    let mut theirs = base.clone();
    set(&mut theirs, &format!("{threat}/mitigation"), json!(""));
    let [base, of_ours, of_theirs] = [&base, &ours, &theirs].map(document);
    let merged = merge(Some(&base), &of_ours, &of_theirs, Side::Theirs);
    let subject = "Main / API (process) / threat 1 \"Spoofed\"";
    let wrong = "it is wrong with the changes of both sides together";
    assert_eq!(told(&merged), [format!("{subject}: {wrong}")]);
    let why = "This threat is marked Mitigated and has no mitigation.";
    assert_eq!(notes(&merged), [format!("{subject}: {why}")]);
    let before = value(&merged);
    assert_eq!(
        before.pointer(&threat),
        theirs.pointer(&threat),
        "the settled one stands"
    );
}

/// Adding up what each side counted would count a threat twice that both have deleted.
#[test]
fn how_often_a_category_occurs_is_counted_anew() {
    let typed = |id: &str, category: &str| json!({"id": id, "number": 9, "title": id, "type": category, "status": "Mitigated", "mitigation": "x"});
    let cell = |threats: &[Value], spoofing: u64, tampering: u64| {
        edited(|shop| {
            set(shop, &format!("{API}/data/threats"), json!(threats));
            let counters = json!({"spoofing": spoofing, "tampering": tampering});
            set(shop, &format!("{API}/data/threatFrequency"), counters);
        })
    };
    let [a, b, c] = [
        typed("a", "Spoofing"),
        typed("b", "Spoofing"),
        typed("c", "Tampering"),
    ];
    let base = document(&cell(&[a, b.clone()], 2, 0));
    let ours = document(&cell(std::slice::from_ref(&b), 1, 0));
    let theirs = document(&cell(&[b, c], 1, 1));
    let merged = merge(Some(&base), &ours, &theirs, Side::Ours);
    let frequency = format!("{API}/data/threatFrequency");
    let expected = json!({"spoofing": 1, "tampering": 1});
    assert_eq!(value(&merged).pointer(&frequency), Some(&expected));
}

/// `-0` is spelled `0` in the result where the settled side spells it so.
#[test]
fn a_number_is_the_same_however_it_is_written() {
    let with = |id: &str| {
        let text = edited(|shop| {
            push(
                shop,
                "/detail/diagrams",
                json!({"id": "@", "title": "More", "cells": []}),
            );
            set(shop, "/summary/owner", json!(id));
        });
        let text = serde_json::to_string_pretty(&text)
            .unwrap()
            .replace("\"@\"", id);
        Document::parse(text.into()).unwrap()
    };
    let base = document(&shop());
    let merged = merge(Some(&base), &with("1"), &with("1.0"), Side::Ours);
    let titles: Vec<_> = merged
        .document
        .diagrams()
        .map(crate::model::DiagramView::title)
        .collect();
    assert_eq!(titles, ["Main", "More"]);
}
