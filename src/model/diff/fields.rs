//! Which members of a thing are different, walked by the anatomy.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use super::budget::Budget;
use super::change::FieldChange;
use super::tree::Level;
use crate::model::align::{align, id};
use crate::model::anatomy::{About, Member, Thing, Way};
use crate::model::json::{Kind, Value, pointer_token};
use crate::model::subject::told;

/// How many members of one thing are told.
const FIELDS_MAX: usize = 1_000;

/// A member that is different, and what it is about.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) about: About,
    pub(super) field: FieldChange,
}

impl Found {
    /// Whether an array only has another order.
    pub(super) fn is_order(&self) -> bool {
        self.field.before.is_none() && self.field.after.is_none() && !self.field.cut
    }
}

/// The members of two values that are different, in the order of the new one, then those that are
/// gone; at last, where there is more than may be told. The things of the levels are left to
/// whoever walks those.
pub(super) fn differences(
    member: Member,
    old: Value<'_>,
    new: Value<'_>,
    budget: &mut Budget,
) -> Vec<Found> {
    let mut search = Search {
        path: Vec::new(),
        found: Vec::new(),
        rest: Vec::new(),
        budget,
    };
    search.look(member, Some(old), Some(new));
    search.finish()
}

/// Keys and places from a thing to a value in it.
type Path = Vec<Rc<str>>;

struct Search<'b> {
    path: Path,
    found: Vec<Found>,
    /// Of what is different and not told: what it is about, and the path to all of it.
    rest: Vec<(About, Path)>,
    budget: &'b mut Budget,
}

