//! The changes in one line, for a commit message.

use super::change::{Aspect, Change, ChangeKind};
use super::plain::{cut, one_line};
use super::tally::tally;
use super::wording::count;
use crate::model::json::{Json, Value};
use crate::model::subject::{CellName, DiagramName, Subject};

/// How long the line should be at most, in characters.
const LONG: usize = 72;
/// The longest name in it.
const NAME: usize = 40;

/// Nothing when nothing has changed.
pub(super) fn summary(changes: &[Change]) -> Option<String> {
    let of = |aspect| changes.iter().filter(move |change| change.aspect == aspect);
    let meaning: Vec<_> = of(Aspect::Meaning).collect();
    let layout: Vec<_> = of(Aspect::Layout).collect();
    if !meaning.is_empty() {
        Some(told(&meaning))
    } else if !layout.is_empty() {
        Some(format!("{}: layout", diagrams(&layout)))
    } else {
        changes.first().map(derived)
    }
}

fn told(changes: &[&Change]) -> String {
    let (focus, about) = focus(changes);
    let mut parts = tally(changes, &focus);
    let about = about.map_or_else(String::new, |about| format!("{about}: "));
    // Each takes some characters: what comes later has no room.
    parts.truncate(LONG);
    let mut whole = format!("{about}{}", parts.join(", "));
    while whole.chars().count() > LONG && parts.len() > 1 {
        parts.pop();
        whole = format!("{about}{}, …", parts.join(", "));
    }
    whole
}

/// The smallest thing that all changes are about, and what the line says before them.
fn focus(changes: &[&Change]) -> (Subject, Option<String>) {
    let subjects = || changes.iter().map(|change| &change.subject);
    let first = subjects().next().cloned().unwrap_or_default();
    let same_diagram = subjects().all(|subject| subject.diagram == first.diagram);
    let same_cell = same_diagram && subjects().all(|subject| subject.cell == first.cell);
    let focus = Subject {
        diagram: first.diagram.filter(|_| same_diagram),
        cell: first.cell.filter(|_| same_cell),
        threat: None,
    };
    let in_diagrams = subjects().all(|subject| subject.diagram.is_some());
    let about = match &focus.cell {
        Some(name) => Some(cell(name)),
        None => in_diagrams.then(|| diagrams(changes)),
    };
    (focus, about)
}

/// The diagram that all changes are in, or how many there are.
fn diagrams(changes: &[&Change]) -> String {
    let mut seen: Vec<&DiagramName> = Vec::new();
    for name in changes
        .iter()
        .filter_map(|change| change.subject.diagram.as_ref())
    {
        if seen.last() != Some(&name) {
            seen.push(name);
        }
    }
    match seen.as_slice() {
        [] => "model".to_owned(),
        [name] => diagram(name),
        names => count(names.len(), "diagram"),
    }
}

fn derived(change: &Change) -> String {
    let field = |path: &str| change.fields.iter().find(|field| field.path == path);
    if change.kind == ChangeKind::Rewritten {
        let format = field("format").and_then(|field| field.after.as_ref());
        return match format.map(Json::root).and_then(Value::as_u64) {
            Some(version) => format!("file format changed to version {version}"),
            None => "the same in other words".to_owned(),
        };
    }
    let version = field("version").and_then(|field| field.after.as_ref());
    match version.map(Json::root).and_then(Value::as_text) {
        Some(version) => format!("saved by version {}", name(&version)),
        None => "derived values updated".to_owned(),
    }
}

fn cell(cell: &CellName) -> String {
    let said = name(&cell.name);
    if said.is_empty() {
        format!("unnamed {}", name(&cell.kind))
    } else {
        said
    }
}

fn diagram(diagram: &DiagramName) -> String {
    let said = name(&diagram.title);
    match diagram.id {
        _ if !said.is_empty() => said,
        Some(id) => format!("diagram {id}"),
        None => "an unnamed diagram".to_owned(),
    }
}

/// A text from the model as a part of the line; empty when there is nothing to see in it.
pub(super) fn name(text: &str) -> String {
    cut(&one_line(text), NAME)
}
