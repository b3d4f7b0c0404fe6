//! Threats of version 1.

use super::made_id;
use crate::model::json::{Draft, Value};
use crate::model::vocabulary::Status;

/// The members that every threat of version 2 has, with what stands for a missing one.
const TEXTS: [(&str, &str); 6] = [
    ("title", ""),
    ("status", "Open"),
    ("severity", "TBD"),
    ("type", ""),
    ("description", ""),
    ("mitigation", ""),
];

/// Categories that only one methodology has, by which a diagram's is guessed that does not say.
const TELLING: [(&str, &str); 8] = [
    ("Confidentiality", "CIA"),
    ("Integrity", "CIA"),
    ("Availability", "CIA"),
    ("Linkability", "LINDDUN"),
    ("Identifiability", "LINDDUN"),
    ("Detectability", "LINDDUN"),
    ("Unawareness", "LINDDUN"),
    ("Non-compliance", "LINDDUN"),
];

/// A threat in version 2: everything it says stays, what every threat must have is added.
pub(super) fn upgrade<'a>(threat: Value<'a>, methodology: &str, at: &str) -> Draft<'a> {
    let mut new = Draft::Kept(threat);
    if let Some(members) = new.members_mut()
        && threat.get("id").is_none()
    {
        members.insert(0, ("id".into(), made_id(at)));
    }
    for (key, default) in TEXTS.into_iter().chain([("modelType", methodology)]) {
        if threat.get(key).is_none() {
            new.set(key, Draft::text(default));
        }
    }
    if status(threat) == Status::NotApplicable {
        new.set("status", Draft::text(Status::NotApplicable.as_str()));
    }
    new
}

/// Whether nothing has been decided about the threat.
pub(super) fn is_open(threat: Value<'_>) -> bool {
    status(threat) == Status::Open
}

fn status(threat: Value<'_>) -> Status {
    let status = threat.get("status").and_then(Value::as_text);
    status.map_or(Status::Open, |word| Status::read(&word))
}

/// The methodology of a diagram that does not name one.
pub(super) fn guess_methodology(diagram: Value<'_>) -> &'static str {
    let categories: Vec<_> = of_diagram(diagram)
        .filter_map(|threat| threat.get("type")?.as_text())
        .collect();
    let told = TELLING.into_iter().find(|(category, _)| {
        categories
            .iter()
            .any(|used| used.eq_ignore_ascii_case(category))
    });
    told.map_or("STRIDE", |(_, methodology)| methodology)
}

/// The highest threat number in a diagram; 0 when there is none.
pub(super) fn highest_number(diagram: Value<'_>) -> u64 {
    of_diagram(diagram)
        .filter_map(|threat| threat.get("number")?.as_u64())
        .max()
        .unwrap_or(0)
}

fn of_diagram(diagram: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let cells = diagram.pointer("/diagramJson/cells");
    let cells = cells.into_iter().flat_map(Value::elements);
    cells
        .filter_map(|cell| cell.get("threats"))
        .flat_map(Value::elements)
}
