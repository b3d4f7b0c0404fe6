//! Laws of comparing, for models of every kind: also with the same id twice, and with none.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::model::{CellEdit, CellPlace, CellView, Operation, ThreatPlace};

/// Few values, so that two models often share some.
fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        prop::sample::select(vec!["", "a", "b", "Open", "Mitigated", "c\n@x\u{202e}`"])
            .prop_map(Value::from),
        (0..3_u8).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        Just(json!({})),
        Just(json!([])),
        Just(json!({"cell": "a", "port": 1})),
        Just(json!([1, {"id": 2, "x": null}])),
        Just(json!({"text": {"text": "a"}, "x/y~": 1})),
    ]
}

/// An object with some of these members.
fn object(keys: &'static [&'static str]) -> impl Strategy<Value = Map<String, Value>> {
    let member = (prop::sample::select(keys), scalar());
    prop::collection::vec(member, 0..4).prop_map(|members| {
        members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    })
}

/// Objects of a kind, in an array under a key that is sometimes left out.
fn things(
    things: impl Strategy<Value = Value>,
    most: usize,
) -> impl Strategy<Value = Option<Value>> {
    let array = prop::collection::vec(things, 0..most).prop_map(Value::from);
    prop::option::weighted(0.9, array)
}

fn with(mut object: Map<String, Value>, key: &str, value: Option<Value>) -> Map<String, Value> {
    if let Some(value) = value {
        object.insert(key.to_owned(), value);
    }
    object
}

fn threat() -> impl Strategy<Value = Value> {
    object(&["id", "number", "title", "status", "x"]).prop_map(Value::from)
}

fn cell() -> impl Strategy<Value = Value> {
    let own = object(&[
        "id", "shape", "position", "labels", "attrs", "source", "tools",
    ]);
    let data = object(&["name", "protocol", "hasOpenThreats", "crossingFlows"]);
    (own, data, things(threat(), 4), things(threat(), 2), 0..8_u8).prop_map(
        |(own, data, threats, more, odd)| {
            let data = with(data, "threats", threats);
            let own = with(own, "data", (odd > 0).then(|| data.into()));
            with(own, "threats", more.filter(|_| odd == 1)).into()
        },
    )
}

fn diagram() -> impl Strategy<Value = Value> {
    let own = object(&["id", "title", "diagramType", "size", "thumbnail", "y"]);
    (own, things(cell(), 5), things(cell(), 2), 0..8_u8).prop_map(|(own, cells, drawn, odd)| {
        let drawing = with(Map::new(), "cells", drawn);
        let own = with(own, "diagramJson", (odd == 1).then(|| drawing.into()));
        with(own, "cells", cells.filter(|_| odd > 1)).into()
    })
}

fn model() -> impl Strategy<Value = Value> {
    let contributors = prop_oneof![
        2 => things(object(&["name", "x"]).prop_map(Value::from), 4),
        1 => scalar().prop_map(Some),
    ];
    let diagrams = prop::collection::vec(diagram(), 0..4);
    let version = prop::sample::select(vec!["1.0", "2.0", "2.3.0"]);
    (
        version,
        object(&["owner", "z"]),
        object(&["reviewer", "threatTop"]),
        contributors,
        diagrams,
    )
        .prop_map(|(version, summary, detail, contributors, diagrams)| {
            let summary = with(summary, "title", Some("M".into()));
            let detail = with(detail, "contributors", contributors);
            let detail = with(detail, "diagrams", Some(diagrams.into()));
            json!({"version": version, "summary": summary, "detail": detail})
        })
}

/// Two models of which the second is often the first with a few changes.
fn two() -> impl Strategy<Value = [Value; 2]> {
    let edit = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        scalar(),
        0..4_u8,
    );
    let edits = prop::collection::vec(edit, 0..4);
    let edited = (model(), edits).prop_map(|(old, edits)| {
        let mut new = old.clone();
        for (place, part, value, what) in edits {
            let mut pointers = Vec::new();
            containers(&new, "", &mut pointers);
            let pointer = place.get(&pointers).clone();
            change(
                new.pointer_mut(&pointer).expect("it is there"),
                part,
                value,
                what,
            );
        }
        [old, new]
    });
    prop_oneof![4 => edited, 1 => [model(), model()]]
}

