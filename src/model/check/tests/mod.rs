//! Each rule on a model that breaks it and nothing else, and what findings say about themselves.

mod cases;
mod findings;
mod hostile;

use serde_json::{Value, json};

use super::{Facts, Finding, Policy, check};
use crate::model::Document;

/// A model in which no rule finds anything: two elements in boundaries, a protected flow between
/// them, one mitigated threat each.
fn sound() -> Value {
    let threat = |id: &str, number: u64| {
        json!({"id": id, "number": number, "title": "Forged orders", "status": "Mitigated", "severity": "High",
            "type": "Spoofing", "description": "Anybody can send one.", "mitigation": "They are signed.", "modelType": "STRIDE"})
    };
    json!({
        "version": "2.3.0",
        "summary": {"title": "Shop", "owner": "Ada", "description": "Sells things.", "id": 0},
        "detail": {
            "contributors": [], "reviewer": "Grace", "diagramTop": 1, "threatTop": 3,
            "diagrams": [{
                "id": 0, "title": "Main", "diagramType": "STRIDE", "version": "2.3.0", "thumbnail": "",
                "cells": [
                    {"id": "api", "shape": "process", "position": {"x": 10, "y": 10}, "size": {"width": 50, "height": 50},
                     "data": {"name": "API", "hasOpenThreats": false, "outOfScope": false, "threats": [threat("t1", 1)]}},
                    {"id": "db", "shape": "store", "position": {"x": 110, "y": 10}, "size": {"width": 50, "height": 50},
                     "data": {"name": "Orders", "hasOpenThreats": false, "isEncrypted": false, "threats": [threat("t2", 2)]}},
                    {"id": "f", "shape": "flow", "source": {"cell": "api"}, "target": {"cell": "db"},
                     "data": {"name": "SQL", "hasOpenThreats": false, "isEncrypted": true, "threats": [threat("t3", 3)]}},
                    {"id": "in", "shape": "trust-boundary-box", "position": {"x": 0, "y": 0}, "size": {"width": 70, "height": 70},
                     "data": {"name": "Front", "isTrustBoundary": true}},
                    {"id": "back", "shape": "trust-boundary-box", "position": {"x": 100, "y": 0}, "size": {"width": 70, "height": 70},
                     "data": {"name": "Back", "isTrustBoundary": true}}
                ]
            }]
        }
    })
}

const CELLS: &str = "/detail/diagrams/0/cells";
const API: &str = "/detail/diagrams/0/cells/0";
const DB: &str = "/detail/diagrams/0/cells/1";
const FLOW: &str = "/detail/diagrams/0/cells/2";
const BOX: &str = "/detail/diagrams/0/cells/3";
const THREAT: &str = "/detail/diagrams/0/cells/0/data/threats/0";

fn document(model: &Value) -> Document {
    Document::parse(serde_json::to_string_pretty(model).unwrap().into()).unwrap()
}

fn found(model: &Value) -> Vec<Finding> {
    check(&document(model), &Facts::default(), &Policy::default())
}

/// Puts a value where a pointer leads, in an object also where there was none.
fn set(model: &mut Value, pointer: &str, value: Value) {
    let (holder, key) = pointer.rsplit_once('/').unwrap();
    let holder = model.pointer_mut(holder).unwrap();
    match holder {
        Value::Array(array) => array[key.parse::<usize>().unwrap()] = value,
        holder => holder[key] = value,
    }
}

fn push(model: &mut Value, pointer: &str, value: Value) {
    model
        .pointer_mut(pointer)
        .unwrap()
        .as_array_mut()
        .unwrap()
        .push(value);
}
