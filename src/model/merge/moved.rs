//! Threats that both sides have moved, each to another place.

use std::collections::HashMap;

use crate::model::document::Document;
use crate::model::subject::Subject;

use super::conflict::Note;

/// Notes for the threats that are in the merged document more often than on either side: one that
/// was moved to two places is kept at both, because neither side has deleted it.
pub(super) fn doubled(merged: &Document, sides: [&Document; 2]) -> Vec<Note> {
    let [ours, theirs] = sides.map(counts);
    let counts = counts(merged);
    let most = |id: &str| {
        let [ours, theirs] = [&ours, &theirs].map(|side| side.get(id).copied().unwrap_or(0));
        ours.max(theirs)
    };
    let mut notes = Vec::new();
    for diagram in merged.diagrams() {
        let of_diagram = Subject::diagram(diagram);
        for cell in diagram.cells() {
            for threat in cell.threats() {
                let id = threat.id();
                let count = counts.get(id.as_ref()).copied().unwrap_or(0);
                if count > most(&id) {
                    let subject = of_diagram.with_cell(cell).with_threat(threat);
                    let text = format!("both sides moved it; it is at {count} places now");
                    notes.push(Note { subject, text });
                }
            }
        }
    }
    notes
}

/// How often each threat id occurs.
fn counts(document: &Document) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    let ids = document.threats().map(|threat| threat.id().into_owned());
    for id in ids.filter(|id| !id.is_empty()) {
        *counts.entry(id).or_default() += 1;
    }
    counts
}