impl Search<'_> {
    fn look(&mut self, member: Member, old: Option<Value<'_>>, new: Option<Value<'_>>) {
        match member.way {
            Way::Members(_) => self.look_into(member, old, new),
            Way::Things(Thing::Contributor) => self.look_at_list(member, old, new),
            way if Level::of(way).is_some() => self.look_at_frame(old, new),
            Way::ByForm => self.look_by_form(member, old, new),
            _ if old == new => {}
            _ => self.note(member.about, old, new),
        }
    }

    /// By member; an object that is not there has none.
    fn look_into(&mut self, member: Member, old: Option<Value<'_>>, new: Option<Value<'_>>) {
        let is_object = |value: Value<'_>| value.kind() == Kind::Object;
        let has_members = |value: Value<'_>| value.members().next().is_some();
        let sides = || [old, new].into_iter().flatten();
        let both = old.is_some() && new.is_some();
        if !sides().all(is_object) || !(both || sides().any(has_members)) {
            if old != new {
                self.note(member.about, old, new);
            }
            return;
        }
        for (key, old, new) in members(old, new) {
            self.path.push(pointer_token(&told(&key)).into());
            self.look(member.member(&key), old, new);
            self.path.pop();
        }
    }

    fn look_by_form(&mut self, member: Member, old: Option<Value<'_>>, new: Option<Value<'_>>) {
        let (Some(a), Some(b)) = (old, new) else {
            if old.is_some() || new.is_some() {
                self.note(member.about, old, new);
            }
            return;
        };
        match (a.kind(), b.kind()) {
            _ if a == b => {}
            (Kind::Object, Kind::Object) => self.look_into(member, old, new),
            (Kind::Array, Kind::Array) if same_elements(a, b) => {
                for (index, (a, b)) in a.elements().zip(b.elements()).enumerate() {
                    self.path.push(index.to_string().into());
                    self.look(member.element(), Some(a), Some(b));
                    self.path.pop();
                }
            }
            _ => self.note(member.about, old, new),
        }
    }

    /// An array whose elements are members of the model: those that are new, changed, gone.
    fn look_at_list(&mut self, member: Member, old: Option<Value<'_>>, new: Option<Value<'_>>) {
        let is_array = |value: Option<Value<'_>>| value.is_some_and(|v| v.kind() == Kind::Array);
        let (Some(a), Some(b)) = (old.filter(|_| is_array(new)), new.filter(|_| is_array(old)))
        else {
            if old != new {
                self.note(member.about, old, new);
            }
            return;
        };
        if a == b {
            return;
        }
        let (olds, news): (Vec<_>, Vec<_>) = (a.elements().collect(), b.elements().collect());
        let of_new = align(Thing::Contributor, &olds, &news);
        let mut gone: Vec<Option<Value<'_>>> = olds.into_iter().map(Some).collect();
        for (index, (value, partner)) in news.into_iter().zip(&of_new).enumerate() {
            let old = partner.and_then(|place| gone.get_mut(place)?.take());
            self.path.push(index.to_string().into());
            self.look(member.element(), old, Some(value));
            self.path.pop();
        }
        for (index, value) in gone.into_iter().enumerate() {
            self.path.push(index.to_string().into());
            self.look(member.element(), value, None);
            self.path.pop();
        }
        if !of_new.iter().flatten().is_sorted() {
            self.note(About::Layout, None, None);
        }
    }

    /// An array of things of a level, which are told by themselves.
    fn look_at_frame(&mut self, old: Option<Value<'_>>, new: Option<Value<'_>>) {
        if old.is_some() != new.is_some() && [old, new].into_iter().flatten().all(says_nothing) {
            self.note(About::Meaning, old, new);
        }
    }

    /// Notes a difference. A value that says no more than none is what a program has added, or left
    /// out, in writing the file.
    fn note(&mut self, about: About, old: Option<Value<'_>>, new: Option<Value<'_>>) {
        let sides = [old, new].into_iter().flatten();
        let about = match about {
            About::Meaning if sides.clone().count() == 1 && sides.clone().all(says_nothing) => {
                About::Derived
            }
            about => about,
        };
        let length = self.path.iter().map(|part| part.len() + 1).sum();
        if self.found.len() == FIELDS_MAX || !self.budget.has_field(length, [old, new]) {
            self.leave(about);
            return;
        }
        let field = FieldChange {
            before: old.map(Value::to_json),
            after: new.map(Value::to_json),
            ..FieldChange::at(self.path.join("/"))
        };
        self.found.push(Found { about, field });
    }

    /// Leaves a difference to what is told of all that is around it.
    fn leave(&mut self, about: About) {
        let around = self.path.split_last().map_or(&[][..], |(_, around)| around);
        match self.rest.iter_mut().find(|(known, _)| *known == about) {
            None => self.rest.push((about, around.to_vec())),
            Some((_, path)) => {
                // The walk is still in the same value where it has the very same key.
                let same = path
                    .iter()
                    .zip(around)
                    .take_while(|(a, b)| Rc::ptr_eq(a, b));
                let same = same.count();
                path.truncate(same);
            }
        }
    }

    fn finish(mut self) -> Vec<Found> {
        let rest = self.rest.into_iter().map(|(about, path)| Found {
            about,
            field: FieldChange {
                cut: true,
                ..FieldChange::at(path.join("/"))
            },
        });
        self.found.extend(rest);
        self.found
    }
}

/// Whether a value says no more than its absence: what the format takes for a member that is not
/// there, as older files leave out what newer programs write.
fn says_nothing(value: Value<'_>) -> bool {
    match value.kind() {
        Kind::Null => true,
        Kind::Bool => value.as_bool() == Some(false),
        Kind::Text => value.is_text(""),
        Kind::Array => value.elements().next().is_none(),
        Kind::Object => value.members().next().is_none(),
        Kind::Number => false,
    }
}

/// The members of two objects: key, old value, new value.
fn members<'a>(
    old: Option<Value<'a>>,
    new: Option<Value<'a>>,
) -> Vec<(Cow<'a, str>, Option<Value<'a>>, Option<Value<'a>>)> {
    let list = |value: Option<Value<'a>>| {
        let members = value.into_iter().flat_map(Value::members);
        members.filter_map(|(key, value)| Some((key.as_text()?, value)))
    };
    let mut gone: HashMap<Cow<'a, str>, Value<'a>> = list(old).collect();
    let mut all: Vec<_> = list(new)
        .map(|(key, new)| {
            let old = gone.remove(&key);
            (key, old, Some(new))
        })
        .collect();
    let gone = list(old).filter(|(key, _)| gone.contains_key(key));
    all.extend(gone.map(|(key, old)| (key, Some(old), None)));
    all
}

/// Whether the elements of two arrays can be compared one by one.
fn same_elements(a: Value<'_>, b: Value<'_>) -> bool {
    a.elements().map(id).eq(b.elements().map(id))
}
