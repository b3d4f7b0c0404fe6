//! What has happened, counted: `2 threats added`, `1 mitigated`.

use super::change::{Change, ChangeKind, FieldChange};
use super::summary::name;
use super::wording::{REST, contents, count, label};
use crate::model::json::{Json, Value};
use crate::model::subject::{Subject, kind};
use crate::model::vocabulary::{CellShape, Status};

/// How many members of one thing are named.
const NAMED: usize = 3;

/// What has happened to `focus` itself, then to what it holds. Never empty for changes that mean
/// something.
pub(super) fn tally(changes: &[&Change], focus: &Subject) -> Vec<String> {
    let (about, held): (Vec<&Change>, Vec<&Change>) =
        (changes.iter()).partition(|change| change.subject == *focus);
    let held = match held.as_slice() {
        [change] => threat_members(change).unwrap_or_else(|| counted(&held)),
        _ => counted(&held),
    };
    about.into_iter().flat_map(own).chain(held).collect()
}

/// The members of a threat that are different, when nothing weightier has happened to it.
fn threat_members(change: &Change) -> Option<Vec<String>> {
    let threat = change.subject.threat.as_ref()?;
    let few = change.kind == ChangeKind::Changed && change.fields.len() <= NAMED;
    if !few || decided(change).is_some() {
        return None;
    }
    let of = match threat.number {
        Some(number) => format!("of threat {number}"),
        None => "of a threat".to_owned(),
    };
    let labels = change.fields.iter().map(word);
    Some(
        labels
            .map(|label| format!("{label} {of} changed"))
            .collect(),
    )
}

/// What has happened to which kinds of thing, in words of ours alone.
pub(super) fn counted(changes: &[&Change]) -> Vec<String> {
    let mut counts = Counts::default();
    for change in changes {
        counts.count(change);
    }
    counts.words()
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
    let mut fields: Vec<String> = change.told_fields().map(field).collect();
    fields.dedup();
    if fields.len() > NAMED {
        let cut = change.fields.iter().any(|field| field.cut);
        let more = if cut { "more than " } else { "" };
        let told = fields.len() - usize::from(cut);
        parts.push(format!("{more}{} changed", count(told, "field")));
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
        _ => format!("{} changed", word(field)),
    }
}

/// What a member is called.
fn word(field: &FieldChange) -> String {
    match label(&field.path) {
        Some(label) => label.to_owned(),
        None if field.cut && field.path.is_empty() => REST.to_owned(),
        None => name(&field.path),
    }
}

/// How often what has happened to things of which kind.
#[derive(Default)]
struct Counts {
    /// Members of the model.
    members: Verbs,
    diagrams: Verbs,
    elements: Verbs,
    threats: Verbs,
}

/// What has happened, how often.
type Verbs = Vec<(&'static str, usize)>;

impl Counts {
    fn count(&mut self, change: &Change) {
        let Subject {
            diagram,
            cell,
            threat,
        } = &change.subject;
        let verb = match change.kind {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Moved => "moved",
            _ => decided(change)
                .filter(|_| threat.is_some())
                .unwrap_or("changed"),
        };
        match (diagram, cell, threat) {
            (.., Some(_)) => add(&mut self.threats, verb, 1),
            (_, Some(_), None) => add(&mut self.elements, verb, 1),
            (Some(_), None, None) => add(&mut self.diagrams, verb, 1),
            (None, None, None) => add(&mut self.members, verb, change.fields.len()),
        }
        if let Some(contents) = change.contents {
            add(&mut self.elements, verb, contents.cells);
            add(&mut self.threats, verb, contents.threats);
        }
    }

    fn words(self) -> Vec<String> {
        let kinds = [
            ("model field", self.members),
            ("diagram", self.diagrams),
            ("element", self.elements),
            ("threat", self.threats),
        ];
        let mut parts = Vec::new();
        for (noun, mut verbs) in kinds {
            verbs.sort_by_key(|(verb, _)| rank(verb));
            let mut nouns = std::iter::once(noun);
            parts.extend(verbs.into_iter().map(|(verb, number)| match nouns.next() {
                Some(noun) => format!("{} {verb}", count(number, noun)),
                None => format!("{number} {verb}"),
            }));
        }
        parts
    }
}

/// What comes and goes is told first, what is merely different last.
fn rank(verb: &str) -> usize {
    let first = ["added", "removed", "moved"];
    let place = first.iter().position(|known| *known == verb);
    place.unwrap_or(first.len() + usize::from(verb == "changed"))
}

fn add(verbs: &mut Verbs, verb: &'static str, number: usize) {
    match verbs.iter_mut().find(|(known, _)| *known == verb) {
        Some((_, count)) => *count += number,
        None if number > 0 => verbs.push((verb, number)),
        None => {}
    }
}

/// What has been decided about a threat, when that is new.
fn decided(change: &Change) -> Option<&'static str> {
    let status = change.fields.iter().find(|field| field.path == "status")?;
    let word = |json: &Option<Json>| Some(json.as_ref()?.root().as_text()?.into_owned());
    Some(match Status::read(&word(&status.after)?) {
        Status::NotApplicable => "found not applicable",
        Status::Open if word(&status.before).is_none() => "opened",
        Status::Open => "reopened",
        Status::Mitigated => "mitigated",
        Status::Accepted => "accepted",
        Status::Transferred => "transferred",
        Status::Avoided => "avoided",
        Status::Eliminated => "eliminated",
        Status::Other(_) => "given another status",
    })
}
