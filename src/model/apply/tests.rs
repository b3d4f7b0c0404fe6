//! Each operation: what it changes, and what it refuses.

use bytes::Bytes;
use similar::{ChangeTag, TextDiff};

use crate::model::json::{Json, Value};
use crate::model::{CellEdit, CellPlace, Document, Operation, OperationError, Point, ThreatPlace};

const LENDING: &str = include_str!("../../../tests/fixtures/models/two-spaces.json");
const DIALECTS: &str = include_str!("../../../tests/fixtures/models/dialects.json");
const VERSION_1: &str = include_str!("../../../tests/fixtures/models/version-1.json");

fn document(text: &'static str) -> Document {
    Document::parse(Bytes::from_static(text.as_bytes())).expect("a model")
}

fn json(text: &str) -> Json {
    Json::parse(text.to_owned()).expect(text)
}

fn cell(cell: &str) -> CellPlace {
    let cell = cell.to_owned();
    CellPlace { diagram: 0, cell }
}

fn set_threat(cell_id: &str, threat: &str, key: &str, value: &str) -> Operation {
    Operation::SetThreatField {
        threat: ThreatPlace {
            cell: cell(cell_id),
            threat: threat.to_owned(),
        },
        key: key.to_owned(),
        value: json(value),
    }
}

fn set_cell(cell_id: &str, key: &str, value: &str) -> Operation {
    let (key, value) = (key.to_owned(), json(value));
    Operation::EditCell {
        cell: cell(cell_id),
        edit: CellEdit::SetField { key, value },
    }
}

fn move_to(cell_id: &str, x: f64, y: f64) -> Operation {
    Operation::EditCell {
        cell: cell(cell_id),
        edit: CellEdit::Move(Point { x, y }),
    }
}

fn add_threat(cell: CellPlace, threat: &str) -> Operation {
    let threat = json(threat);
    Operation::AddThreat { cell, threat }
}

/// The lines that an operation takes out (`-`) and puts in (`+`), without their indentation.
fn difference(before: &Document, operation: &Operation) -> Vec<String> {
    let after = before.apply(operation).expect("it can be applied").bytes();
    let before = before.bytes();
    let [before, after] = [&before, &after].map(|text| str::from_utf8(text).expect("UTF-8"));
    TextDiff::from_lines(before, after)
        .iter_all_changes()
        .filter(|change| change.tag() != ChangeTag::Equal)
        .map(|change| format!("{}{}", change.tag(), change.value().trim()))
        .collect()
}

#[test]
fn a_field_is_set_and_nothing_else() {
    let summary = Operation::SetSummaryField {
        key: "owner".to_owned(),
        value: json("\"Night shift\""),
    };
    let severity = set_threat("reader", "t-1", "severity", "\"Low\"");
    for (operation, [before, after]) in [
        (
            summary,
            [
                "-\"owner\": \"Library team\",",
                "+\"owner\": \"Night shift\",",
            ],
        ),
        (
            severity,
            ["-\"severity\": \"High\",", "+\"severity\": \"Low\","],
        ),
        (
            set_cell("desk", "name", "\"Counter\""),
            ["-\"name\": \"Desk\",", "+\"name\": \"Counter\","],
        ),
    ] {
        assert_eq!(difference(&document(LENDING), &operation), [before, after]);
    }
}

#[test]
fn a_new_field_is_laid_out_like_its_neighbours() {
    assert_eq!(
        difference(
            &document(LENDING),
            &set_cell("loans", "ext", "{\"team\":7}")
        ),
        [
            "-\"threats\": []",
            "+\"threats\": [],",
            "+\"ext\": {",
            "+\"team\": 7",
            "+}"
        ]
    );
}

#[test]
fn a_move_changes_the_position_only() {
    let to = |x, y| difference(&document(LENDING), &move_to("desk", x, y));
    assert_eq!(
        to(310.25, -50.0),
        [
            "-\"x\": 300.5,",
            "-\"y\": 50",
            "+\"x\": 310.25,",
            "+\"y\": -50"
        ]
    );
    assert_eq!(to(300.5, 50.0), [""; 0]);
}

