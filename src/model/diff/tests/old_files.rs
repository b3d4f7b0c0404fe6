//! Version 1, and what old files leave out.

use super::*;

fn old_model(threats: &Value) -> Value {
    json!({"summary": {"title": "Old"}, "detail": {"diagrams": [{"id": 0, "title": "Main", "diagramJson": {"cells": [
        {"type": "tm.Process", "id": "p", "size": {"width": 1, "height": 1}, "attrs": {"text": {"text": "API"}}, "threats": threats},
    ]}}]}})
}

fn threat(title: &str, status: &str) -> Value {
    json!({"title": title, "status": status, "type": "Spoofing", "severity": "High", "description": "", "mitigation": "", "modelType": "STRIDE"})
}

#[test]
fn threats_without_ids_are_known_by_their_titles() {
    let old = document(&old_model(&json!([
        threat("A", "Open"),
        threat("B", "Open")
    ])));
    let new = document(&old_model(&json!([threat("B", "Mitigated")])));
    let expected = [
        "changed derived the model: detail/threatTop",
        "removed meaning Main / API (process) / threat \"A\": ",
        "changed meaning Main / API (process) / threat \"B\": status",
    ];
    let told = brief(&diff(&old, &new));
    assert_eq!(told[told.len() - 2..], expected[1..]);
    assert_eq!(
        diff(&old, &new).summary().as_deref(),
        Some("API: 1 threat removed, 1 mitigated")
    );
}

#[test]
fn an_upgrade_is_told_as_such() {
    let old = document(&old_model(&json!([threat("A", "Open")])));
    let new = crate::model::upgrade(&old).expect("it can be upgraded");
    let diff = diff(&old, &new);
    assert_eq!(brief(&diff), ["rewritten derived the model: format"]);
    assert_eq!(
        diff.summary().as_deref(),
        Some("file format changed to version 2")
    );
    assert_eq!(diff.text(false), "Model\n  derived: file format\n");
}

#[test]
fn a_change_in_an_upgrade_is_told_beside_it() {
    let old = document(&old_model(&json!([threat("A", "Open")])));
    let mut new: Value =
        serde_json::from_slice(&crate::model::upgrade(&old).unwrap().bytes()).unwrap();
    let threat = at(&mut new, "/detail/diagrams/0/cells/0/data/threats/0");
    threat["id"] = json!("made by another program");
    threat["status"] = json!("Accepted");
    let told = [
        "rewritten derived the model: format",
        "changed meaning Main / API (process) / threat \"A\": status",
    ];
    assert_eq!(brief(&diff(&old, &document(&new))), told);
}

#[test]
fn words_of_version_1_that_mean_the_same_are_no_change_of_the_model() {
    let same = |status| document(&old_model(&json!([threat("A", status)])));
    let diff = diff(&same("N/A"), &same("NotApplicable"));
    assert_eq!(brief(&diff), ["rewritten derived the model: "]);
    assert_eq!(diff.summary().as_deref(), Some("the same in other words"));
}

#[test]
fn flows_without_a_name_are_called_by_their_label() {
    for label in [
        json!("Read"),
        json!({"attrs": {"label": {"text": "Read"}}}),
        json!({"attrs": {"labelText": {"text": "Read"}}}),
        json!({"attrs": {"text": {"text": "Read"}}}),
    ] {
        let flow = |protocol: &str| json!({"id": "f", "shape": "flow", "labels": [label.clone()], "data": {"protocol": protocol}});
        let with = |protocol: &str| {
            let mut model = model();
            array(&mut model, "/detail/diagrams/1/cells").push(flow(protocol));
            document(&model)
        };
        let told = ["changed meaning Other / Read (data flow): data/protocol"];
        assert_eq!(brief(&diff(&with("HTTP"), &with("HTTPS"))), told, "{label}");
    }
}

#[test]
fn things_without_ids_are_known_by_what_they_say_and_by_place() {
    let cell = |name: &str| json!({"shape": "process", "data": {"name": name}});
    let with = |names: &[&str]| {
        let mut model = model();
        *at(&mut model, "/detail/diagrams/1/cells") = names.iter().map(|name| cell(name)).collect();
        document(&model)
    };
    let told = brief(&diff(&with(&["A", "B", "C"]), &with(&["B", "C", "D"])));
    let expected = [
        "reordered layout Other: cells",
        "changed meaning Other / D (process): data/name",
    ];
    assert_eq!(told, expected);
}
