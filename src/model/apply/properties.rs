//! What is said about a cell beyond how it is drawn, and what is drawn of it.

use super::cell::EditedCell;
use crate::model::json::{Draft, Json, Kind, Value};
use crate::model::open_threats::stroked_parts;
use crate::model::vocabulary::CellShape;

/// How the outline of what is out of scope is dashed.
const OUT_OF_SCOPE: &str = "4 3";
/// The arrow head at the source of a flow of both directions, and of one direction.
const HEADS: [&str; 2] = ["block", ""];

impl<'a> EditedCell<'a, '_> {
    /// Gives a member of its data a value. Where a fact changes that Threat Dragon draws, the stored
    /// style follows; a cell that stores none gets none.
    pub(super) fn set_field(&mut self, key: &str, value: &'a Json) {
        let was = self.was.says(key);
        let is = value.root().as_bool().unwrap_or(false);
        match key {
            "outOfScope" if was != is => self.dash(is),
            "isBidirectional" if was != is => self.point_back(is),
            _ => {}
        }
        if let Some(data) = self.draft.object_mut("data") {
            data.set(key, Draft::Kept(value.root()));
        }
    }

    fn dash(&mut self, out_of_scope: bool) {
        for part in stroked_parts(&self.was.shape()) {
            let at = format!("/attrs/{part}/strokeDasharray");
            if let Some(dashes) = self.draft.pointer_mut(&at) {
                *dashes = if out_of_scope {
                    Draft::text(OUT_OF_SCOPE)
                } else {
                    Draft::Token("null".to_owned())
                };
            }
        }
    }

    fn point_back(&mut self, both_directions: bool) {
        let at = "/attrs/line/sourceMarker";
        let marker = self.was.value().pointer(at).map(Value::kind);
        let [both, one] = HEADS;
        let head = Draft::text(if both_directions { both } else { one });
        if self.was.shape() == CellShape::Flow
            && let Some(stored) = self.draft.pointer_mut(at)
        {
            match marker {
                Some(Kind::Object) => stored.set("name", head),
                Some(Kind::Text) => *stored = head,
                _ => {}
            }
        }
    }

    pub(super) fn lock(&mut self, locked: bool) {
        if locked {
            if let Some(data) = self.draft.object_mut("data")
                && let Some(ours) = data.object_mut("wyvern")
            {
                ours.set("locked", Draft::bool(true));
            }
        } else if let Some(data) = self.draft.get_mut("data")
            && let Some(ours) = data.get_mut("wyvern")
            && ours.take("locked").is_some()
            && ours.is_empty()
        {
            drop(data.take("wyvern"));
        }
    }
}
