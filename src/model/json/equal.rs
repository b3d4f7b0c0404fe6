//! Equality by value: see [`Value`].

use std::borrow::Cow;

use super::number;
use super::value::{Kind, Value};

impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.kind() == other.kind() && (self.raw() == other.raw() || same_content(*self, *other))
    }
}

/// Compares two values of the same kind that are written differently.
fn same_content(a: Value<'_>, b: Value<'_>) -> bool {
    match a.kind() {
        Kind::Null => true,
        Kind::Bool => false,
        Kind::Number => number::equal(a.raw(), b.raw()),
        Kind::Text => a.as_text() == b.as_text(),
        Kind::Array => a.elements().eq(b.elements()),
        Kind::Object => same_members(a, b),
    }
}

fn same_members(a: Value<'_>, b: Value<'_>) -> bool {
    if keys(a).eq(keys(b)) {
        let values = |(_, value)| value;
        a.members().map(values).eq(b.members().map(values))
    } else {
        // One with the keys in another order: brought into the same one, so that a wide object
        // costs n log n and not n².
        sorted(a) == sorted(b)
    }
}

fn keys(object: Value<'_>) -> impl Iterator<Item = Option<Cow<'_, str>>> {
    object.members().map(|(key, _)| key.as_text())
}

fn sorted(object: Value<'_>) -> Vec<(Option<Cow<'_, str>>, Value<'_>)> {
    let mut members: Vec<_> = object
        .members()
        .map(|(key, value)| (key.as_text(), value))
        .collect();
    members.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    members
}
