//! What is told of single changes, of whole edits, and of hostile models.

mod hostile;
mod kinds;
mod large;
mod old_files;
mod summaries;
mod whole;

use serde_json::{Value, json};

use super::*;

/// A model with one of everything.
fn model() -> Value {
    let spoof = json!({"id": "t1", "number": 1, "title": "Spoofed token", "status": "Open", "severity": "High", "type": "Spoofing", "description": "", "mitigation": ""});
    let flood = json!({"id": "t2", "number": 2, "title": "Flood", "status": "Mitigated", "severity": "Low", "type": "Denial of service", "description": "", "mitigation": "Quotas"});
    let node = |id: &str, shape: &str, data: Value| json!({"id": id, "shape": shape, "zIndex": 0, "position": {"x": 10, "y": 20}, "size": {"width": 100, "height": 100}, "data": data});
    let main = json!([
        node("zone", "trust-boundary-box", json!({"name": "Zone"})),
        node("user", "actor", json!({"name": "Browser", "threats": []})),
        node(
            "api",
            "process",
            json!({"name": "API gateway", "threats": [spoof, flood]})
        ),
        node(
            "db",
            "store",
            json!({"name": "Database", "hasOpenThreats": false, "threats": []})
        ),
        json!({"id": "login", "shape": "flow", "source": {"cell": "user", "port": "p1"}, "target": {"cell": "api"},
            "labels": [{"attrs": {"label": {"text": "Log in"}}, "position": 0.5}], "data": {"name": "Log in", "protocol": "HTTP", "threats": []}}),
    ]);
    let other = json!([node(
        "mail",
        "process",
        json!({"name": "Mailer", "threats": []})
    )]);
    json!({
        "version": "2.3.0",
        "summary": {"title": "Shop", "owner": "Ann"},
        "detail": {
            "contributors": [{"name": "Ann"}, {"name": "Bob"}],
            "diagrams": [
                {"id": 0, "title": "Main", "diagramType": "STRIDE", "cells": main},
                {"id": 1, "title": "Other", "diagramType": "STRIDE", "cells": other},
            ],
            "threatTop": 2,
        },
    })
}

const API: &str = "/detail/diagrams/0/cells/2";
const LOGIN: &str = "/detail/diagrams/0/cells/4";

fn document(value: &Value) -> Document {
    Document::parse(value.to_string().into()).expect("a model")
}

/// The changes that an edit of the model makes.
fn edited(edit: impl FnOnce(&mut Value)) -> Diff {
    let mut new = model();
    edit(&mut new);
    diff(&document(&model()), &document(&new))
}

/// The value at a pointer, to change it.
fn at<'v>(model: &'v mut Value, pointer: &str) -> &'v mut Value {
    model.pointer_mut(pointer).expect(pointer)
}

/// The array at a pointer, to change it.
fn array<'v>(model: &'v mut Value, pointer: &str) -> &'v mut Vec<Value> {
    at(model, pointer).as_array_mut().expect(pointer)
}

/// Each change as `kind aspect subject: members`.
fn brief(diff: &Diff) -> Vec<String> {
    let word = |value: Value| value.as_str().expect("a word").to_owned();
    let line = |change: &Change| {
        let kind = word(serde_json::to_value(change.kind).expect("a kind"));
        let aspect = word(serde_json::to_value(change.aspect).expect("an aspect"));
        let paths: Vec<_> = change
            .fields
            .iter()
            .map(|field| field.path.as_str())
            .collect();
        format!("{kind} {aspect} {}: {}", change.subject, paths.join(", "))
    };
    diff.changes.iter().map(line).collect()
}
