//! What has happened, counted: `2 threats added`, `1 mitigated`.

use super::change::{Change, ChangeKind, FieldChange};
use super::summary::name;
use super::wording::{contents, count, label};
use crate::model::json::{Json, Value};
use crate::model::subject::{Subject, kind};
use crate::model::vocabulary::{CellShape, Status};

/// How many members of one thing are named.
const NAMED: usize = 3;

/// What has happened to `focus` itself, then to what it holds. Never empty for changes that mean
/// something.
pub(super) fn tally(changes: &[&Change], focus: &Subject) -> Vec<String> {
    let mut parts = Vec::new();
    let mut counts = Counts::default();
    for change in changes {
        if change.subject == *focus {
            parts.extend(own(change));
        } else {
            counts.count(change);
        }
    }
    parts.extend(counts.words());
    parts
}

/// What has happened to the thing that the line is about.
fn own(change: &Change) -> Vec<String> {
    let with = change.contents.and_then(contents);
    let with = with.map_or_else(String::new, |with| format!(" with {with}"));
    let noun = match &change.subject.cell {
        Some(cell) => name(&cell.kind),
        None => "diagram".to_owned(),
    };
    let mut parts = match change.kind {
        ChangeKind::Added => vec![format!("{noun} added{with}")],
        ChangeKind::Removed => vec![format!("{noun} removed{with}")],
        ChangeKind::Moved => vec![moved(change)],
        _ => Vec::new(),
    };
    let known =
        |field: &&FieldChange| !(field.path == "data/type" && change.kind == ChangeKind::Retyped);
    let mut fields: Vec<String> = change.fields.iter().filter(known).map(field).collect();
    fields.dedup();
    if fields.len() > NAMED {
        parts.push(format!("{} changed", count(fields.len(), "member")));
    } else {
        parts.extend(fields);
    }
    parts
}

fn moved(change: &Change) -> String {
    let diagram = change.from.as_ref().and_then(|from| from.diagram.as_ref());
    let title = diagram.map_or_else(String::new, |diagram| name(&diagram.to_string()));
    format!("moved here from {title}")
}

fn field(field: &FieldChange) -> String {
    let text = |json: &Option<Json>| {
        let text = json.as_ref().map(Json::root).and_then(Value::as_text);
        text.map(|text| name(&text)).filter(|text| !text.is_empty())
    };
    match (field.path.as_str(), text(&field.before), text(&field.after)) {
        ("summary/title", _, Some(new)) => format!("title changed to \"{new}\""),
        ("title" | "data/name", Some(old), Some(_)) => format!("renamed from \"{old}\""),
        ("diagramType", _, Some(new)) => format!("methodology changed to {new}"),
        ("shape", _, Some(new)) => format!("now a {}", name(kind(&CellShape::read(&new)))),
        (path, ..) => match label(path) {
            Some(words) => format!("{words} changed"),
            None => format!("{} changed", name(path)),
        },
    }
}

/// How often what has happened to things of which kind, in the order in which it is told.
#[derive(Default)]
struct Counts {
    diagrams: Vec<(String, usize)>,
    elements: Vec<(String, usize)>,
    threats: Vec<(String, usize)>,
}

impl Counts {
    fn count(&mut self, change: &Change) {
        let Subject { cell, threat, .. } = &change.subject;
        let verb = match change.kind {
            ChangeKind::Added => "added".to_owned(),
            ChangeKind::Removed => "removed".to_owned(),
            ChangeKind::Moved => "moved".to_owned(),
            _ if threat.is_some() => decided(change).unwrap_or_else(|| "changed".to_owned()),
            _ => "changed".to_owned(),
        };
        let own = match (cell, threat) {
            (_, Some(_)) => &mut self.threats,
            (Some(_), None) => &mut self.elements,
            (None, None) => &mut self.diagrams,
        };
        add(own, &verb, 1);
        if let Some(contents) = change.contents {
            add(&mut self.elements, &verb, contents.cells);
            add(&mut self.threats, &verb, contents.threats);
        }
    }

    fn words(self) -> Vec<String> {
        let kinds = [
            ("diagram", self.diagrams),
            ("element", self.elements),
            ("threat", self.threats),
        ];
        let mut parts = Vec::new();
        for (noun, verbs) in kinds {
            for (index, (verb, number)) in verbs.into_iter().enumerate() {
                parts.push(match index {
                    0 => format!("{} {verb}", count(number, noun)),
                    _ => format!("{number} {verb}"),
                });
            }
        }
        parts
    }
}

fn add(verbs: &mut Vec<(String, usize)>, verb: &str, number: usize) {
    if number == 0 {
        return;
    }
    match verbs.iter_mut().find(|(known, _)| known == verb) {
        Some((_, count)) => *count += number,
        None => verbs.push((verb.to_owned(), number)),
    }
}

/// What has been decided about a threat, when that is new.
fn decided(change: &Change) -> Option<String> {
    let status = change.fields.iter().find(|field| field.path == "status")?;
    let word = |json: &Option<Json>| Some(json.as_ref()?.root().as_text()?.into_owned());
    let verb = match Status::read(&word(&status.after)?) {
        Status::NotApplicable => "found not applicable",
        Status::Open if word(&status.before).is_none() => "opened",
        Status::Open => "reopened",
        Status::Mitigated => "mitigated",
        Status::Accepted => "accepted",
        Status::Transferred => "transferred",
        Status::Avoided => "avoided",
        Status::Eliminated => "eliminated",
        Status::Other(word) => {
            return Some(name(&word))
                .filter(|word| !word.is_empty())
                .map(|word| format!("set to {word}"));
        }
    };
    Some(verb.to_owned())
}
