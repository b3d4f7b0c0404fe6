//! Laws of the edits of a cell, over cells with anything anywhere.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::model::json::Json;
use crate::model::{
    CellEdit, CellPlace, CellShape, Document, End, EndPlace, Generation, Offset, Operation,
    OperationError, Point, Route,
};

/// Numbers that few programs write like this: each stands for itself in a text of its own.
const SPELLED: [&str; 4] = ["1.50", "1e2", "-0", "123456789012345678901234567890"];

const WORDS: [&str; 10] = [
    "",
    "a",
    "actor",
    "process",
    "store",
    "flow",
    "block",
    "smooth",
    "__proto__",
    "é\"\\\n",
];

/// The members that some edit writes or reads, and one that none does.
const KEYS: [&str; 28] = [
    "shape",
    "position",
    "size",
    "angle",
    "zIndex",
    "data",
    "attrs",
    "source",
    "target",
    "vertices",
    "labels",
    "label",
    "connector",
    "router",
    "x",
    "y",
    "cell",
    "port",
    "distance",
    "text",
    "body",
    "topLine",
    "bottomLine",
    "stroke",
    "wyvern",
    "locked",
    "outOfScope",
    "other",
];

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        prop::sample::select(WORDS.to_vec()).prop_map(Value::from),
        prop::sample::select(SPELLED.to_vec()).prop_map(|text| json!(format!("@{text}@"))),
        (-9..9_i64).prop_map(Value::from),
        prop::sample::select(vec![0.25, 129.999_999_999_999_97]).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ]
}

fn object(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let members = prop::collection::vec((prop::sample::select(KEYS.to_vec()), inner), 0..4);
    members.prop_map(|members| {
        let members = members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        Value::Object(members.collect())
    })
}

fn anything() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            object(inner),
        ]
    })
}

/// A value as it should be, mostly.
fn mostly(well: Value) -> impl Strategy<Value = Value> {
    prop_oneof![5 => Just(well), 2 => object(anything()), 1 => anything()]
}

/// The members of a cell as they should be.
fn well() -> [(&'static str, Value); 9] {
    let stroke = json!({"stroke": "red", "strokeWidth": "@1.50@", "strokeDasharray": null});
    let line = json!({"stroke": "red", "strokeDasharray": "4 3", "sourceMarker": {"name": ""}});
    let attrs = json!({"text": {"text": "a"}, "body": stroke, "topLine": stroke, "line": line});
    let label = json!({"attrs": {"labelText": {"text": "a"}}, "position": {"distance": 0.25}});
    let data = json!({"name": "a", "outOfScope": true, "wyvern": {"locked": true}});
    let vertices = json!([{"x": 1, "y": "@-0@"}, {"y": 4, "x": 3, "kept": 1}, {"x": 5, "y": 6}]);
    [
        ("position", json!({"x": "@1.50@", "y": 2})),
        ("size", json!({"width": 3, "height": "@1e2@", "kept": 1})),
        ("source", json!({"cell": "a", "port": "p"})),
        ("target", json!({"x": 1, "y": 2, "kept": 1})),
        ("vertices", vertices),
        ("labels", json!([label, "b"])),
        ("attrs", attrs),
        ("data", data),
        ("label", json!("a")),
    ]
}

fn cell() -> impl Strategy<Value = Value> {
    let shapes = [
        "actor",
        "process",
        "store",
        "flow",
        "trust-boundary-box",
        "path",
    ];
    let member = |(key, value): (&'static str, Value)| {
        let value = mostly(value).prop_map(move |value| (key.to_owned(), value));
        prop::option::weighted(0.7, value)
    };
    let members = Vec::from(well().map(member));
    let shape = prop::sample::select(shapes.to_vec());
    (shape, members, object(anything())).prop_map(|(shape, members, odd)| {
        let mut cell: Map<_, _> = [("shape".to_owned(), json!(shape))].into_iter().collect();
        cell.extend(members.into_iter().flatten());
        cell.extend(odd.as_object().cloned().unwrap_or_default());
        cell.insert("id".to_owned(), json!("edited"));
        Value::Object(cell)
    })
}

/// A model with a cell between two others, in some layout.
fn document() -> impl Strategy<Value = Document> {
    let model = |(cell, other, pretty): (Value, Value, bool)| {
        let cells = json!([{"id": "before", "more": other}, cell, {"id": "after", "more": other}]);
        let diagrams = json!([{"id": 0, "title": "Main", "cells": cells, "more": other}]);
        let model =
            json!({"version": "2.0", "summary": {"title": "M"}, "detail": {"diagrams": diagrams}});
        let text = if pretty {
            serde_json::to_string_pretty(&model)
        } else {
            serde_json::to_string(&model)
        };
        let text = SPELLED
            .iter()
            .fold(text.expect("a value has a text"), |text, number| {
                text.replace(&format!("\"@{number}@\""), number)
            });
        Document::parse(text.into()).ok()
    };
    (cell(), anything(), any::<bool>()).prop_filter_map("a model", model)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => prop::sample::select(vec![-0.0, 0.0, 0.25, 1.0, 1.5, 2.0, 3.0, 100.0, 1e21, 1e-7]),
        1 => any::<f64>(),
    ]
}

fn point() -> impl Strategy<Value = Point> {
    (number(), number()).prop_map(|(x, y)| Point { x, y })
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned)
}

