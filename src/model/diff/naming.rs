//! The subjects of changes.

use super::tree::{Level, Tree};
use crate::model::json::Value;
use crate::model::subject::Subject;
use crate::model::view::{CellView, DiagramView, ThreatView};

/// A thing and what it belongs to.
pub(super) fn subject(tree: &Tree<'_>, level: Level, place: usize) -> Subject {
    let item = tree.item(level, place);
    let holder = || level.above().map(|above| subject(tree, above, item.holder));
    within(&holder().unwrap_or_default(), level, item.value)
}

/// A thing that belongs to `holder`.
pub(super) fn within(holder: &Subject, level: Level, value: Value<'_>) -> Subject {
    match level {
        Level::Diagram => Subject::diagram(DiagramView::of(value)),
        Level::Cell => holder.with_cell(CellView::of(value)),
        Level::Threat => holder.with_threat(ThreatView::of(value)),
    }
}
