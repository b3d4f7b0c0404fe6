//! How a document is laid out, and writing new values the same way.

use super::output::Output;
use super::value::{Kind, Value};

/// White space longer than this, in bytes, stays where it stands, and is not the model for what
/// is new: it would be there again for every new value.
const COPY_MAX: usize = 128;
/// The same for line breaks.
const COPY_LINES_MAX: usize = 2;

/// A document's way with white space, as far as new values need it.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    newline: &'a str,
    /// One step of indentation.
    unit: &'a str,
    /// What stands between a key and its value.
    pub(super) colon: &'a str,
    /// Whether the parts of a container stand on lines of their own where nothing else says how.
    lines: bool,
}

/// Where a value stands: on a line with this indentation, or (none) in the middle of a line.
pub(super) type Place<'a> = Option<&'a str>;

/// The white space of one container: before the first part, between two parts (with the comma),
/// and behind the last part.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) lead: &'a str,
    pub(super) gaps: Vec<&'a str>,
    pub(super) tail: &'a str,
}

impl Layout<'static> {
    /// What `JSON.stringify(value, null, 2)` writes.
    pub(super) fn threat_dragon() -> Self {
        Self {
            newline: "\n",
            unit: "  ",
            colon: ": ",
            lines: true,
        }
    }
}

impl<'a> Layout<'a> {
    /// The layout of a document, read off its outermost container.
    pub(super) fn of(root: Value<'a>) -> Self {
        let Some(frame) = Frame::of(root) else {
            return Layout::threat_dragon();
        };
        let first = root.members().next();
        Self {
            newline: if frame.lead.contains("\r\n") {
                "\r\n"
            } else {
                "\n"
            },
            unit: frame.place().unwrap_or("  "),
            colon: first
                .map(|(key, value)| root.slice(key.span().1, value.span().0))
                .filter(|colon| may_be_copied(colon))
                .unwrap_or(": "),
            lines: frame.lead.contains('\n'),
        }
    }

    /// Writes a value in this layout, token by token as it is spelled.
    pub(super) fn write(&self, value: Value<'_>, place: Place<'_>, out: &mut Output) {
        if out.is_given_up() {
            return;
        }
        let (open, close) = match value.kind() {
            Kind::Array => ("[", "]"),
            Kind::Object => ("{", "}"),
            _ => return out.push_str(value.raw()),
        };
        let place = place.filter(|_| self.lines);
        let inner = place.map(|indent| format!("{indent}{}", self.unit));
        out.push_str(open);
        for (index, (key, value)) in value.parts().enumerate() {
            if index > 0 {
                out.push_str(self.comma(inner.is_some()));
            }
            self.break_line(inner.as_deref(), out);
            if let Some(key) = key {
                out.push_str(key.raw());
                out.push_str(self.colon);
            }
            self.write(value, inner.as_deref(), out);
        }
        if value.parts().next().is_some() {
            self.break_line(place, out);
        }
        out.push_str(close);
    }

    fn break_line(&self, place: Place<'_>, out: &mut Output) {
        if let Some(indent) = place {
            out.push_str(self.newline);
            out.push_str(indent);
        }
    }

    /// What divides two parts, apart from the line break.
    fn comma(&self, lines: bool) -> &'static str {
        if lines || !self.colon.ends_with(' ') {
            ","
        } else {
            ", "
        }
    }

    /// What divides a new part from the one before it, in a container that has this frame.
    pub(super) fn gap(&self, frame: &Frame<'_>) -> String {
        let usual = frame.gaps.first().filter(|gap| may_be_copied(gap));
        match (usual, frame.place()) {
            (Some(&gap), _) => gap.to_owned(),
            (None, Some(indent)) => format!(",{}{indent}", self.newline),
            (None, None) => self.comma(false).to_owned(),
        }
    }
}

impl<'a> Frame<'a> {
    /// A container's frame; nothing when it has no parts.
    pub(super) fn of(container: Value<'a>) -> Option<Self> {
        let spans: Vec<(u32, u32)> = container
            .parts()
            .map(|(key, value)| (key.unwrap_or(value).span().0, value.span().1))
            .collect();
        let (start, end) = container.span();
        Some(Self {
            lead: container.slice(start + 1, spans.first()?.0),
            gaps: spans
                .iter()
                .zip(spans.iter().skip(1))
                .map(|(before, after)| container.slice(before.1, after.0))
                .collect(),
            tail: container.slice(spans.last()?.1, end - 1),
        })
    }

    /// Where new parts stand.
    pub(super) fn place(&self) -> Place<'a> {
        let (_, indent) = self.lead.rsplit_once('\n')?;
        may_be_copied(indent).then_some(indent)
    }
}

/// Whether white space may be the model for what is new.
fn may_be_copied(space: &str) -> bool {
    space.len() <= COPY_MAX && space.matches('\n').count() <= COPY_LINES_MAX
}
