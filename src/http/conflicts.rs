//! Conflicts as clients see them, within bounds: whoever may save has chosen how large they are.

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::model::json::Json;
use crate::model::{self, CellName, DiagramName, Note, Subject, ThreatName};

/// How many conflicts are told: who decides about each needs to see all of them.
const CONFLICTS_MAX: usize = 1_000;
/// How many notes are told.
const NOTES_MAX: usize = 100;
/// The longest value that is told, in bytes of its JSON.
const VALUE_MAX: usize = 8 << 10;
/// The longest name that is told, in characters.
const NAME_MAX: usize = 200;
/// The longest sentence that is told, in characters: it may name a diagram, a cell and a threat.
const SENTENCE_MAX: usize = 1_000;

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
    #[schema(value_type = Place)]
    subject: Subject,
    /// The member's path in the subject, such as `title` or `data/protocol`; empty when it is the
    /// subject as a whole.
    #[schema(example = "severity")]
    field: String,
    /// Where it is in the model: an RFC 6901 JSON pointer.
    pointer: String,
    /// How they collide.
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

/// How a change and somebody else's collide; *we* are the ones who are told.
///
/// - `both_changed`: both gave it another value.
/// - `both_added`: both added it, with different values.
/// - `deleted_by_us`: we deleted what they have changed.
/// - `deleted_by_them`: they deleted what we have changed.
/// - `needed_by_us`: they deleted an element to which we have drawn a flow.
/// - `needed_by_them`: we deleted an element to which they have drawn a flow.
/// - `incompatible`: the changes are right alone and wrong together.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Trouble {
    BothChanged,
    BothAdded,
    DeletedByUs,
    DeletedByThem,
    NeededByUs,
    NeededByThem,
    Incompatible,
}

/// A part of the model: the model as a whole when it is empty.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct Place {
    #[schema(value_type = PlaceDiagram, required = false)]
    diagram: Option<PlaceDiagram>,
    #[schema(value_type = PlaceCell, required = false)]
    cell: Option<PlaceCell>,
    #[schema(value_type = PlaceThreat, required = false)]
    threat: Option<PlaceThreat>,
}

/// A diagram.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct PlaceDiagram {
    /// Its number; null where it has none.
    #[schema(required)]
    id: Option<u64>,
    title: String,
}

/// An element or a flow of that diagram.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct PlaceCell {
    id: String,
    /// Its name, or the text that is drawn in its place; often empty.
    name: String,
    /// What it is, in words.
    #[schema(example = "data store")]
    kind: String,
}

/// A threat to that cell.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct PlaceThreat {
    /// Empty in old files.
    id: String,
    /// Its number; null where it has none.
    #[schema(required)]
    number: Option<u64>,
    title: String,
}

impl From<model::Trouble> for Trouble {
    fn from(trouble: model::Trouble) -> Self {
        match trouble {
            model::Trouble::BothChanged => Self::BothChanged,
            model::Trouble::BothAdded => Self::BothAdded,
            model::Trouble::DeletedByUs => Self::DeletedByUs,
            model::Trouble::DeletedByThem => Self::DeletedByThem,
            model::Trouble::NeededByUs => Self::NeededByUs,
            model::Trouble::NeededByThem => Self::NeededByThem,
            model::Trouble::Incompatible => Self::Incompatible,
        }
    }
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

/// The first of the things that were settled without asking, a sentence each.
pub(super) fn sentences(notes: &[Note]) -> Vec<String> {
    let listed = notes.iter().take(NOTES_MAX);
    let whole = listed.map(ToString::to_string);
    whole.map(|text| cut(text, SENTENCE_MAX)).collect()
}

impl Conflict {
    /// Where it is, in words on one line: a model's members may be called anything.
    fn place(&self) -> String {
        let what = if self.field.is_empty() {
            String::new()
        } else {
            format!(", {}", self.field)
        };
        let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        format!("{}{what}", self.subject).replace(breaks, " ")
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
        field: name(conflict.field),
        pointer: name(conflict.pointer),
        trouble: conflict.trouble.into(),
        layout: conflict.layout,
        base,
        ours,
        theirs,
        left_out,
    }
}

fn short(subject: Subject) -> Subject {
    let diagram = |diagram: DiagramName| DiagramName {
        title: name(diagram.title),
        ..diagram
    };
    let cell = |cell: CellName| CellName {
        id: name(cell.id),
        name: name(cell.name),
        kind: name(cell.kind),
    };
    let threat = |threat: ThreatName| ThreatName {
        id: name(threat.id),
        title: name(threat.title),
        ..threat
    };
    Subject {
        diagram: subject.diagram.map(diagram),
        cell: subject.cell.map(cell),
        threat: subject.threat.map(threat),
    }
}

fn name(text: String) -> String {
    cut(text, NAME_MAX)
}

fn cut(text: String, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
