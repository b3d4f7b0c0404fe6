//! Changes that are right on each side and wrong together: what a check finds in the merged model
//! and in neither version becomes a conflict, and the settled side's version of it stands.

use std::collections::HashSet;

use crate::model::check::{Facts, Finding, Level, Policy, check};
use crate::model::document::Document;
use crate::model::json::{Draft, Value};
use crate::model::subject::Subject;

use super::Side;
use super::conflict::{Conflict, Note, Trouble};
use super::three::Three;

/// How often what was put back is looked at again. One time settles all that is known; what is
/// still wrong after the last is a conflict over the whole model.
const ROUNDS: usize = 3;

/// The versions that were merged.
#[derive(Clone, Copy)]
pub(super) struct Versions<'a> {
    pub(super) base: Option<&'a Document>,
    pub(super) ours: &'a Document,
    pub(super) theirs: &'a Document,
    pub(super) settled: Side,
}

/// What a look at the merged document gave.
#[derive(Debug)]
pub(super) struct Reconciled {
    /// Nothing when the two cannot be brought together.
    pub(super) document: Option<Document>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) notes: Vec<Note>,
}

/// Looks for errors that neither version has, and takes back what causes them.
pub(super) fn reconcile(merged: Document, versions: Versions<'_>) -> Reconciled {
    let known: HashSet<String> = [versions.ours, versions.theirs].into_iter()
        .flat_map(errors).map(|finding| finding.fingerprint).collect();
    let mut reconciled = Reconciled { document: Some(merged), conflicts: Vec::new(), notes: Vec::new() };
    for _ in 0..ROUNDS {
        let Some(document) = &reconciled.document else { return reconciled };
        let mut new = errors(document);
        new.retain(|finding| !known.contains(&finding.fingerprint));
        if new.is_empty() {
            return reconciled;
        }
        let (document, conflicts, notes) = take_back(document, versions, new);
        reconciled.document = document;
        reconciled.conflicts.extend(conflicts);
        reconciled.notes.extend(notes);
    }
    reconciled.document = reconciled.document.filter(|document| {
        errors(document).iter().all(|finding| known.contains(&finding.fingerprint))
    });
    reconciled
}

fn errors(document: &Document) -> Vec<Finding> {
    let mut findings = check(document, &Facts::default(), &Policy::default());
    findings.retain(|finding| finding.level == Level::Error);
    findings
}

/// Puts the settled side's version in the place of everything that something was found in.
fn take_back(
    merged: &Document,
    versions: Versions<'_>,
    findings: Vec<Finding>,
) -> (Option<Document>, Vec<Conflict>, Vec<Note>) {
    let mut draft = Draft::Kept(merged.root());
    let (mut conflicts, mut notes) = (Vec::new(), Vec::new());
    let mut done: Vec<Subject> = Vec::new();
    let mut removed = Vec::new();
    for Finding { subject, message, pointer, .. } in findings {
        if done.contains(&subject) {
            continue;
        }
        let find = |document: &'_ Document| Some(locate(document, &subject)?.1.to_json());
        let settled = versions.settled.pick(versions.ours, versions.theirs);
        match (locate(merged, &subject), locate(settled, &subject)) {
            (Some((at, _)), Some((_, value))) => {
                if let Some(place) = draft.pointer_mut(&at) {
                    *place = Draft::Kept(value);
                }
            }
            (Some((at, _)), None) => removed.push(at),
            (None, _) => return (None, conflicts, notes),
        }
        conflicts.push(Conflict {
            subject: subject.clone(),
            field: String::new(),
            trouble: Trouble::Incompatible,
            pointer,
            layout: false,
            base: versions.base.and_then(find),
            ours: find(versions.ours),
            theirs: find(versions.theirs),
        });
        notes.push(Note { subject: subject.clone(), text: message });
        done.push(subject);
    }
    // The last first, so that the places of the others stay what they are.
    removed.iter().rev().for_each(|at| draft.remove(at));
    (Document::of_draft(&draft).ok(), conflicts, notes)
}

/// Where a subject stands in a document; nothing for the model as a whole.
fn locate<'a>(document: &'a Document, subject: &Subject) -> Option<(String, Value<'a>)> {
    let name = subject.diagram.as_ref()?;
    let same = |diagram: &crate::model::DiagramView<'_>| diagram.id() == name.id && (name.id.is_some() || diagram.title() == name.title);
    let (d, diagram) = document.diagrams().enumerate().find(|(_, diagram)| same(diagram))?;
    let at = format!("/detail/diagrams/{d}");
    let Some(name) = &subject.cell else {
        return Some((at, diagram.value()));
    };
    let (c, cell) = diagram.cells().enumerate().find(|(_, cell)| cell.id() == name.id)?;
    let at = format!("{at}/cells/{c}");
    let Some(name) = &subject.threat else {
        return Some((at, cell.value()));
    };
    let same = |threat: &crate::model::ThreatView<'_>| threat.id() == name.id && (!name.id.is_empty() || threat.title() == name.title);
    let (t, threat) = cell.threats().enumerate().find(|(_, threat)| same(threat))?;
    Some((format!("{at}/data/threats/{t}"), threat.value()))
}