fn end_place() -> impl Strategy<Value = EndPlace> {
    prop_oneof![
        point().prop_map(EndPlace::Point),
        (word(), prop::option::of(word())).prop_map(|(cell, port)| EndPlace::Cell { cell, port }),
    ]
}

fn offset() -> impl Strategy<Value = Offset> {
    prop_oneof![
        number().prop_map(Offset::Across),
        point().prop_map(Offset::By)
    ]
}

fn set_field() -> impl Strategy<Value = CellEdit> {
    let keys = vec![
        "name",
        "outOfScope",
        "isBidirectional",
        "__proto__",
        "threats",
    ];
    (prop::sample::select(keys), anything()).prop_map(|(key, value)| CellEdit::SetField {
        key: key.to_owned(),
        value: Json::parse(value.to_string()).expect("JSON"),
    })
}

/// An edit that says what shall be: made twice, it is made once.
fn edit() -> impl Strategy<Value = CellEdit> {
    let ends = prop::sample::select(vec![End::Source, End::Target]);
    let routes = prop::sample::select(vec![Route::Smooth, Route::Straight, Route::Orthogonal]);
    let shapes = vec![
        CellShape::Actor,
        CellShape::Process,
        CellShape::Store,
        CellShape::Flow,
    ];
    prop_oneof![
        point().prop_map(CellEdit::Move),
        (point(), number(), number()).prop_map(|(at, width, height)| CellEdit::Resize {
            at,
            width,
            height
        }),
        number().prop_map(CellEdit::Turn),
        any::<i64>().prop_map(CellEdit::Order),
        set_field(),
        (ends, end_place()).prop_map(|(end, to)| CellEdit::SetEnd { end, to }),
        prop::collection::vec(point(), 0..5).prop_map(CellEdit::SetVertices),
        routes.prop_map(CellEdit::SetRoute),
        word().prop_map(CellEdit::Name),
        (number(), prop::option::of(offset()))
            .prop_map(|(distance, offset)| CellEdit::PlaceLabel { distance, offset }),
        prop::sample::select(shapes).prop_map(CellEdit::SetShape),
        any::<bool>().prop_map(CellEdit::Lock),
    ]
}

/// The members of a cell that an edit may write.
fn written(edit: &CellEdit) -> &'static [&'static str] {
    match edit {
        CellEdit::Move(_) => &["position"],
        CellEdit::Resize { .. } => &["position", "size"],
        CellEdit::Turn(_) => &["angle"],
        CellEdit::Order(_) => &["zIndex"],
        CellEdit::SetField { .. } => &["data", "attrs"],
        CellEdit::SetEnd {
            end: End::Source, ..
        } => &["source"],
        CellEdit::SetEnd {
            end: End::Target, ..
        } => &["target"],
        CellEdit::SetVertices(_) => &["vertices"],
        CellEdit::SetRoute(_) => &["connector", "router"],
        CellEdit::Reverse => &["source", "target", "vertices", "labels"],
        CellEdit::Name(_) => &["data", "attrs", "label", "labels"],
        CellEdit::PlaceLabel { .. } => &["labels"],
        CellEdit::SetShape(_) => &["shape", "data", "attrs"],
        CellEdit::Lock(_) => &["data"],
    }
}

fn apply(document: &Document, edit: &CellEdit) -> Result<Document, OperationError> {
    document.apply(&Operation::EditCell {
        cell: CellPlace {
            diagram: 0,
            cell: "edited".to_owned(),
        },
        edit: edit.clone(),
    })
}

/// What stands before the edited cell and behind it, and the text of those of its members that
/// the edit does not write.
fn rest<'a>(
    document: &'a Document,
    edit: &CellEdit,
) -> (&'a str, &'a str, Vec<(&'a str, &'a str)>) {
    let cell = document
        .root()
        .pointer("/detail/diagrams/0/cells/1")
        .expect("the cell stays");
    let (before, behind) = document.text().split_at(cell.offset());
    let members = cell
        .members()
        .filter(|(key, _)| !written(edit).iter().any(|written| key.is_text(written)));
    let members = members
        .map(|(key, value)| (key.raw(), value.raw()))
        .collect();
    (before, behind.split_at(cell.raw().len()).1, members)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever a cell holds, an edit makes a model of it that is read again, and leaves the bytes of
    /// all that it does not name.
    #[test]
    fn an_edit_leaves_the_rest_alone(
        document in document(),
        edit in prop_oneof![12 => edit(), 1 => Just(CellEdit::Reverse)],
    ) {
        if let Ok(after) = apply(&document, &edit) {
            prop_assert_eq!(after.generation(), Generation::V2);
            let read = Document::parse(after.bytes()).expect("a model");
            prop_assert_eq!(&read, &after);
            prop_assert_eq!(rest(&after, &edit), rest(&document, &edit));
        }
    }

    #[test]
    fn an_edit_made_twice_is_made_once(document in document(), edit in edit()) {
        if let Ok(once) = apply(&document, &edit) {
            let twice = apply(&once, &edit).expect("it can be made again");
            prop_assert_eq!(twice.text(), once.text());
        }
    }

    #[test]
    fn a_flow_turned_round_twice_is_where_it_was(document in document()) {
        if let Ok(there) = apply(&document, &CellEdit::Reverse) {
            let back = apply(&there, &CellEdit::Reverse).expect("it has its ends");
            for key in ["source", "target", "vertices"] {
                let at = format!("/detail/diagrams/0/cells/1/{key}");
                prop_assert_eq!(back.root().pointer(&at), document.root().pointer(&at));
            }
        }
    }
}
