//! The changes as lines under headings, for whoever writes them down.

use super::change::{Aspect, Change, ChangeKind, FieldChange};
use super::plain::cut;
use super::values::{Shown, shown};
use super::wording::{self, REST, count, is_kind, words};
use crate::model::json::Value;
use crate::model::subject::{CellName, DiagramName, Subject, ThreatName};

/// How many elements a line names that are only drawn in another way, and how many orders.
const NAMED: usize = 3;
/// The longest name that is shown whole, in characters.
const LONG: usize = 80;

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words of ours.
    Ours(String),
    /// A name from the model.
    Name(String),
    /// A value from the model.
    Value(String),
}

/// What a line says of its thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Added,
    Removed,
    Changed,
    None,
}

/// One line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// 0 for a heading.
    pub(super) depth: usize,
    pub(super) mark: Mark,
    pub(super) pieces: Vec<Piece>,
}

impl Piece {
    pub(super) fn ours(words: &str) -> Self {
        Self::Ours(words.to_owned())
    }

    /// A name from the model, in one line: many have a break where the drawing has little room.
    fn name(name: &str) -> Self {
        Self::Name(cut(name, LONG).replace(['\r', '\n'], " "))
    }

    /// What a member is called.
    fn member(field: &FieldChange) -> Self {
        match words(&field.path) {
            Some(words) => Self::ours(words),
            None if field.cut && field.path.is_empty() => Self::ours(REST),
            None => Self::name(&field.path),
        }
    }

    /// What a cell is: a word of ours, or of the file.
    pub(super) fn kind(kind: &str) -> Self {
        if is_kind(kind) {
            Self::ours(kind)
        } else {
            Self::name(kind)
        }
    }
}

/// The lines that tell these changes. What programs work out is told only when there is nothing
/// else.
pub(super) fn outline(changes: &[Change]) -> Vec<Line> {
    let all_derived = changes
        .iter()
        .all(|change| change.aspect == Aspect::Derived);
    let mut outline = Outline::default();
    for group in changes.chunk_by(|a, b| a.subject.diagram == b.subject.diagram) {
        outline.group(group, all_derived);
    }
    outline.lines
}

#[derive(Default)]
struct Outline {
    lines: Vec<Line>,
}

impl Outline {
    /// The changes to one diagram, or to what is outside of all.
    fn group(&mut self, changes: &[Change], all_derived: bool) {
        let start = self.lines.len();
        let mut cell = None;
        for change in changes {
            match change.aspect {
                Aspect::Meaning => self.meaning(change, &mut cell),
                Aspect::Derived if all_derived => self.derived(change),
                Aspect::Layout | Aspect::Derived => {}
            }
        }
        self.layout(changes);
        let told = self.lines.get(start);
        if told.is_some_and(|line| line.depth > 0) {
            let subject = changes.first().map(|change| &change.subject);
            let diagram = subject.and_then(|subject| subject.diagram.as_ref());
            let pieces = diagram.map_or_else(|| vec![Piece::ours("Model")], diagram_pieces);
            self.lines.insert(
                start,
                Line {
                    depth: 0,
                    mark: Mark::None,
                    pieces,
                },
            );
        }
    }

