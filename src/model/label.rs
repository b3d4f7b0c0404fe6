//! What a reader of a diagram calls a cell.

use std::borrow::Cow;

use super::json::{Kind, Value};
use super::view::CellView;

/// A cell's name, or the text that is drawn in its place: flows of old files have no other.
pub(super) fn called(cell: CellView<'_>) -> Cow<'_, str> {
    let said = cell.name();
    if said.is_empty() {
        let mut drawn = drawn(cell.value()).into_iter();
        drawn.find(|text| !text.is_empty()).unwrap_or_default()
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