fn containers(value: &Value, at: &str, found: &mut Vec<String>) {
    let parts: Vec<(String, &Value)> = match value {
        Value::Array(array) => array
            .iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), v))
            .collect(),
        Value::Object(object) => object.iter().map(|(k, v)| (pointer_token(k), v)).collect(),
        _ => return,
    };
    found.push(at.to_owned());
    for (key, part) in parts {
        containers(part, &format!("{at}/{key}"), found);
    }
}

fn pointer_token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn change(container: &mut Value, part: prop::sample::Index, value: Value, what: u8) {
    match container {
        Value::Array(array) if !array.is_empty() => {
            let at = part.index(array.len());
            match what {
                0 => drop(array.remove(at)),
                1 => array.push(array[at].clone()),
                2 => array.swap(0, at),
                _ => array.reverse(),
            }
        }
        Value::Object(object) if !object.is_empty() => {
            let key = object
                .keys()
                .nth(part.index(object.len()))
                .expect("it has that many")
                .clone();
            match what {
                0 => drop(object.shift_remove(&key)),
                _ => drop(object.insert(key, value)),
            }
        }
        _ => {}
    }
}

/// The document, when the edits have left it a model.
fn document(value: &Value) -> Option<Document> {
    Document::parse(value.to_string().into()).ok()
}

/// The same with the keys of every object turned round, and with other white space.
fn respelled(value: &Value) -> Document {
    fn turned(value: &Value) -> Value {
        match value {
            Value::Array(array) => array.iter().map(turned).collect(),
            Value::Object(object) => {
                let members = object.iter().rev();
                members
                    .map(|(key, value)| (key.clone(), turned(value)))
                    .collect()
            }
            other => other.clone(),
        }
    }
    let text = serde_json::to_string_pretty(&turned(value)).expect("a value has a text");
    Document::parse(text.into()).expect("it stays a model")
}

