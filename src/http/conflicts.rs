//! Conflicts as clients see them, within bounds: whoever may save has chosen how large they are.

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::model::json::Json;
use crate::model::{self, CellName, DiagramName, Subject, ThreatName, Trouble};

/// How many conflicts are told.
const CONFLICTS_MAX: usize = 100;
/// The longest value that is told, in bytes of its JSON.
const VALUE_MAX: usize = 8 << 10;
/// The longest name that is told, in characters.
const NAME_MAX: usize = 200;

/// What is told about a change that cannot be merged.
pub(super) struct Told {
    /// How many conflicts there are.
    pub(super) count: usize,
    /// The first of them.
    pub(super) listed: Vec<Conflict>,
}

/// Something that the change and somebody else's have made different.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Conflict {
    /// What it is about: the `diagram`, its `cell` and the `threat` to that cell, each by its
    /// names, as far as it goes; the model as a whole when empty.
    #[schema(value_type = Object)]
    subject: Subject,
    /// The member's path in the subject, such as `title` or `data/protocol`; empty when it is the
    /// subject as a whole.
    #[schema(example = "severity")]
    field: String,
    /// Where it is in the model: an RFC 6901 JSON pointer.
    pointer: String,
    /// `both_changed`, `both_added`, `deleted_by_us` or `deleted_by_them`; we are the ones who
    /// are told.
    #[schema(value_type = String, example = "both_changed")]
    trouble: Trouble,
    /// Whether only the drawing is concerned.
    layout: bool,
    /// What both changes were made from; null where it was not there.
    #[schema(value_type = serde_json::Value)]
    base: Option<Box<RawValue>>,
    /// What was sent; null where it is not there.
    #[schema(value_type = serde_json::Value)]
    ours: Option<Box<RawValue>>,
    /// What is stored; null where it is not there.
    #[schema(value_type = serde_json::Value)]
    theirs: Option<Box<RawValue>>,
    /// Which of the three are null here because they are longer than 8 KiB.
    left_out: Vec<&'static str>,
}

impl Told {
    /// The first conflicts.
    pub(super) fn of(conflicts: Vec<model::Conflict>) -> Self {
        let count = conflicts.len();
        let listed = conflicts.into_iter().take(CONFLICTS_MAX).map(told);
        Self {
            count,
            listed: listed.collect(),
        }
    }

    /// What happened, for people.
    pub(super) fn sentence(&self) -> String {
        let first = self.listed.first();
        let first = first.map(Conflict::place).unwrap_or_default();
        let places = match self.count {
            1 => format!("in one place: {first}"),
            count => format!("in {count} places, the first of which is {first}"),
        };
        format!(
            "Somebody else has changed this model since you read it, and your change collides \
             with theirs {places}. Nothing was saved; read the model again and decide."
        )
    }
}

impl Conflict {
    /// Where it is, in words.
    fn place(&self) -> String {
        let what = if self.field.is_empty() {
            String::new()
        } else {
            format!(", {}", self.field)
        };
        format!("{}{what}", self.subject)
    }
}

fn told(conflict: model::Conflict) -> Conflict {
    let mut left_out = Vec::new();
    let mut value = |name, json: Option<Json>| {
        let text = json.as_ref().map(|json| json.text().trim());
        let short = text.filter(|text| text.len() <= VALUE_MAX);
        if short.is_none() && text.is_some() {
            left_out.push(name);
        }
        RawValue::from_string(short?.to_owned()).ok()
    };
    let base = value("base", conflict.base);
    let ours = value("ours", conflict.ours);
    let theirs = value("theirs", conflict.theirs);
    Conflict {
        subject: short(conflict.subject),
        field: cut(conflict.field),
        pointer: cut(conflict.pointer),
        trouble: conflict.trouble,
        layout: conflict.layout,
        base,
        ours,
        theirs,
        left_out,
    }
}

fn short(subject: Subject) -> Subject {
    let diagram = |diagram: DiagramName| DiagramName {
        title: cut(diagram.title),
        ..diagram
    };
    let cell = |cell: CellName| CellName {
        id: cut(cell.id),
        name: cut(cell.name),
        kind: cut(cell.kind),
    };
    let threat = |threat: ThreatName| ThreatName {
        id: cut(threat.id),
        title: cut(threat.title),
        ..threat
    };
    Subject {
        diagram: subject.diagram.map(diagram),
        cell: subject.cell.map(cell),
        threat: subject.threat.map(threat),
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(NAME_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
