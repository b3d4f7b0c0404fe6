//! An edit of one leaf changes one run of lines, whatever the file's layout.

use similar::{ChangeTag, TextDiff};
use wyvern::model::json::Json;
use wyvern::model::{CellPlace, Document, Generation, Operation, ThreatPlace};

use super::samples::models;

/// The number of runs of changed lines, and of changed lines (the larger of removed and added).
fn changed(before: &Document, after: &Document) -> (usize, usize) {
    let (before, after) = (before.bytes(), after.bytes());
    let (before, after) = (text(&before), text(&after));
    let diff = TextDiff::from_lines(before, after);
    let changes: Vec<ChangeTag> = diff.iter_all_changes().map(|change| change.tag()).collect();
    let runs = changes
        .split(|tag| *tag == ChangeTag::Equal)
        .filter(|run| !run.is_empty())
        .count();
    let count = |wanted| changes.iter().filter(|tag| **tag == wanted).count();
    (runs, count(ChangeTag::Delete).max(count(ChangeTag::Insert)))
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("a document is UTF-8")
}

fn json(text: &str) -> Json {
    Json::parse(text.to_owned()).expect(text)
}

/// Every edit of one leaf that can be made to the model.
fn leaf_edits(document: &Document) -> Vec<Operation> {
    let new = || json("\"something \\\"else\\\"\"");
    let mut edits = vec![Operation::SetSummaryField {
        key: "title".to_owned(),
        value: new(),
    }];
    for diagram in document.diagrams() {
        for cell in diagram.cells() {
            let place = CellPlace {
                diagram: diagram.id().expect("a diagram has an id"),
                cell: cell.id().into_owned(),
            };
            if cell.data().is_some() {
                edits.push(Operation::SetCellField {
                    cell: place.clone(),
                    key: "name".to_owned(),
                    value: new(),
                });
            }
            edits.extend(cell.threats().filter(|t| !t.id().is_empty()).map(|threat| {
                Operation::SetThreatField {
                    threat: ThreatPlace {
                        cell: place.clone(),
                        threat: threat.id().into_owned(),
                    },
                    key: "mitigation".to_owned(),
                    value: new(),
                }
            }));
        }
    }
    edits
}

#[test]
fn an_edit_of_one_leaf_changes_one_line() {
    let mut edits = 0;
    for sample in models() {
        let document = sample.document();
        if document.generation() == Generation::V1 {
            continue;
        }
        for edit in leaf_edits(&document) {
            let edited = document.apply(&edit).expect("the place is there");
            let (runs, lines) = changed(&document, &edited);
            assert_eq!(runs, 1, "{} {edit:?}", sample.path.display());
            assert!(
                lines <= 2,
                "a new last member takes a comma before it: {edit:?}"
            );
            edits += 1;
        }
    }
    assert!(edits > 300, "only {edits} edits were tried");
}
