//! An edit of one leaf changes one run of lines, whatever the file's layout.

use wyvern::model::json::Json;
use wyvern::model::{CellPlace, Document, Generation, Operation, ThreatPlace};

use super::samples::models;

/// How many lines were removed and added between the first and the last line that differ.
fn changed(before: &Document, after: &Document) -> (usize, usize) {
    let (before, after) = (before.bytes(), after.bytes());
    let [before, after] = [&before, &after].map(|bytes| lines(bytes));
    let same = |(a, b): &(&&[u8], &&[u8])| a == b;
    let front = before.iter().zip(&after).take_while(same).count();
    let (before, after) = (before.split_at(front).1, after.split_at(front).1);
    let back = before
        .iter()
        .rev()
        .zip(after.iter().rev())
        .take_while(same)
        .count();
    (before.len() - back, after.len() - back)
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split(|byte| *byte == b'\n').collect()
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
        // Of a large file a sample of the edits, to keep the test short.
        let step = 1 + sample.text.len() / 50_000;
        for edit in leaf_edits(&document).iter().step_by(step) {
            let edited = document.apply(edit).expect("the place is there");
            let (removed, added) = changed(&document, &edited);
            // A member that is new takes a comma to the line before it.
            assert!(
                removed.max(1) == 1 && (1..=2).contains(&added),
                "{}: {removed} lines out, {added} in by {edit:?}",
                sample.path.display()
            );
            edits += 1;
        }
    }
    assert!(edits > 100, "only {edits} edits were tried");
}