#[test]
fn deciding_the_last_open_threat_calms_its_cell() {
    let lending = document(LENDING);
    let calmed = difference(
        &lending,
        &set_threat("reader", "t-1", "status", "\"Mitigated\""),
    );
    assert_eq!(
        calmed,
        [
            "-\"stroke\": \"red\",",
            "-\"strokeWidth\": 2.5,",
            "+\"stroke\": \"#333333\",",
            "+\"strokeWidth\": 1.5,",
            "-\"hasOpenThreats\": true,",
            "+\"hasOpenThreats\": false,",
            "-\"status\": \"Open\",",
            "+\"status\": \"Mitigated\",",
        ]
    );
    let alarmed = difference(&lending, &set_threat("desk", "t-3", "status", "\"open\""));
    assert!(alarmed.contains(&"+\"hasOpenThreats\": true,".to_owned()));
    // Another status that is not open changes that line only.
    let accepted = set_threat("desk", "t-3", "status", "\"Accepted\"");
    assert_eq!(difference(&lending, &accepted).len(), 2);
}

#[test]
fn a_new_threat_gets_the_next_number() {
    let threat = r#"{"id":"t-9","number":1,"title":"New","status":"Open"}"#;
    let added = difference(&document(LENDING), &add_threat(cell("loans"), threat));
    assert_eq!(
        added,
        [
            "-\"stroke\": \"#333333\",",
            "-\"strokeWidth\": 1.5,",
            "+\"stroke\": \"red\",",
            "+\"strokeWidth\": 2.5,",
            "-\"stroke\": \"#333333\",",
            "-\"strokeWidth\": 1.5,",
            "+\"stroke\": \"red\",",
            "+\"strokeWidth\": 2.5,",
            "-\"hasOpenThreats\": false,",
            "+\"hasOpenThreats\": true,",
            "-\"threats\": []",
            "+\"threats\": [",
            "+{",
            "+\"id\": \"t-9\",",
            "+\"number\": 4,",
            "+\"title\": \"New\",",
            "+\"status\": \"Open\"",
            "+}",
            "+]",
            "-\"threatTop\": 3",
            "+\"threatTop\": 4",
        ]
    );
}

