//! What is offered for a model, and what has been made of it.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::model::{CellPlace, Document, Operation};
use crate::suggest::{Pack, State, Suggestion, Suggestions, Wanted, new_threat, suggest};

const PACK: &str = r#"
pack = "acme"
[[rule]]
id = "low"
when = "element"
title = "A low one"
because = "It is an element."
description = "D"
mitigation = "M"
severity = "Low"
category.STRIDE = "Repudiation"
[[rule]]
id = "grave"
when = "store or flow"
title = "A grave one"
because = "It is a store or a flow."
description = "D"
mitigation = "M"
severity = "Critical"
category.STRIDE = "Tampering"
"#;

fn model(change: impl FnOnce(&mut Value)) -> Document {
    let mut model = json!({
        "version": "2.6.0",
        "summary": { "title": "T" },
        "detail": { "diagrams": [ { "id": 7, "title": "D", "diagramType": "STRIDE", "cells": [
            { "id": "a", "shape": "actor", "data": { "threats": [] } },
            { "id": "s", "shape": "store", "data": { "threats": [] } },
            { "id": "text", "shape": "td-text-block", "data": {} },
        ] } ] },
    });
    change(&mut model);
    Document::parse(model.to_string().into()).expect("a model")
}

fn told(found: &Suggestions<'_>) -> Vec<String> {
    let told =
        |each: &Suggestion<'_>| format!("{} {} {:?}", each.element, each.rule.id, each.state);
    found.list.iter().map(told).collect()
}

fn ask(document: &Document, wanted: &Wanted) -> Vec<String> {
    let pack = Pack::read("own.toml", PACK);
    told(&suggest(document, &[&pack], wanted))
}

#[test]
fn the_gravest_come_first_for_each_element() {
    let found = ask(&model(|_| ()), &Wanted::default());
    assert_eq!(
        found,
        ["a acme/low New", "s acme/grave New", "s acme/low New"]
    );
}

#[test]
fn only_what_is_wanted_is_offered() {
    let elements = Some(HashSet::from(["a".to_owned(), "gone".to_owned()]));
    let wanted = Wanted {
        diagram: Some(7),
        elements,
    };
    assert_eq!(ask(&model(|_| ()), &wanted), ["a acme/low New"]);
    let wanted = Wanted {
        diagram: Some(1),
        elements: None,
    };
    assert_eq!(ask(&model(|_| ()), &wanted), [""; 0]);
}

#[test]
fn what_is_out_of_scope_gets_no_suggestions() {
    let document = model(|model| {
        model["detail"]["diagrams"][0]["cells"][1]["data"]["outOfScope"] = json!(true);
    });
    assert_eq!(ask(&document, &Wanted::default()), ["a acme/low New"]);
}

#[test]
fn what_has_been_accepted_or_dismissed_is_known() {
    let document = model(|model| {
        let cells = &mut model["detail"]["diagrams"][0]["cells"];
        cells[0]["data"]["threats"] = json!([{ "id": "1", "title": "  a LOW one" }]);
        cells[1]["data"]["threats"] =
            json!([{ "id": "1", "title": "Renamed", "wyvern": { "rule": "acme/grave" } }]);
        cells[1]["data"]["wyvern"] = json!({ "dismissed": { "acme/low": "Signed elsewhere" } });
    });
    let found = ask(&document, &Wanted::default());
    let dismissed = format!(
        "s acme/low {:?}",
        State::Dismissed("Signed elsewhere".to_owned())
    );
    assert_eq!(
        found,
        ["a acme/low Present", "s acme/grave Present", &dismissed]
    );
}

#[test]
fn an_accepted_suggestion_is_a_threat_and_is_not_offered_again() {
    let document = model(|_| ());
    let pack = Pack::read("own.toml", PACK);
    let packs = [&pack];
    let found = suggest(&document, &packs, &Wanted::default());
    let operations: Vec<_> = found
        .list
        .iter()
        .map(|each| Operation::AddThreat {
            cell: CellPlace {
                diagram: 7,
                cell: each.element.clone(),
            },
            threat: new_threat(each, "new"),
        })
        .take(2)
        .collect();
    let changed = operations.iter().fold(document, |document, operation| {
        document.apply(operation).expect("it can be added")
    });
    let titles: Vec<_> = changed
        .threats()
        .map(|threat| threat.title().into_owned())
        .collect();
    assert_eq!(titles, ["A low one", "A grave one"]);
    let states = ask(&changed, &Wanted::default());
    assert_eq!(
        states,
        [
            "a acme/low Present",
            "s acme/grave Present",
            "s acme/low New"
        ]
    );
}

#[test]
fn a_threat_that_was_taken_from_the_library_is_not_offered_again() {
    let taken = json!([{ "id": "t", "title": "Renamed", "status": "Open",
        "wyvern": { "library": "acme/low", "version": "0123456789ab" } }]);
    let document =
        model(|model| model["detail"]["diagrams"][0]["cells"][0]["data"]["threats"] = taken);
    assert_eq!(ask(&document, &Wanted::default())[0], "a acme/low Present");
}

/// Rules that hold of everything in a large diagram: the first are offered, all are counted.
#[test]
fn what_there_is_no_room_for_is_counted() {
    let rule = |number: usize, severity: &str| {
        format!(
            "[[rule]]\nid = \"r{number}\"\nwhen = \"element\"\ntitle = \"T\"\nbecause = \"B\"\ndescription = \"D\"\n\
             mitigation = \"M\"\nseverity = \"{severity}\"\ncategory.STRIDE = \"Tampering\"\n"
        )
    };
    let severities = ["Low", "Critical", "Medium", "High"].into_iter().cycle();
    let rules: String = severities
        .take(40)
        .enumerate()
        .map(|(number, severity)| rule(number, severity))
        .collect();
    let pack = Pack::read("own.toml", &format!("pack = \"acme\"\n{rules}"));
    assert_eq!((pack.faults.len(), pack.rules.len()), (0, 40));
    let actor = |number: usize| json!({ "id": format!("e{number}"), "shape": "actor" });
    let cells: Vec<_> = (0..1_000).map(actor).collect();
    let document = model(|model| model["detail"]["diagrams"][0]["cells"] = json!(cells));
    let Suggestions { list, left_out } = suggest(&document, &[&pack], &Wanted::default());
    assert_eq!((list.len(), left_out), (5_000, 35_000));
    let told = |offer: &Suggestion<'_>| {
        (
            offer.element.clone(),
            offer.rule.severity.as_str().to_owned(),
        )
    };
    let of = |element: usize, severity: &str| (format!("e{element}"), severity.to_owned());
    assert_eq!(told(&list[0]), of(0, "Critical"));
    assert_eq!(told(&list[39]), of(0, "Low"));
    assert_eq!(told(&list[40]), of(1, "Critical"));
    assert_eq!(told(&list[4_999]), of(124, "Low"));
}
