//! The laws of the upgrade, over files of version 1 with anything anywhere.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::upgrade;
use crate::model::{CellView, DiagramView, Document, Generation, ThreatView};

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        "[a-c]{0,2}".prop_map(Value::from),
        (0..40_u64).prop_map(Value::from),
        Just(json!(-1.5)),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let keys = prop::sample::select(vec!["x", "y", "id", "text", "width"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(keys, inner, 0..3).prop_map(|members| json!(members)),
        ]
    })
}

/// An object with some of these members, each of any kind, and with some of `well`, as they should
/// be.
fn object(
    odd: &'static [&'static str],
    well: Vec<(&'static str, BoxedStrategy<Value>)>,
) -> BoxedStrategy<Value> {
    let key = prop::sample::select(odd.to_vec());
    let odd = prop::collection::btree_map(key, anything(), 0..5);
    let well: Vec<_> = well
        .into_iter()
        .map(|(key, value)| prop::option::of(value.prop_map(move |value| (key, value))))
        .collect();
    (odd, well)
        .prop_map(|(odd, well)| {
            let both = odd.into_iter().chain(well.into_iter().flatten());
            let both = both.map(|(key, value)| (key.to_owned(), value));
            Value::Object(both.collect::<Map<_, _>>())
        })
        .boxed()
}

fn words(words: &[&str]) -> BoxedStrategy<Value> {
    let words: Vec<Value> = words.iter().map(|word| json!(word)).collect();
    prop::sample::select(words).boxed()
}

fn list(element: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Value> {
    let elements = prop::collection::vec(element, 0..3);
    elements.prop_map(Value::from).boxed()
}

fn threat() -> BoxedStrategy<Value> {
    let odd = &[
        "id",
        "title",
        "status",
        "severity",
        "number",
        "modelType",
        "ruleId",
    ];
    let well = vec![
        ("status", words(&["Open", "Mitigated"])),
        ("type", words(&["Tampering", "Linkability"])),
    ];
    object(odd, well)
}

/// What a cell of version 1 may say, beside its threats.
const CELL: &[&str] = &[
    "type",
    "id",
    "z",
    "position",
    "size",
    "angle",
    "attrs",
    "labels",
    "source",
    "target",
    "vertices",
    "smooth",
    "description",
    "outOfScope",
    "reasonOutOfScope",
    "privilegeLevel",
    "protocol",
    "compatibility",
    "visible",
    "label",
    "x",
];

fn cell() -> BoxedStrategy<Value> {
    let labels = prop_oneof![
        anything(),
        anything().prop_map(|text| json!({ "attrs": { "text": { "text": text } } })),
    ];
    let well = vec![
        (
            "type",
            words(&["tm.Actor", "tm.Store", "tm.Flow", "tm.Boundary"]),
        ),
        ("labels", list(labels)),
        (
            "source",
            (0..3_u8)
                .prop_map(|id| json!({ "id": id.to_string() }))
                .boxed(),
        ),
        ("threats", list(threat())),
    ];
    object(CELL, well)
}

fn version_1() -> impl Strategy<Value = Value> {
    let drawing = object(&["zoom", "x"], vec![("cells", list(cell()))]);
    let diagram = object(
        &[
            "id",
            "title",
            "diagramType",
            "thumbnail",
            "version",
            "size",
            "compatibility",
            "$$hashKey",
        ],
        vec![("diagramJson", drawing)],
    );
    let detail = object(
        &[
            "contributors",
            "reviewer",
            "threatTop",
            "diagramTop",
            "compatibility",
        ],
        Vec::new(),
    );
    let root = object(
        &["compatibility", "x"],
        vec![("version", words(&["1", "1.6.0"]))],
    );
    let diagrams = prop::collection::vec(diagram, 0..3);
    (root, detail, diagrams).prop_map(|(mut root, mut detail, diagrams)| {
        detail["diagrams"] = diagrams.into();
        root["summary"] = json!({ "title": "Old" });
        root["detail"] = detail;
        root
    })
}

fn read(value: &Value) -> Document {
    Document::parse(value.to_string().into()).expect("a model")
}

/// How often a value has each text and each number.
fn leaves(value: &Value) -> BTreeMap<String, usize> {
    fn count(value: &Value, all: &mut BTreeMap<String, usize>) {
        match value {
            Value::String(_) | Value::Number(_) => *all.entry(value.to_string()).or_default() += 1,
            Value::Array(elements) => elements.iter().for_each(|element| count(element, all)),
            Value::Object(members) => members.values().for_each(|member| count(member, all)),
            _ => {}
        }
    }
    let mut all = BTreeMap::new();
    count(value, &mut all);
    all
}

/// The ids that the upgrade has made: no others are UUIDs here.
fn made(document: &Document) -> Vec<Uuid> {
    let cells = document.diagrams().flat_map(DiagramView::cells);
    let cells = cells.map(CellView::id);
    let ids = cells.chain(document.threats().map(ThreatView::id));
    ids.filter_map(|id| Uuid::parse_str(&id).ok()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_and_no_number_is_lost(old in version_1()) {
        let new = upgrade(&read(&old)).expect("it is not deep");
        prop_assert_eq!(new.generation(), Generation::V2);
        let text = serde_json::from_slice(&new.bytes()).expect("it is JSON");
        let (before, after) = (leaves(&old), leaves(&text));
        for (leaf, times) in before {
            let left = after.get(&leaf).copied().unwrap_or_default();
            prop_assert!(left >= times, "{leaf}: {times} before, {left} after\n{text:#}");
        }
    }

    #[test]
    fn it_is_the_same_every_time_and_done_once(old in version_1()) {
        let old = read(&old);
        let new = upgrade(&old).expect("it is not deep");
        prop_assert_eq!(upgrade(&old).expect("the same").bytes(), new.bytes());
        prop_assert_eq!(upgrade(&new).expect("nothing to do").bytes(), new.bytes());
    }

    #[test]
    fn ids_that_are_made_are_unique_and_nothing_is_without(old in version_1()) {
        let new = upgrade(&read(&old)).expect("it is not deep");
        let mut ids = made(&new);
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), all);
        for cell in new.diagrams().flat_map(DiagramView::cells) {
            prop_assert!(cell.value().get("id").is_some());
            for threat in cell.threats() {
                prop_assert!(threat.value().get("id").is_some());
            }
        }
    }
}
