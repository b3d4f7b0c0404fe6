//! Models, and what people do to them.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::model::Document;

/// What a side does to a model. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Edit {
    AddDiagram(u8),
    AddCell(u8, String),
    AddFlow(u8, String, u8, u8),
    AddThreat(u8, u8, String, Option<u64>),
    Remove(u8, u8),
    Swap(u8, u8, u8),
    Set(u8, u8, Value),
    Unset(u8, u8),
}

fn scalar() -> impl Strategy<Value = Value> {
    let words = ["", "Open", "Mitigated", "a", "2.3.0", "api"];
    prop_oneof![
        prop::sample::select(words.to_vec()).prop_map(Value::from),
        (0..9_u64).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        Just(json!([])),
        Just(json!({"x": 1, "y": 2})),
        Just(json!([{"id": 1}, {"id": 2, "more": [1, 2, 1]}])),
        Just(json!([1, 2, "a"])),
    ]
}

fn name() -> impl Strategy<Value = String> {
    // Few, so that both sides often choose the same ones; one of them is no name at all.
    prop::sample::select(vec!["", "a", "b", "c", "d", "e"]).prop_map(str::to_owned)
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        1 => any::<u8>().prop_map(Edit::AddDiagram),
        3 => (any::<u8>(), name()).prop_map(|(at, id)| Edit::AddCell(at, id)),
        2 => (any::<u8>(), name(), any::<u8>(), any::<u8>())
            .prop_map(|(at, id, from, to)| Edit::AddFlow(at, id, from, to)),
        4 => (any::<u8>(), any::<u8>(), name(), prop::option::of(1..9_u64))
            .prop_map(|(at, cell, id, number)| Edit::AddThreat(at, cell, id, number)),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Edit::Remove(a, b)),
        1 => (any::<u8>(), any::<u8>(), any::<u8>()).prop_map(|(a, b, c)| Edit::Swap(a, b, c)),
        5 => (any::<u8>(), any::<u8>(), scalar()).prop_map(|(a, b, value)| Edit::Set(a, b, value)),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Edit::Unset(a, b)),
    ]
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec(edit(), 0..8)
}

fn chosen(among: usize, by: u8) -> Option<usize> {
    usize::from(by).checked_rem(among)
}

fn diagrams(model: &mut Value) -> &mut Vec<Value> {
    model["detail"]["diagrams"].as_array_mut().unwrap()
}

fn cells(model: &mut Value, by: u8) -> Option<&mut Vec<Value>> {
    let diagrams = diagrams(model);
    let at = chosen(diagrams.len(), by)?;
    diagrams[at]["cells"].as_array_mut()
}

/// Every array of the model, by pointer.
fn arrays(value: &Value, at: &str, found: &mut Vec<String>) {
    let parts: Vec<(String, &Value)> = match value {
        Value::Array(array) => {
            found.push(at.to_owned());
            array
                .iter()
                .enumerate()
                .map(|(i, v)| (i.to_string(), v))
                .collect()
        }
        Value::Object(object) => object.iter().map(|(k, v)| (k.clone(), v)).collect(),
        _ => Vec::new(),
    };
    for (key, part) in parts {
        arrays(part, &format!("{at}/{key}"), found);
    }
}

/// Every object of the model, by pointer.
pub(super) fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    let parts: Vec<(String, &Value)> = match value {
        Value::Array(array) => array
            .iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), v))
            .collect(),
        Value::Object(object) => {
            found.push(at.to_owned());
            object.iter().map(|(k, v)| (k.clone(), v)).collect()
        }
        _ => Vec::new(),
    };
    for (key, part) in parts {
        objects(part, &format!("{at}/{key}"), found);
    }
}

fn some_array(model: &mut Value, by: u8) -> Option<&mut Vec<Value>> {
    let mut found = Vec::new();
    arrays(model, "", &mut found);
    let at = chosen(found.len(), by)?;
    model.pointer_mut(&found[at])?.as_array_mut()
}

fn some_object(model: &mut Value, by: u8) -> Option<&mut serde_json::Map<String, Value>> {
    let mut found = Vec::new();
    objects(model, "", &mut found);
    let at = chosen(found.len(), by)?;
    model.pointer_mut(&found[at])?.as_object_mut()
}

impl Edit {
    fn apply(&self, model: &mut Value) -> Option<()> {
        match self {
            Self::AddDiagram(by) => {
                let id = diagrams(model).len() + usize::from(by % 2);
                let new = json!({"id": id, "title": format!("d{by}"), "diagramType": "STRIDE", "cells": []});
                diagrams(model).push(new);
            }
            Self::AddCell(at, id) => {
                let data = json!({"name": id, "threats": []});
                cells(model, *at)?.push(json!({"id": id, "shape": "process", "data": data}));
            }
            Self::AddFlow(at, id, from, to) => {
                let cells = cells(model, *at)?;
                let [from, to] =
                    [from, to].map(|by| chosen(cells.len(), *by).map(|at| cells[at]["id"].clone()));
                let flow = json!({"id": format!("f{id}"), "shape": "flow", "source": {"cell": from?}, "target": {"cell": to?}});
                cells.push(flow);
            }
            Self::AddThreat(at, cell, id, number) => {
                let cells = cells(model, *at)?;
                let at = chosen(cells.len(), *cell)?;
                let new = json!({"id": id, "number": number, "title": format!("t{id}"), "status": "Open"});
                cells[at]
                    .get_mut("data")?
                    .get_mut("threats")?
                    .as_array_mut()?
                    .push(new);
            }
            change => change.change(model)?,
        }
        Some(())
    }

    fn change(&self, model: &mut Value) -> Option<()> {
        match self {
            Self::Remove(array, element) => {
                let array = some_array(model, *array)?;
                array.remove(chosen(array.len(), *element)?);
            }
            Self::Swap(array, a, b) => {
                let array = some_array(model, *array)?;
                let (a, b) = (chosen(array.len(), *a)?, chosen(array.len(), *b)?);
                array.swap(a, b);
            }
            Self::Set(object, key, value) => {
                let object = some_object(model, *object)?;
                let keys: Vec<String> =
                    object.keys().cloned().chain(["extra".to_owned()]).collect();
                object.insert(keys[chosen(keys.len(), *key)?].clone(), value.clone());
            }
            Self::Unset(object, key) => {
                let object = some_object(model, *object)?;
                let key = object.keys().nth(chosen(object.len(), *key)?)?.clone();
                object.shift_remove(&key);
            }
            _ => {}
        }
        Some(())
    }
}

/// The model after those edits that leave it a model.
fn after(model: &Value, edits: &[Edit]) -> Value {
    let mut model = model.clone();
    for edit in edits {
        let mut next = model.clone();
        if edit.apply(&mut next).is_some() && Document::parse(next.to_string().into()).is_ok() {
            model = next;
        }
    }
    model
}

pub(super) fn document(model: &Value) -> Document {
    Document::parse(serde_json::to_string_pretty(model).unwrap().into()).unwrap()
}

fn empty() -> Value {
    json!({"version": "2.3.0", "summary": {"title": "M"}, "detail": {"contributors": [],
        "diagrams": [{"id": 0, "title": "Main", "diagramType": "STRIDE", "cells": []}],
        "diagramTop": 1, "threatTop": 0}})
}

/// A base and two versions made from it.
pub(super) fn versions() -> impl Strategy<Value = [Document; 3]> {
    let start = prop::collection::vec(edit(), 4..20);
    (start, edits(), edits()).prop_map(|(start, ours, theirs)| {
        let base = after(&empty(), &start);
        [&base, &after(&base, &ours), &after(&base, &theirs)].map(document)
    })
}
