//! Where the merge is: the way from the top. It is told, as a pointer and as people tell it, only
//! where there is something to tell.

use crate::model::anatomy::Thing;
use crate::model::json::{Value, pointer_token};
use crate::model::subject::Subject;
use crate::model::view::{CellView, DiagramView, ThreatView};

/// A place in the merged document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'p> {
    above: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Top,
    Member(&'p str),
    /// The thing at this index of the merged array.
    Thing(Thing, Value<'p>, usize),
    /// The element at this index of an array without identities.
    Element(usize),
}

impl Place<'_> {
    /// The model as a whole.
    pub(super) const TOP: Place<'static> = Place {
        above: None,
        step: Step::Top,
    };

    /// A member of the object here.
    pub(super) fn member<'a>(&'a self, key: &'a str) -> Place<'a> {
        self.step(Step::Member(key))
    }

    /// A thing of the array here.
    pub(super) fn thing<'a>(&'a self, thing: Thing, value: Value<'a>, index: usize) -> Place<'a> {
        self.step(Step::Thing(thing, value, index))
    }

    /// An element of the array here.
    pub(super) fn element(&self, index: usize) -> Place<'_> {
        self.step(Step::Element(index))
    }

    fn step<'a>(&'a self, step: Step<'a>) -> Place<'a> {
        let above = Some(self);
        Place { above, step }
    }

    /// The JSON pointer.
    pub(super) fn pointer(&self) -> String {
        let above = self.above.map(Place::pointer).unwrap_or_default();
        match self.step {
            Step::Top => above,
            Step::Member(key) => format!("{above}/{}", pointer_token(key)),
            Step::Thing(_, _, index) | Step::Element(index) => format!("{above}/{index}"),
        }
    }

    /// The innermost thing with a name that it is in.
    pub(super) fn subject(&self) -> Subject {
        let above = self.above.map(Place::subject).unwrap_or_default();
        match self.step {
            Step::Thing(Thing::Diagram, value, _) => Subject::diagram(DiagramView::of(value)),
            Step::Thing(Thing::Cell, value, _) => above.with_cell(CellView::of(value)),
            Step::Thing(Thing::Threat, value, _) => above.with_threat(ThreatView::of(value)),
            _ => above,
        }
    }

    /// The way from the subject to here, divided by slashes.
    pub(super) fn field(&self) -> String {
        let above = || self.above.map(Place::field).unwrap_or_default();
        match self.step {
            Step::Top | Step::Thing(Thing::Diagram | Thing::Cell | Thing::Threat, ..) => {
                String::new()
            }
            Step::Member(key) => joined(above(), key),
            Step::Thing(_, _, index) | Step::Element(index) => joined(above(), &index.to_string()),
        }
    }
}

fn joined(mut above: String, part: &str) -> String {
    if !above.is_empty() {
        above.push('/');
    }
    above + part
}
