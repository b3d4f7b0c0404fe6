//! Each kind of change, alone.

use super::*;

#[track_caller]
fn assert_told(edit: impl FnOnce(&mut Value), expected: &[&str]) {
    let expected: Vec<_> = expected.iter().map(|line| (*line).to_owned()).collect();
    assert_eq!(brief(&edited(edit)), expected);
}

#[test]
fn members_of_the_model() {
    assert_told(
        |m| *at(m, "/summary/title") = json!("Store"),
        &["changed meaning the model: summary/title"],
    );
    assert_told(
        |m| m["x/y~"] = json!({"a": [1]}),
        &["changed meaning the model: x~1y~0"],
    );
    assert_told(
        |m| m["version"] = json!("2.6.2"),
        &["changed derived the model: version"],
    );
}

#[test]
fn contributors() {
    assert_told(
        |m| *at(m, "/detail/contributors") = json!([{"name": "Eve"}, {"name": "Bob", "role": "x"}]),
        &[
            "changed meaning the model: detail/contributors/0, detail/contributors/1/role, detail/contributors/0",
        ],
    );
    assert_told(
        |m| array(m, "/detail/contributors").reverse(),
        &["reordered layout the model: detail/contributors"],
    );
}

#[test]
fn diagrams() {
    assert_told(
        |m| drop(array(m, "/detail/diagrams").remove(0)),
        &["removed meaning Main: "],
    );
    assert_told(
        |m| array(m, "/detail/diagrams").push(json!({"id": 2, "title": "New"})),
        &["added meaning New: "],
    );
    assert_told(
        |m| *at(m, "/detail/diagrams/0/title") = json!("First"),
        &["changed meaning First: title"],
    );
    assert_told(
        |m| *at(m, "/detail/diagrams/0/diagramType") = json!("LINDDUN"),
        &["retyped meaning Main: diagramType"],
    );
    assert_told(
        |m| array(m, "/detail/diagrams").reverse(),
        &["reordered layout the model: detail/diagrams"],
    );
}

#[test]
fn cells() {
    assert_told(
        |m| drop(array(m, "/detail/diagrams/0/cells").remove(2)),
        &["removed meaning Main / API gateway (process): "],
    );
    assert_told(
        |m| at(m, API)["data"]["name"] = json!("Gate"),
        &["changed meaning Main / Gate (process): data/name"],
    );
    assert_told(
        |m| at(m, API)["shape"] = json!("store"),
        &["retyped meaning Main / API gateway (data store): shape"],
    );
    assert_told(
        |m| array(m, "/detail/diagrams/0/cells").swap(0, 3),
        &["reordered layout Main: cells"],
    );
    assert_told(
        |m| at(m, API)["data"]["hasOpenThreats"] = json!(true),
        &["changed derived Main / API gateway (process): data/hasOpenThreats"],
    );
}

#[test]
fn the_drawing() {
    assert_told(
        |m| at(m, API)["position"]["x"] = json!(11),
        &["moved layout Main / API gateway (process): position"],
    );
    assert_told(
        |m| at(m, API)["zIndex"] = json!(1),
        &["changed layout Main / API gateway (process): zIndex"],
    );
    assert_told(
        |m| {
            let api = at(m, API);
            api["data"]["name"] = json!("Gate");
            api["attrs"] = json!({"text": {"text": "Gate"}, "body": {"stroke": "red", "rx": 2}});
        },
        &[
            "changed meaning Main / Gate (process): data/name",
            "changed layout Main / Gate (process): attrs/text, attrs/body/rx",
            "changed derived Main / Gate (process): attrs/body/stroke",
        ],
    );
}

#[test]
fn flow_ends() {
    assert_told(
        |m| at(m, LOGIN)["source"]["port"] = json!("p2"),
        &["moved layout Main / Log in (data flow): source"],
    );
    assert_told(
        |m| at(m, LOGIN)["target"] = json!({"cell": "db", "port": "p3"}),
        &["changed meaning Main / Log in (data flow): target"],
    );
    let diff = edited(|m| at(m, LOGIN)["target"] = json!({"x": 1, "y": 2}));
    let field = &diff.changes[0].fields[0];
    assert_eq!(field.named_before.as_deref(), Some("API gateway"));
    assert_eq!(field.named_after, None);
    assert_eq!(diff.changes[0].aspect, Aspect::Meaning);
}

#[test]
fn a_drawn_text_of_its_own_means_something() {
    let text = format!("{LOGIN}/labels/0/attrs/label/text");
    let path = "labels/0/attrs/label/text";
    assert_told(
        |m| *at(m, &text) = json!("Sign in"),
        &[&format!(
            "changed meaning Main / Log in (data flow): {path}"
        )],
    );
    assert_told(
        |m| {
            *at(m, &text) = json!("Sign in");
            at(m, LOGIN)["data"]["name"] = json!("Sign in");
        },
        &[
            "changed meaning Main / Sign in (data flow): data/name",
            &format!("changed layout Main / Sign in (data flow): {path}"),
        ],
    );
    assert_told(
        |m| at(m, LOGIN)["labels"][0]["position"] = json!(0.7),
        &["changed layout Main / Log in (data flow): labels/0/position"],
    );
}

