//! A cell's name where it is said and where it is drawn, in all forms that labels have.

use super::cell::EditedCell;
use super::labels;
use crate::model::json::{Draft, Kind, Value};
use crate::model::vocabulary::CellShape;

/// The parts of a label that have a text, the newest form first.
const LABEL_PARTS: [&str; 3] = ["label", "labelText", "text"];
/// The parts of an element that have one.
const ELEMENT_PARTS: [&str; 2] = ["text", "label"];

impl EditedCell<'_, '_> {
    pub(super) fn name(&mut self, name: &str) {
        if let Some(data) = self.draft.object_mut("data") {
            data.set("name", Draft::text(name));
        }
        let imported = self.was.value().get("label");
        if imported.is_some_and(|label| label.kind() == Kind::Text) {
            self.draft.set("label", Draft::text(name));
        }
        if self.is_edge() {
            self.name_line(name);
        } else {
            // Written even when it is empty: a shape without a text is drawn with its kind's name.
            let usual = match self.was.shape() {
                CellShape::BoundaryBox => "label",
                _ => "text",
            };
            set_texts(
                self.draft,
                self.was.value(),
                &ELEMENT_PARTS,
                Some(usual),
                name,
            );
        }
    }

    fn name_line(&mut self, name: &str) {
        let usual = (!name.is_empty()).then_some("label");
        match self.first_label() {
            Some((label, Kind::Object)) => {
                if let Some(draft) = self.draft.pointer_mut("/labels/0") {
                    set_texts(draft, label, &LABEL_PARTS, usual, name);
                }
            }
            Some((_, Kind::Text)) => self.set_first_label(Draft::text(name)),
            _ if usual.is_some() => self.set_first_label(labels::at_the_middle(name)),
            _ => {}
        }
    }
}

/// Sets the text of each of these parts that has one; where none has, that of the usual part.
fn set_texts(
    draft: &mut Draft<'_>,
    stored: Value<'_>,
    parts: &[&str],
    usual: Option<&str>,
    text: &str,
) {
    let has_text = |part: &&&str| {
        let stored = stored.pointer(&format!("/attrs/{part}/text"));
        stored.is_some_and(|stored| stored.kind() == Kind::Text)
    };
    let mut parts: Vec<&str> = parts.iter().filter(has_text).copied().collect();
    if parts.is_empty() {
        parts.extend(usual);
    }
    for part in parts {
        if let Some(attrs) = draft.object_mut("attrs")
            && let Some(part) = attrs.object_mut(part)
        {
            part.set("text", Draft::text(text));
        }
    }
}
