//! Edits of single members: each arrives, or is told as a conflict.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::models::document;
use crate::model::json::Json;
use crate::model::merge::{Side, merge};
use crate::model::{CellEdit, CellPlace, Document, Operation, Point, ThreatPlace};

/// A model whose elements all have a threat, and an edit of one member of it.
fn field() -> impl Strategy<Value = (u64, u64, &'static str)> {
    let keys = [
        "summary",
        "name",
        "outOfScope",
        "position",
        "title",
        "severity",
        "status",
    ];
    (0..3_u64, 0..3_u64, prop::sample::select(keys.to_vec()))
}

fn operation((diagram, cell, key): (u64, u64, &str), value: u64) -> Operation {
    let cell = CellPlace {
        diagram,
        cell: format!("c{cell}"),
    };
    let json = |value: Value| Json::parse(value.to_string()).unwrap();
    match key {
        "summary" => Operation::SetSummaryField {
            key: format!("s{diagram}{}", cell.cell),
            value: json(value.into()),
        },
        "position" => {
            let x = f64::from(u32::try_from(value).unwrap());
            let edit = CellEdit::Move(Point { x, y: 0.5 });
            Operation::EditCell { cell, edit }
        }
        "name" | "outOfScope" => {
            let (key, value) = (key.to_owned(), json(value.into()));
            let edit = CellEdit::SetField { key, value };
            Operation::EditCell { cell, edit }
        }
        _ => {
            let threat = ThreatPlace {
                cell,
                threat: "t".to_owned(),
            };
            let word = ["Avoided", "Mitigated", "Accepted"][usize::try_from(value % 3).unwrap()];
            let value = if key == "status" {
                json!(word)
            } else {
                json!(value)
            };
            Operation::SetThreatField {
                threat,
                key: key.to_owned(),
                value: json(value),
            }
        }
    }
}

fn full() -> Document {
    let cell = |id: u64| {
        json!({"id": format!("c{id}"), "shape": "process", "position": {"x": 0, "y": 0},
        "data": {"name": "", "hasOpenThreats": true, "threats": [{"id": "t", "title": "", "status": "Open", "severity": "TBD"}]}})
    };
    let cells: Vec<_> = (0..3).map(cell).collect();
    let diagrams: Vec<_> = (0..3)
        .map(|id| json!({"id": id, "title": "", "diagramType": "CIA", "cells": cells}))
        .collect();
    document(
        &json!({"version": "2.3.0", "summary": {"title": "M"}, "detail": {"diagrams": diagrams}}),
    )
}

fn applied(document: &Document, operations: &[Operation]) -> Document {
    operations
        .iter()
        .fold(document.clone(), |document, operation| {
            document.apply(operation).unwrap()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Edits of different members all arrive; members that both edited are told, each once, and no
    /// other is.
    #[test]
    fn every_edit_arrives_or_is_told(
        ours in prop::collection::hash_map(field(), 3..100_u64, 0..6),
        theirs in prop::collection::hash_map(field(), 103..200_u64, 0..6),
    ) {
        let base = full();
        let operations = |edits: &HashMap<(u64, u64, &'static str), u64>| -> Vec<Operation> {
            edits.iter().map(|(field, value)| operation(*field, *value)).collect()
        };
        let (of_ours, of_theirs) = (operations(&ours), operations(&theirs));
        let sides = [&of_ours, &of_theirs].map(|side| applied(&base, side));
        let merged = merge(Some(&base), &sides[0], &sides[1], Side::Theirs);
        let both: Vec<_> = of_ours.iter().chain(&of_theirs).cloned().collect();
        prop_assert_eq!(&merged.document, &applied(&base, &both), "the settled side's value stands");
        let collide = |field: &(u64, u64, &'static str)| {
            let [a, b] = [ours[field], theirs[field]];
            field.2 != "status" || a % 3 != b % 3
        };
        let expected: HashSet<_> = ours.keys().filter(|field| theirs.contains_key(*field)).copied()
            .filter(collide).map(|(d, c, key)| match key {
                "summary" => (None, None, format!("summary/s{d}c{c}")),
                "name" | "outOfScope" => (Some(d), Some(c), format!("data/{key}")),
                _ => (Some(d), Some(c), key.to_owned()),
            }).collect();
        let told: Vec<_> = merged.conflicts.iter().map(|conflict| {
            let subject = &conflict.subject;
            let cell = subject.cell.as_ref().map(|cell| cell.id[1..].parse().unwrap());
            (subject.diagram.as_ref().and_then(|d| d.id), cell, conflict.field.clone())
        }).collect();
        prop_assert_eq!(told.len(), expected.len());
        prop_assert_eq!(told.into_iter().collect::<HashSet<_>>(), expected);
    }
}
