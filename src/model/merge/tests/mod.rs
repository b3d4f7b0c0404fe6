//! Merging: what goes together, what collides, what is worked out anew.

mod derived;
mod fields;
mod large;
mod things;
mod unnamed;

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
