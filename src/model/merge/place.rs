//! Where the merge is: the way from the top, told as a pointer and as people tell it.

use crate::model::anatomy::Thing;
use crate::model::json::{Value, pointer_token};
use crate::model::subject::Subject;
use crate::model::view::{CellView, DiagramView, ThreatView};

/// A place in the merged document.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The JSON pointer.
    pub(super) pointer: String,
    /// The innermost thing with a name that it is in.
    pub(super) subject: Subject,
    /// The way from there, divided by slashes.
    pub(super) field: String,
}

impl Place {
    /// The model as a whole.
    pub(super) fn top() -> Self {
        Self {
            pointer: String::new(),
            subject: Subject::model(),
            field: String::new(),
        }
    }

    /// A member of the object here.
    pub(super) fn member(&self, key: &str) -> Self {
        let divider = if self.field.is_empty() { "" } else { "/" };
        Self {
            pointer: format!("{}/{}", self.pointer, pointer_token(key)),
            subject: self.subject.clone(),
            field: format!("{}{divider}{key}", self.field),
        }
    }

    /// A thing of the array here, at this index of the merged one.
    pub(super) fn thing(&self, thing: Thing, value: Value<'_>, index: usize) -> Self {
        let pointer = format!("{}/{index}", self.pointer);
        let subject = match thing {
            Thing::Diagram => Subject::diagram(DiagramView::of(value)),
            Thing::Cell => self.subject.with_cell(CellView::of(value)),
            Thing::Threat => self.subject.with_threat(ThreatView::of(value)),
            Thing::Contributor | Thing::Other | Thing::Element => {
                return Self {
                    pointer,
                    ..self.member(&index.to_string())
                };
            }
        };
        Self {
            pointer,
            subject,
            field: String::new(),
        }
    }
}