#[test]
fn the_next_number_is_above_all_that_are_used() {
    let number_after = |text: &str| {
        let document = Document::parse(text.to_owned().into()).expect("a model");
        let added = document.apply(&add_threat(cell("desk"), r#"{"id":"t-9"}"#));
        let added = added.expect("it can be added");
        let at = |pointer| added.root().pointer(pointer).and_then(Value::as_u64);
        let number = at("/detail/diagrams/0/cells/1/data/threats/1/number");
        assert_eq!(at("/detail/threatTop"), number);
        number
    };
    assert_eq!(
        number_after(&LENDING.replace("\"threatTop\": 3", "\"threatTop\": 0")),
        Some(4)
    );
    assert_eq!(
        number_after(&LENDING.replace("\"threatTop\": 3", "\"threatTop\": 70")),
        Some(71)
    );
    assert_eq!(
        number_after(&LENDING.replace("threatTop", "other")),
        Some(101)
    );
}

#[test]
fn a_cell_without_data_or_threats_can_be_threatened() {
    let place = CellPlace {
        diagram: 7,
        cell: "no-shape-no-data".to_owned(),
    };
    let added = document(DIALECTS).apply(&add_threat(place, r#"{"id":"x","status":"Open"}"#));
    let added = added.expect("it can be added");
    let data = added
        .root()
        .pointer("/detail/diagrams/0/cells/2/data")
        .expect("data");
    let expected = r#"{"threats":[{"id":"x","status":"Open","number":101}],"hasOpenThreats":true}"#;
    assert_eq!(data, json(expected).root());
}

#[test]
fn threats_cells_and_diagrams_are_taken_away_whole() {
    let lending = document(LENDING);
    let threat = ThreatPlace {
        cell: cell("reader"),
        threat: "t-2".to_owned(),
    };
    let removed = difference(&lending, &Operation::RemoveThreat(threat));
    assert!(
        removed.iter().all(|line| line.starts_with('-')),
        "{removed:?}"
    );
    let fewer = lending
        .apply(&Operation::RemoveCell(cell("desk")))
        .expect("it is there");
    let ids: Vec<_> = fewer
        .diagram(0)
        .expect("it stays")
        .cells()
        .map(super::super::view::CellView::id)
        .collect();
    assert_eq!(ids, ["reader", "loans", "ask", "note"]);
    let removed = difference(&lending, &Operation::RemoveCell(cell("desk")));
    assert!(
        removed.iter().all(|line| line.starts_with('-')),
        "{removed:?}"
    );
    let fewer = lending
        .apply(&Operation::RemoveDiagram { diagram: 0 })
        .expect("it is there");
    assert_eq!(
        fewer
            .diagrams()
            .map(super::super::view::DiagramView::title)
            .collect::<Vec<_>>(),
        ["Counting"]
    );
}

#[test]
fn diagrams_and_cells_are_added_behind_the_others() {
    let lending = document(LENDING);
    let diagram = json(r#"{"title":"Night","id":0,"diagramType":"STRIDE"}"#);
    let more = lending
        .apply(&Operation::AddDiagram { diagram })
        .expect("it can be added");
    let night = more.diagram(2).expect("it has the next id");
    assert_eq!(night.title(), "Night");
    assert_eq!(
        more.root()
            .pointer("/detail/diagramTop")
            .and_then(Value::as_u64),
        Some(3)
    );
    let cell = json(r#"{"id":"lamp","shape":"actor"}"#);
    let lit = more
        .apply(&Operation::AddCell { diagram: 2, cell })
        .expect("it can be added");
    let lamp = lit
        .diagram(2)
        .and_then(|night| night.cells().next())
        .expect("the cell");
    assert_eq!(lamp.id(), "lamp");
}

#[track_caller]
fn assert_refused(operation: &Operation, sentence: &str) {
    let refusal = document(LENDING).apply(operation).expect_err(sentence);
    assert_eq!(refusal.to_string(), sentence);
}

#[test]
fn what_is_not_there_is_said() {
    let nowhere = CellPlace {
        diagram: 5,
        cell: "desk".to_owned(),
    };
    assert_refused(
        &Operation::RemoveDiagram { diagram: 9 },
        "There is no diagram 9.",
    );
    assert_refused(&Operation::RemoveCell(nowhere), "There is no diagram 5.");
    assert_refused(
        &set_cell("moon", "name", "1"),
        "There is no cell \"moon\" in diagram 0.",
    );
    assert_refused(
        &set_threat("desk", "t-1", "title", "1"),
        "There is no threat \"t-1\" to cell \"desk\".",
    );
}

#[test]
fn a_move_needs_a_position_and_two_numbers() {
    let to = |id, x| move_to(id, x, 0.0);
    assert_refused(
        &to("ask", 0.0),
        "Cell \"ask\" has no position that could be changed.",
    );
    assert_refused(
        &to("desk", f64::NAN),
        "Positions, sizes, angles and distances must be finite numbers.",
    );
    assert_refused(
        &to("desk", f64::INFINITY),
        "Positions, sizes, angles and distances must be finite numbers.",
    );
}

#[test]
fn additions_must_be_complete_and_new() {
    let cell_of = |text: &str| Operation::AddCell {
        diagram: 0,
        cell: json(text),
    };
    let incomplete = "A new cell must be an object with an id and a shape.";
    assert_refused(&cell_of(r#"{"id":"x"}"#), incomplete);
    assert_refused(&cell_of(r#"{"id":7,"shape":"actor"}"#), incomplete);
    assert_refused(
        &cell_of(r#"{"id":"desk","shape":"actor"}"#),
        "There is already a cell \"desk\".",
    );
    for text in ["[]", "{}", r#"{"title":null}"#] {
        let diagram = json(text);
        assert_refused(
            &Operation::AddDiagram { diagram },
            "A new diagram must be an object with a title.",
        );
    }
    let threat = |text: &str| add_threat(cell("desk"), text);
    assert_refused(&threat("7"), "A new threat must be an object with an id.");
    assert_refused(
        &threat(r#"{"id":"t-3"}"#),
        "There is already a threat \"t-3\".",
    );
}

#[test]
fn the_result_must_be_a_model() {
    assert_refused(
        &set_cell("desk", "threats", "{}"),
        "A threat model has an array at /detail/diagrams/0/cells/1/data/threats.",
    );
    let title = Operation::SetSummaryField {
        key: "title".to_owned(),
        value: json("7"),
    };
    assert_refused(&title, "A threat model has a string at /summary/title.");
}

#[test]
fn version_1_is_not_edited() {
    let operation = Operation::RemoveDiagram { diagram: 3 };
    let refusal = document(VERSION_1).apply(&operation);
    assert_eq!(refusal, Err(OperationError::OldGeneration));
}