#[test]
fn threats() {
    let threats = format!("{API}/data/threats");
    let api = "Main / API gateway (process)";
    assert_told(
        |m| array(m, &threats).push(json!({"id": "t3", "title": "New"})),
        &[&format!("added meaning {api} / threat \"New\": ")],
    );
    assert_told(
        |m| drop(array(m, &threats).remove(0)),
        &[&format!(
            "removed meaning {api} / threat 1 \"Spoofed token\": "
        )],
    );
    assert_told(
        |m| array(m, &threats)[0]["status"] = json!("Mitigated"),
        &[&format!(
            "changed meaning {api} / threat 1 \"Spoofed token\": status"
        )],
    );
    assert_told(
        |m| array(m, &threats).reverse(),
        &[&format!("reordered layout {api}: data/threats")],
    );
    assert_told(
        |m| array(m, &threats)[0]["new"] = json!(true),
        &[&format!(
            "changed derived {api} / threat 1 \"Spoofed token\": new"
        )],
    );
}

#[test]
fn what_has_moved_is_told_where_it_is() {
    let moved_threat = edited(|m| {
        let mut threat = array(m, &format!("{API}/data/threats")).remove(0);
        threat["severity"] = json!("Low");
        array(m, "/detail/diagrams/0/cells/3/data/threats").push(threat);
    });
    let told = "moved meaning Main / Database (data store) / threat 1 \"Spoofed token\": severity";
    assert_eq!(brief(&moved_threat), [told]);
    let change = &moved_threat.changes[0];
    let from = change.from.as_ref().expect("where it was");
    assert_eq!(from.to_string(), "Main / API gateway (process)");
    assert_eq!(
        change.before.as_deref(),
        Some("/detail/diagrams/0/cells/2/data/threats/0")
    );
    assert_eq!(
        change.after.as_deref(),
        Some("/detail/diagrams/0/cells/3/data/threats/0")
    );

    let moved_cell = edited(|m| {
        let mut cell = array(m, "/detail/diagrams/0/cells").remove(2);
        cell["position"]["x"] = json!(500);
        array(m, "/detail/diagrams/1/cells").insert(0, cell);
    });
    let told = [
        "moved meaning Other / API gateway (process): ",
        "moved layout Other / API gateway (process): position",
    ];
    assert_eq!(brief(&moved_cell), told);
}

#[test]
fn what_has_moved_to_another_array_of_its_holder_is_told() {
    let diff = edited(|m| {
        let threat = array(m, &format!("{API}/data/threats")).remove(1);
        at(m, API)["threats"] = json!([threat]);
    });
    let told = "moved meaning Main / API gateway (process) / threat 2 \"Flood\": ";
    assert_eq!(brief(&diff), [told]);
}

fn contents(diff: &Diff) -> Vec<Contents> {
    let contents = diff.changes.iter().map(|change| change.contents);
    contents.flatten().collect()
}

#[test]
fn what_goes_along_is_counted() {
    let gone = edited(|m| drop(array(m, "/detail/diagrams").remove(0)));
    let expected = Contents {
        cells: 5,
        threats: 2,
    };
    assert_eq!(contents(&gone), [expected]);
}

#[test]
fn what_has_moved_is_not_counted_with_its_holder() {
    let split = edited(|m| {
        let mut cell = array(m, "/detail/diagrams/0/cells").remove(2);
        let threat = array(&mut cell, "/data/threats").remove(1);
        let cell = json!({"id": "n", "shape": "store", "data": {"name": "N", "threats": [threat, {"id": "t9"}]}});
        array(m, "/detail/diagrams").push(json!({"id": 2, "title": "Third", "cells": [cell]}));
    });
    let told = [
        "removed meaning Main / API gateway (process): ",
        "added meaning Third: ",
        "moved meaning Third / N (data store) / threat 2 \"Flood\": ",
    ];
    assert_eq!(brief(&split), told);
    let [gone, new] = [0, 1].map(|cells| Contents { cells, threats: 1 });
    assert_eq!(contents(&split), [gone, new]);
}

#[test]
fn a_list_that_only_comes_or_goes_is_derived() {
    let api = format!("{API}/data/threats");
    let diff = edited(|m| *at(m, &api) = json!([]));
    assert_eq!(
        diff.changes.len(),
        2,
        "both threats are removed, and no more"
    );
    let without = |m: &mut Value| {
        let data = at(m, LOGIN)["data"].as_object_mut();
        data.expect("it has data").remove("threats");
    };
    assert_told(
        without,
        &["changed derived Main / Log in (data flow): data/threats"],
    );
}

#[test]
fn a_member_that_says_no_more_than_none_is_derived() {
    for nothing in [json!(false), json!(""), json!(null), json!([]), json!({})] {
        let set = |m: &mut Value| at(m, API)["data"]["isALog"] = nothing;
        let told = ["changed derived Main / API gateway (process): data/isALog"];
        assert_eq!(brief(&edited(set)), told);
    }
    assert_told(
        |m| at(m, API)["data"]["name"] = json!(""),
        &["changed meaning Main / unnamed process api: data/name"],
    );
}

#[test]
fn only_what_means_something_is_left_without_layout() {
    let all = edited(|m| {
        at(m, API)["position"]["x"] = json!(11);
        at(m, API)["data"]["hasOpenThreats"] = json!(true);
    });
    assert!(!all.has_meaning() && !all.is_empty());
    assert!(all.without_layout().is_empty());
    let named = edited(|m| {
        at(m, API)["position"]["x"] = json!(11);
        at(m, API)["data"]["name"] = json!("Gate");
    });
    assert!(named.has_meaning());
    let told = ["changed meaning Main / Gate (process): data/name"];
    assert_eq!(brief(&named.without_layout()), told);
}
