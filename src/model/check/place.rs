//! Where things stand in a document of either generation.

use crate::model::document::{Document, Generation};
use crate::model::json::Value;

/// What a finding is about, by place in the document.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Model,
    Diagram(usize),
    Cell(usize, usize),
    Threat(usize, usize, usize),
}

impl Place {
    /// The way there. What contains something comes before it.
    pub(super) fn path(self) -> (Option<usize>, Option<usize>, Option<usize>) {
        match self {
            Self::Model => (None, None, None),
            Self::Diagram(d) => (Some(d), None, None),
            Self::Cell(d, c) => (Some(d), Some(c), None),
            Self::Threat(d, c, t) => (Some(d), Some(c), Some(t)),
        }
    }

    fn pointer(self, old: bool) -> String {
        let cells = if old { "diagramJson/cells" } else { "cells" };
        let data = if old { "" } else { "/data" };
        match self {
            Self::Model => String::new(),
            Self::Diagram(d) => format!("/detail/diagrams/{d}"),
            Self::Cell(d, c) => format!("/detail/diagrams/{d}/{cells}/{c}"),
            Self::Threat(d, c, t) => format!("/detail/diagrams/{d}/{cells}/{c}{data}/threats/{t}"),
        }
    }
}

/// Everything that a place can name, in the document itself; a version 1 document is surveyed as
/// its upgrade, and told by its own pointers.
pub(super) struct Standing<'a> {
    old: bool,
    model: Thing<'a>,
}

/// A thing and what it holds. Kept, because finding each thing from the top would cost the square
/// of the document's size where there is much to tell.
struct Thing<'a> {
    value: Value<'a>,
    parts: Vec<Thing<'a>>,
}

impl<'a> Standing<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let old = document.generation() == Generation::V1;
        let levels: &[&str] = if old {
            &["/detail/diagrams", "/diagramJson/cells", "/threats"]
        } else {
            &["/detail/diagrams", "/cells", "/data/threats"]
        };
        let model = Thing::of(document.root(), levels);
        Self { old, model }
    }

    /// The pointer to a member of a thing, or to the nearest value that there is around it.
    pub(super) fn member(&self, place: Place, member: &str) -> (String, Value<'a>) {
        // Version 1 has no `data` around what is said about a cell.
        let mut member = match member.strip_prefix("/data") {
            Some(rest) if self.old => rest,
            _ => member,
        };
        let thing = self.thing(place).unwrap_or(self.model.value);
        loop {
            if let Some(value) = thing.pointer(member) {
                return (place.pointer(self.old) + member, value);
            }
            member = member.rsplit_once('/').map_or("", |(before, _)| before);
        }
    }

    fn thing(&self, place: Place) -> Option<Value<'a>> {
        let (d, c, t) = place.path();
        let mut thing = &self.model;
        for part in [d, c, t].into_iter().flatten() {
            thing = thing.parts.get(part)?;
        }
        Some(thing.value)
    }
}

impl<'a> Thing<'a> {
    fn of(value: Value<'a>, levels: &[&str]) -> Self {
        let Some((level, below)) = levels.split_first() else {
            let parts = Vec::new();
            return Self { value, parts };
        };
        let parts = value.pointer(level).into_iter().flat_map(Value::elements);
        let parts = parts.map(|part| Self::of(part, below)).collect();
        Self { value, parts }
    }
}