    fn meaning<'c>(&mut self, change: &'c Change, current: &mut Option<&'c CellName>) {
        let Subject {
            diagram,
            cell,
            threat,
        } = &change.subject;
        let depth = match (diagram, cell, threat) {
            (_, Some(cell), Some(threat)) => {
                if *current != Some(cell) {
                    self.push(1, Mark::Changed, cell_pieces(cell));
                }
                self.thing(2, change, threat_pieces(threat));
                2
            }
            (_, Some(cell), None) => {
                self.thing(1, change, cell_pieces(cell));
                1
            }
            (Some(diagram), None, _) => {
                self.thing(0, change, diagram_pieces(diagram));
                0
            }
            (None, None, _) => 0,
        };
        *current = cell.as_ref();
        for field in change.told_fields() {
            self.field(depth + 1, field);
        }
    }

    fn thing(&mut self, depth: usize, change: &Change, mut pieces: Vec<Piece>) {
        let mark = match change.kind {
            ChangeKind::Added => Mark::Added,
            ChangeKind::Removed => Mark::Removed,
            _ => Mark::Changed,
        };
        if let Some(contents) = change.contents {
            let with = wording::contents(contents);
            pieces.extend(with.map(|with| Piece::Ours(format!(", with {with}"))));
        }
        if let Some(from) = &change.from {
            pieces.push(Piece::ours(", moved from "));
            match (&from.cell, &from.diagram) {
                (Some(cell), _) => pieces.extend(cell_pieces(cell)),
                (None, Some(diagram)) => pieces.extend(diagram_pieces(diagram)),
                (None, None) => {}
            }
        }
        self.push(depth, mark, pieces);
    }

    fn push(&mut self, depth: usize, mark: Mark, pieces: Vec<Piece>) {
        self.lines.push(Line {
            depth,
            mark,
            pieces,
        });
    }

    fn field(&mut self, depth: usize, field: &FieldChange) {
        if let Some((mark, name)) = contributor(field) {
            self.push(
                depth,
                mark,
                vec![Piece::ours("contributor "), Piece::Value(name)],
            );
            return;
        }
        let mut pieces = vec![Piece::member(field)];
        if field.cut {
            pieces.push(Piece::ours(": more changes than are told"));
            self.push(depth, Mark::Changed, pieces);
            return;
        }
        match shown(field) {
            Shown::Short(before, after) => {
                pieces.extend([Piece::ours(": "), before, Piece::ours(" → "), after]);
                self.push(depth, Mark::Changed, pieces);
            }
            Shown::Lines(lines) => {
                self.push(depth, Mark::Changed, pieces);
                for (mark, piece) in lines {
                    self.push(depth + 1, mark, vec![piece]);
                }
            }
        }
    }

    /// One line for all that is only drawn in another way.
    fn layout(&mut self, changes: &[Change]) {
        let layout = || {
            changes
                .iter()
                .filter(|change| change.aspect == Aspect::Layout)
        };
        let drawn: Vec<&CellName> = layout()
            .filter(|change| change.kind != ChangeKind::Reordered)
            .filter_map(|change| change.subject.cell.as_ref())
            .collect();
        let mut parts: Vec<Vec<Piece>> = Vec::new();
        if !drawn.is_empty() {
            parts.push(drawn_pieces(&drawn));
        }
        let orders = || layout().filter(|change| change.kind == ChangeKind::Reordered);
        for order in orders().take(NAMED) {
            let what = order.fields.first().and_then(|field| words(&field.path));
            let mut pieces = vec![Piece::Ours(format!(
                "order of {}",
                what.unwrap_or("its parts")
            ))];
            if let Some(cell) = &order.subject.cell {
                pieces.push(Piece::ours(" of "));
                pieces.extend(cell_pieces(cell));
            }
            parts.push(pieces);
        }
        let more = orders().count().saturating_sub(NAMED);
        if more > 0 {
            parts.push(vec![Piece::Ours(format!("{more} more in another order"))]);
        }
        if layout().count() > 0 {
            let mut pieces = vec![Piece::ours("layout: ")];
            if parts.is_empty() {
                parts.push(vec![Piece::ours("the diagram")]);
            }
            pieces.extend(parts.join(&Piece::ours(", ")));
            self.push(1, Mark::None, pieces);
        }
    }

    fn derived(&mut self, change: &Change) {
        let mut pieces = vec![Piece::ours("derived: ")];
        if let Some(cell) = &change.subject.cell {
            pieces.extend(cell_pieces(cell));
            pieces.push(Piece::ours(": "));
        }
        let words = change.fields.iter().map(Piece::member);
        let words: Vec<_> = words.map(|word| vec![word]).collect();
        if words.is_empty() {
            pieces.push(Piece::ours("the same in other words"));
        }
        pieces.extend(words.join(&Piece::ours(", ")));
        self.push(1, Mark::None, pieces);
    }
}

fn drawn_pieces(cells: &[&CellName]) -> Vec<Piece> {
    let names: Vec<_> = cells
        .iter()
        .take(NAMED)
        .map(|cell| cell_pieces(cell))
        .collect();
    let list = names.join(&Piece::ours(", "));
    if cells.len() <= NAMED {
        return list;
    }
    let count = Piece::Ours(format!("{}: ", count(cells.len(), "element")));
    let more = Piece::ours(", …");
    [vec![count], list, vec![more]].concat()
}

/// A contributor who has come or gone.
fn contributor(field: &FieldChange) -> Option<(Mark, String)> {
    let index = field.path.strip_prefix("detail/contributors/")?;
    let (mark, json) = match (&field.before, &field.after) {
        (None, Some(new)) => (Mark::Added, new),
        (Some(old), None) => (Mark::Removed, old),
        _ => return None,
    };
    let name = json.root().get("name").and_then(Value::as_text)?;
    (!index.contains('/')).then(|| (mark, cut(&name, LONG)))
}

fn diagram_pieces(diagram: &DiagramName) -> Vec<Piece> {
    if diagram.title.is_empty() {
        vec![Piece::Ours(diagram.to_string())]
    } else {
        vec![Piece::ours("Diagram "), Piece::name(&diagram.title)]
    }
}

fn cell_pieces(cell: &CellName) -> Vec<Piece> {
    if cell.name.is_empty() {
        let kind = Piece::kind(&cell.kind);
        return vec![
            Piece::ours("unnamed "),
            kind,
            Piece::ours(" "),
            Piece::name(&cell.id),
        ];
    }
    vec![
        Piece::name(&cell.name),
        Piece::ours(" ("),
        Piece::kind(&cell.kind),
        Piece::ours(")"),
    ]
}

fn threat_pieces(threat: &ThreatName) -> Vec<Piece> {
    let ours = match threat.number {
        Some(number) => format!("threat {number} "),
        None => "threat ".to_owned(),
    };
    vec![Piece::Ours(ours), Piece::Value(cut(&threat.title, LONG))]
}
