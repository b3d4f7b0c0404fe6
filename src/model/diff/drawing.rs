//! What the anatomy cannot tell from one member of a cell alone: whether the drawing says something
//! of its own.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fields::Found;
use super::tree::{Item, Level, Tree};
use crate::model::anatomy::About;
use crate::model::json::Value;
use crate::model::label;
use crate::model::subject::told;
use crate::model::view::CellView;

/// What the cells of a model are called, by the place of their diagram and their id.
#[derive(Debug)]
pub(super) struct Names<'a>(HashMap<(usize, Cow<'a, str>), String>);

impl<'a> Names<'a> {
    pub(super) fn of(tree: &Tree<'a>) -> Self {
        let cells = tree.items(Level::Cell).iter();
        let named = cells.map(|cell| {
            let view = CellView::of(cell.value);
            ((cell.holder, view.id()), told(&label::called(view)))
        });
        Self(named.collect())
    }

    /// The name of the cell that a flow of this diagram ends at.
    fn of_end(&self, diagram: usize, end: Option<Value<'a>>) -> Option<String> {
        let id = cell_of(end?)?.as_text()?;
        self.0.get(&(diagram, id)).cloned()
    }
}

/// Settles what the differences between two cells are about. A flow that still ends at the same
/// cell is only drawn in another way; a drawn text that is not the cell's name says something, and
/// may be among what was not told.
pub(super) fn settle(found: &mut [Found], cells: [&Item<'_>; 2], names: &[Names<'_>; 2]) {
    let [old, new] = cells.map(|cell| cell.value);
    let drawn = label::drawn(new);
    let says_more = drawn != label::drawn(old) && !drawn.contains(&CellView::of(new).name());
    for Found { about, field } in found {
        match field.path.as_str() {
            "source" | "target" => {
                let ends = [old, new].map(|cell| cell.get(&field.path));
                let [was, is] = ends.map(|end| end.and_then(cell_of));
                if was == is {
                    *about = About::Layout;
                } else {
                    let [old_names, new_names] = names;
                    let [was, is] = ends;
                    let [old, new] = cells.map(|cell| cell.holder);
                    field.named_before = old_names.of_end(old, was);
                    field.named_after = new_names.of_end(new, is);
                }
            }
            path if says_more && (field.cut || is_text(path)) => *about = About::Meaning,
            _ => {}
        }
    }
}

/// The id of the cell that a flow's end is at.
fn cell_of(end: Value<'_>) -> Option<Value<'_>> {
    end.get("cell")
}

/// Whether a text is drawn there, in any of the four generations of labels.
fn is_text(path: &str) -> bool {
    let label = path.strip_prefix("labels");
    label.is_some_and(|rest| !rest.contains("position"))
        || path.starts_with("attrs") && path.ends_with("/text")
}