/// What every diff must be able to say.
fn assert_told(diff: &Diff) -> Result<(), TestCaseError> {
    let empty = diff.is_empty();
    prop_assert_eq!(diff.summary().is_none(), empty);
    prop_assert!(
        diff.summary()
            .is_none_or(|line| !line.trim().is_empty() && !line.contains('\n'))
    );
    prop_assert_eq!(diff.text(true).is_empty(), empty);
    prop_assert_eq!(diff.markdown().is_empty(), empty);
    let json = serde_json::to_string(diff).expect("a diff has a text");
    let json: Value = serde_json::from_str(&json).expect("it is JSON");
    prop_assert_eq!(
        json["changes"].as_array().map(Vec::len),
        Some(diff.changes.len())
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_diff_is_empty_exactly_when_nothing_is_different([old, new] in two()) {
        if let (Some(old), Some(new)) = (document(&old), document(&new)) {
            let diff = diff(&old, &new);
            prop_assert_eq!(diff.is_empty(), old == new);
            assert_told(&diff)?;
        }
    }

    /// Only what version 1 can say in two ways is told without saying where.
    #[test]
    fn a_change_is_told_where_it_is([old, new] in two()) {
        if let (Some(old), Some(new)) = (document(&old), document(&new))
            && [&old, &new].map(Document::generation) == [Generation::V2; 2]
        {
            let diff = diff(&old, &new);
            prop_assert!(diff.changes.iter().all(|change| change.kind != ChangeKind::Rewritten));
            for change in &diff.changes {
                prop_assert!(change.before.as_ref().is_none_or(|at| old.root().pointer(at).is_some()));
                prop_assert!(change.after.as_ref().is_none_or(|at| new.root().pointer(at).is_some()));
                prop_assert!(change.before.is_some() || change.after.is_some());
                for field in change.fields.iter().filter(|field| !field.path.starts_with("detail/contributors/")) {
                    let value = |document: &Document, at: &Option<String>| {
                        let at = format!("{}/{}", at.as_deref().unwrap_or_default(), field.path);
                        document.root().pointer(&at).map(crate::model::json::Value::to_json)
                    };
                    if change.kind != ChangeKind::Reordered {
                        prop_assert_eq!(&field.before, &value(&old, &change.before));
                        prop_assert_eq!(&field.after, &value(&new, &change.after));
                        prop_assert_ne!(&field.before, &field.after);
                    }
                }
            }
        }
    }

    /// However little may be told, it says that something has changed, and whether that means
    /// something.
    #[test]
    fn a_spent_budget_hides_no_change([old, new] in two(), budget in 0..4_000_usize) {
        if let (Some(old), Some(new)) = (document(&old), document(&new)) {
            let [old, new] = [&old, &new].map(|document| Tree::of(document.root(), None));
            let all = Diff { changes: compare::changes(&old, &new, Budget(usize::MAX)) };
            let some = Diff { changes: compare::changes(&old, &new, Budget(budget)) };
            prop_assert_eq!(some.is_empty(), all.is_empty());
            prop_assert!(some.has_meaning() || !all.has_meaning());
            assert_told(&some)?;
        }
    }

    #[test]
    fn another_spelling_is_no_change(model in model()) {
        prop_assert!(diff(&document(&model).expect("a model"), &respelled(&model)).is_empty());
    }

    /// What is added one way is removed the other way.
    #[test]
    fn the_way_back_tells_the_same_things([old, new] in two()) {
        if let (Some(old), Some(new)) = (document(&old), document(&new)) {
            let count = |diff: &Diff, kind| diff.changes.iter().filter(|change| change.kind == kind).count();
            let (there, back) = (diff(&old, &new), diff(&new, &old));
            prop_assert_eq!(count(&there, ChangeKind::Added), count(&back, ChangeKind::Removed));
            prop_assert_eq!(count(&there, ChangeKind::Removed), count(&back, ChangeKind::Added));
        }
    }
}

fn demo() -> Document {
    let bytes = include_bytes!("../../../config/demo/web-shop.json");
    Document::parse(bytes.as_slice().into()).expect("a model")
}

/// The elements of a model that have threats: the diagram's id, the diagram, the element.
fn threatened(model: &Document) -> Vec<(u64, Subject, CellView<'_>)> {
    let cells = model.diagrams().flat_map(|diagram| {
        let id = diagram.id().expect("it has an id");
        let subject = Subject::diagram(diagram);
        diagram.cells().map(move |cell| (id, subject.clone(), cell))
    });
    cells
        .filter(|(.., cell)| cell.threats().next().is_some())
        .collect()
}

/// An edit of some element or threat, and what it is about.
fn edit_of((index, what, word): (prop::sample::Index, u8, String)) -> (Operation, Subject) {
    let demo = demo();
    let cells = threatened(&demo);
    let (diagram, subject, view) = index.get(&cells);
    let cell = CellPlace {
        diagram: *diagram,
        cell: view.id().into_owned(),
    };
    let subject = subject.with_cell(*view);
    let view = view.threats().next().expect("it has threats");
    let threat = ThreatPlace {
        cell: cell.clone(),
        threat: view.id().into_owned(),
    };
    let value = Json::parse(format!("{word:?}")).expect("JSON");
    let of_threat = subject.with_threat(view);
    let key = |key: &str| key.to_owned();
    match what {
        0 => {
            let key = key("severity");
            (Operation::SetThreatField { threat, key, value }, of_threat)
        }
        1 => (Operation::RemoveThreat(threat), of_threat),
        2 => (Operation::RemoveCell(cell), subject),
        _ => {
            let key = key("protocol");
            let edit = CellEdit::SetField { key, value };
            (Operation::EditCell { cell, edit }, subject)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn an_operation_is_told_of_its_subject_alone(edit in (any::<prop::sample::Index>(), 0..4_u8, "[a-z]{3,9}")) {
        let (operation, subject) = edit_of(edit);
        let old = demo();
        let new = old.apply(&operation).expect("it can be applied");
        let diff = diff(&old, &new).without_layout();
        prop_assert_eq!(diff.changes.len(), 1, "{:?}", diff);
        prop_assert_eq!(&diff.changes[0].subject, &subject);
    }
}
