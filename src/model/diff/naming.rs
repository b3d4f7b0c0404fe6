//! What a reader of the diagram calls a cell.

use std::borrow::Cow;

use super::tree::{Level, Tree};
use crate::model::json::{Kind, Value};
use crate::model::subject::Subject;
use crate::model::view::{CellView, DiagramView, ThreatView};

/// A thing and what it belongs to. A cell without a name is called by the text that is drawn.
pub(super) fn subject(tree: &Tree<'_>, level: Level, place: usize) -> Subject {
    let item = tree.item(level, place);
    let holder = || level.above().map(|above| subject(tree, above, item.holder));
    within(&holder().unwrap_or_default(), level, item.value)
}

/// A thing that belongs to `holder`.
pub(super) fn within(holder: &Subject, level: Level, value: Value<'_>) -> Subject {
    match level {
        Level::Diagram => Subject::diagram(DiagramView::of(value)),
        Level::Cell => {
            let mut subject = holder.with_cell(CellView::of(value));
            if let Some(cell) = &mut subject.cell {
                cell.name = name(value).into_owned();
            }
            subject
        }
        Level::Threat => holder.with_threat(ThreatView::of(value)),
    }
}

/// A cell's name, or the text that is drawn in its place.
pub(super) fn name(cell: Value<'_>) -> Cow<'_, str> {
    let said = CellView::of(cell).name();
    if said.is_empty() {
        drawn(cell)
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    } else {
        said
    }
}

/// The texts that are drawn on a cell, in all four generations of labels.
pub(super) fn drawn(cell: Value<'_>) -> Vec<Cow<'_, str>> {
    let own = ["/attrs/text/text", "/attrs/label/text", "/label"];
    let own = own.into_iter().filter_map(|at| cell.pointer(at));
    let labels = cell.get("labels").into_iter().flat_map(Value::elements);
    let texts = own.chain(labels.filter_map(label_text));
    texts.filter_map(Value::as_text).collect()
}

fn label_text(label: Value<'_>) -> Option<Value<'_>> {
    if label.kind() == Kind::Text {
        return Some(label);
    }
    ["label", "labelText", "text"]
        .into_iter()
        .find_map(|part| label.pointer(&format!("/attrs/{part}/text")))
}
