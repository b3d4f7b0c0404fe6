//! An object of the old format while it is being emptied into one of the new format.

use std::borrow::Cow;

use crate::model::json::{Draft, Kind, Value};

/// A member of an object under construction.
pub(super) type Member<'a> = (Cow<'a, str>, Draft<'a>);

/// What is still to be carried over from an old object.
pub(super) struct Old<'a>(Vec<Member<'a>>);

impl<'a> Old<'a> {
    pub(super) fn of(object: Value<'a>) -> Self {
        let member = |(key, value): (Value<'a>, _)| Some((key.as_text()?, Draft::Kept(value)));
        Self(object.members().filter_map(member).collect())
    }

    /// Takes a member out, if it is of this kind.
    pub(super) fn take(&mut self, key: &str, kind: Kind) -> Option<Value<'a>> {
        let place = self.0.iter().position(|(name, value)| {
            name == key && matches!(value, Draft::Kept(value) if value.kind() == kind)
        })?;
        match self.0.remove(place).1 {
            Draft::Kept(value) => Some(value),
            _ => None,
        }
    }

    /// Takes a string out as it is spelled, or gives `default`.
    pub(super) fn text_or(&mut self, key: &str, default: &str) -> Draft<'a> {
        let text = self.take(key, Kind::Text);
        text.map_or_else(|| Draft::text(default), Draft::Kept)
    }

    /// Takes a member out, whatever it is.
    pub(super) fn keep(&mut self, key: &str) -> Option<Member<'a>> {
        let place = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.remove(place))
    }

    /// Puts back what is left of a member that was taken out.
    pub(super) fn put_back(&mut self, key: &'static str, rest: Self) {
        if !rest.0.is_empty() {
            self.0.push((key.into(), Draft::Object(rest.0)));
        }
    }

    /// The new object, with everything that was not carried over kept in it.
    pub(super) fn finish(mut self, mut new: Vec<Member<'a>>) -> Draft<'a> {
        let compatibility = self.take("compatibility", Kind::Object);
        new.extend(compatibility.map(|value| ("compatibility".into(), Draft::Kept(value))));
        let mut new = Draft::Object(new);
        keep(&mut new, self.0);
        new
    }
}

/// Keeps members of the old format under `compatibility.tdV1`.
pub(super) fn keep<'a>(new: &mut Draft<'a>, mut rest: Vec<Member<'a>>) {
    if rest.is_empty() {
        return;
    }
    let is_object = |draft: &mut Draft<'a>| draft.members_mut().is_some();
    if !new.get_mut("compatibility").is_some_and(is_object) {
        let empty = Draft::object::<&str>([]);
        if let Some(odd) = new.get_mut("compatibility") {
            let odd = std::mem::replace(odd, empty);
            rest.push(("compatibility".into(), odd));
        } else {
            new.set("compatibility", empty);
        }
    }
    if let Some(compatibility) = new.get_mut("compatibility") {
        compatibility.set("tdV1", Draft::Object(rest));
    }
}
