//! An edit of one leaf changes one run of lines, whatever the file's layout.

use wyvern::model::json::Json;
use wyvern::model::{CellEdit, CellPlace, Document, Generation, Operation, ThreatPlace};

use super::samples::{fixtures, models};

/// How many lines were removed and added between the first and the last line that differ.
fn changed(before: &[u8], after: &[u8]) -> (usize, usize) {
    let [before, after] = [before, after].map(lines);
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
                let (key, value) = ("name".to_owned(), new());
                edits.push(Operation::EditCell {
                    cell: place.clone(),
                    edit: CellEdit::SetField { key, value },
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
            let (removed, added) = changed(&document.bytes(), &edited.bytes());
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

/// The pointers of all leaves but ids, which tell elements apart.
fn leaves(value: &serde_json::Value, at: &str, all: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(elements) => {
            let elements = elements.iter().enumerate();
            elements.for_each(|(index, value)| leaves(value, &format!("{at}/{index}"), all));
        }
        serde_json::Value::Object(members) => {
            let members = members.iter().filter(|(key, _)| *key != "id");
            members.for_each(|(key, value)| leaves(value, &format!("{at}/{key}"), all));
        }
        _ => all.push(at.to_owned()),
    }
}

/// The fixtures that say the same in different layouts, each with its content.
fn layouts() -> impl Iterator<Item = (Json, serde_json::Value)> {
    fixtures()
        .into_iter()
        .filter(|sample| !sample.path.ends_with("dialects.json"))
        .map(|sample| {
            let value = serde_json::from_str(&sample.text).expect("a fixture is JSON");
            (json(&sample.text), value)
        })
}

/// The lines that a client changes that reads everything and writes it its own way.
fn saved(stored: &Json, sent: &serde_json::Value) -> (usize, usize) {
    let revised = stored.revised_by(&json(&sent.to_string()));
    let revised = revised.expect("a fixture is revised");
    changed(stored.text().as_bytes(), revised.as_bytes())
}

#[test]
fn whatever_leaf_a_client_changes_the_layout_stays() {
    for (stored, content) in layouts() {
        let mut all = Vec::new();
        leaves(&content, "", &mut all);
        for leaf in all {
            let mut sent = content.clone();
            *sent.pointer_mut(&leaf).expect("it was found there") = "another".into();
            assert_eq!(saved(&stored, &sent), (1, 1), "{leaf}");
        }
    }
}

#[test]
fn a_cell_comes_and_goes_in_one_place() {
    for (stored, content) in
        layouts().filter(|(_, content)| content.pointer("/detail/diagrams/0/cells").is_some())
    {
        let lines = stored.text().lines().count();
        for place in 0..2 {
            let mut sent = content.clone();
            cells_of(&mut sent).insert(place, serde_json::json!({"id": "new", "shape": "actor"}));
            let (removed, added) = saved(&stored, &sent);
            assert!(
                removed <= 1 && added <= 5,
                "{removed} lines out, {added} in"
            );
            cells_of(&mut sent).remove(place);
            assert_eq!(saved(&stored, &sent), (0, 0));
            cells_of(&mut sent).remove(place);
            let (removed, added) = saved(&stored, &sent);
            assert!(
                added <= 2 && removed < lines.max(2),
                "{removed} lines out, {added} in"
            );
        }
    }
}

fn cells_of(model: &mut serde_json::Value) -> &mut Vec<serde_json::Value> {
    let cells = model.pointer_mut("/detail/diagrams/0/cells");
    cells
        .and_then(|cells| cells.as_array_mut())
        .expect("an array")
}
