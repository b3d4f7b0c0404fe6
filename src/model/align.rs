//! Which thing of one version of a model is which thing of another: by id, and where old files have
//! none, threats by number and then by title; what has no name at all by what it says, and then by
//! place.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};

use super::anatomy::Thing;
use super::json::Value;

/// For each new element, the place of the old one that it is. No old one is two new ones: things
/// with the same name are taken in their order.
pub(super) fn align(thing: Thing, old: &[Value<'_>], new: &[Value<'_>]) -> Vec<Option<usize>> {
    align_but(thing, old, new, &HashSet::new())
}

/// The same, where these ids say nothing: they were made for things that had none.
pub(super) fn align_but(
    thing: Thing,
    old: &[Value<'_>],
    new: &[Value<'_>],
    made_ids: &HashSet<String>,
) -> Vec<Option<usize>> {
    let mut alignment = Alignment::of(old, new, made_ids);
    for name in names(thing) {
        alignment.round(old, new, *name);
    }
    if thing != Thing::Element {
        alignment.round(old, new, Name::Itself);
        alignment.by_place(thing, old, new);
    }
    alignment.of_new
}

/// The same for things that both versions have added to a third one: an id or a name must say so,
/// because two people give the next number to different threats.
pub(super) fn align_added(
    thing: Thing,
    old: &[Value<'_>],
    new: &[Value<'_>],
) -> Vec<Option<usize>> {
    let none = HashSet::new();
    let mut alignment = Alignment::of(old, new, &none);
    let numbered = |name: &&Name| **name == Name::Number;
    for name in names(thing).iter().filter(|name| !numbered(name)) {
        alignment.round(old, new, *name);
    }
    alignment.round(old, new, Name::Itself);
    alignment.of_new
}

/// The element's `id`, a string or a number; an empty one is none.
pub(super) fn id(value: Value<'_>) -> Option<Cow<'_, str>> {
    let id = value.get("id")?;
    let text = id.as_text().filter(|text| !text.is_empty());
    // `1` and `1.0` are one number.
    let whole = || id.as_u64().map(|number| Cow::Owned(number.to_string()));
    text.or_else(whole)
        .or_else(|| id.as_number().map(Cow::Borrowed))
}

/// Something that a thing may be known by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Id,
    Called,
    Number,
    Title,
    /// What it says, as it is written.
    Itself,
}

/// What things of this kind are known by, the surest first.
fn names(thing: Thing) -> &'static [Name] {
    match thing {
        Thing::Diagram | Thing::Cell | Thing::Other => &[Name::Id],
        Thing::Threat => &[Name::Id, Name::Number, Name::Title],
        Thing::Contributor => &[Name::Called],
        Thing::Element => &[Name::Itself],
    }
}

impl Name {
    fn of(self, value: Value<'_>) -> Option<Cow<'_, str>> {
        match self {
            Self::Id => id(value),
            Self::Called => value.get("name")?.as_text(),
            Self::Number => value.get("number")?.as_number().map(Cow::Borrowed),
            Self::Title => value.get("title")?.as_text(),
            Self::Itself => Some(Cow::Borrowed(value.raw())),
        }
    }

    /// Two things that both have an id are never the same by a weaker name.
    fn is_weak(self) -> bool {
        matches!(self, Self::Number | Self::Title)
    }
}

struct Alignment<'m> {
    of_new: Vec<Option<usize>>,
    taken: Vec<bool>,
    made_ids: &'m HashSet<String>,
}

/// Old things of one name that are still alone.
#[derive(Default)]
struct Waiting {
    with_id: VecDeque<usize>,
    without_id: VecDeque<usize>,
}

impl<'m> Alignment<'m> {
    fn of(old: &[Value<'_>], new: &[Value<'_>], made_ids: &'m HashSet<String>) -> Self {
        Self {
            of_new: vec![None; new.len()],
            taken: vec![false; old.len()],
            made_ids,
        }
    }

    /// Pairs what is still alone and has no name, one after the other.
    fn by_place(&mut self, thing: Thing, old: &[Value<'_>], new: &[Value<'_>]) {
        let nameless = |value: Value<'_>| names(thing).iter().all(|name| name.of(value).is_none());
        let mut waiting = old.iter().zip(&mut self.taken).enumerate();
        for (value, partner) in new.iter().zip(&mut self.of_new) {
            if partner.is_none() && nameless(*value) {
                let found = waiting.find(|(_, (old, taken))| !**taken && nameless(**old));
                let Some((place, (_, taken))) = found else {
                    return;
                };
                *taken = true;
                *partner = Some(place);
            }
        }
    }

    /// Pairs what is still alone and has the same name. A number that several have says nothing.
    fn round(&mut self, old: &[Value<'_>], new: &[Value<'_>], name: Name) {
        let mut waiting = self.waiting(old, name);
        let several = match name {
            Name::Number => self.several(new, name),
            _ => HashSet::new(),
        };
        for (place, value) in new.iter().enumerate() {
            if self.of_new.get(place).is_some_and(Option::is_some) {
                continue;
            }
            let Some(name_here) = self.name(name, *value) else {
                continue;
            };
            let Some(waiting) = waiting.get_mut(&name_here) else {
                continue;
            };
            let alike = waiting.with_id.len() + waiting.without_id.len();
            if name == Name::Number && (alike > 1 || several.contains(&name_here)) {
                continue;
            }
            let any_old = !name.is_weak() || self.id(*value).is_none();
            let mut found = waiting.without_id.pop_front();
            if any_old && found.is_none() {
                found = waiting.with_id.pop_front();
            }
            self.pair(found, place);
        }
    }

    fn pair(&mut self, old: Option<usize>, new: usize) {
        if let Some(taken) = old.and_then(|old| self.taken.get_mut(old)) {
            *taken = true;
        }
        if let Some(partner) = self.of_new.get_mut(new) {
            *partner = old;
        }
    }

    fn waiting<'a>(&self, old: &[Value<'a>], name: Name) -> HashMap<Cow<'a, str>, Waiting> {
        let mut waiting: HashMap<Cow<'_, str>, Waiting> = HashMap::new();
        let alone = old.iter().zip(&self.taken).enumerate();
        for (place, (value, _)) in alone.filter(|(_, (_, taken))| !**taken) {
            if let Some(name) = self.name(name, *value) {
                let waiting = waiting.entry(name).or_default();
                match self.id(*value) {
                    Some(_) => waiting.with_id.push_back(place),
                    None => waiting.without_id.push_back(place),
                }
            }
        }
        waiting
    }

    /// The names that more than one of the new things still alone have.
    fn several<'a>(&self, new: &[Value<'a>], name: Name) -> HashSet<Cow<'a, str>> {
        let mut seen = HashSet::new();
        let alone = new
            .iter()
            .zip(&self.of_new)
            .filter(|(_, partner)| partner.is_none());
        let names = alone.filter_map(|(value, _)| self.name(name, *value));
        names.filter(|name| !seen.insert(name.clone())).collect()
    }

    fn name<'a>(&self, name: Name, value: Value<'a>) -> Option<Cow<'a, str>> {
        match name {
            Name::Id => self.id(value),
            name => name.of(value),
        }
    }

    fn id<'a>(&self, value: Value<'a>) -> Option<Cow<'a, str>> {
        id(value).filter(|id| !self.made_ids.contains(id.as_ref()))
    }
}
