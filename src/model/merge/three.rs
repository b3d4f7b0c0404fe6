//! The same part of the three versions.

use crate::model::json::Value;

use super::Side;

/// A part as it stands in each version; nothing where it is not there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Three<'a> {
    pub(super) base: Option<Value<'a>>,
    pub(super) ours: Option<Value<'a>>,
    pub(super) theirs: Option<Value<'a>>,
}

impl<'a> Three<'a> {
    /// What is in none of them.
    pub(super) const NOWHERE: Self = Self {
        base: None,
        ours: None,
        theirs: None,
    };

    /// What the side has.
    pub(super) fn of(self, side: Side) -> Option<Value<'a>> {
        side.pick(self.ours, self.theirs)
    }

    /// Some version of it, to tell what it is: the settled one where there is one.
    pub(super) fn any(self, settled: Side) -> Option<Value<'a>> {
        self.of(settled).or(self.of(settled.other())).or(self.base)
    }

    /// What there is to keep when at most one side has changed it. `settled` gives the spelling of
    /// what is equal.
    pub(super) fn agreement(self, settled: Side) -> Agreement<'a> {
        let kept = if self.ours == self.theirs {
            self.of(settled)
        } else if self.base == self.ours {
            self.theirs
        } else if self.base == self.theirs {
            self.ours
        } else {
            return Agreement::Missing;
        };
        kept.map_or(Agreement::Gone, Agreement::Kept)
    }
}

/// What at most one change makes of a part.
#[derive(Debug)]
pub(super) enum Agreement<'a> {
    /// This.
    Kept(Value<'a>),
    /// It is deleted.
    Gone,
    /// Both sides have changed it, each in another way.
    Missing,
}
