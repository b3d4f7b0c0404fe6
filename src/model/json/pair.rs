//! Which element of a changed array continues which element of the old one.

use std::borrow::Cow;
use std::collections::HashMap;

use super::number::Decimal;
use super::value::Value;

/// For each new element, the place of the old one that it continues. No old one is continued
/// twice.
pub(super) fn partners(old: &[Value<'_>], new: &[Value<'_>]) -> Vec<Option<usize>> {
    let mut groups: HashMap<Option<Id<'_>>, [Vec<Plain<'_>>; 2]> = HashMap::new();
    for (elements, side) in [(old, 0), (new, 1)] {
        for (place, value) in elements.iter().enumerate() {
            if let Some(side) = groups.entry(id(*value)).or_default().get_mut(side) {
                side.push((place, *value));
            }
        }
    }
    let mut partners = vec![None; new.len()];
    for [old, new] in groups.into_values() {
        for ((old, _), (new, _)) in by_place(&old, &new) {
            if let Some(partner) = partners.get_mut(new) {
                *partner = Some(old);
            }
        }
    }
    partners
}

/// What tells an element from its neighbours.
#[derive(PartialEq, Eq, Hash)]
enum Id<'a> {
    Text(Cow<'a, str>),
    Number(Decimal),
}

fn id(value: Value<'_>) -> Option<Id<'_>> {
    let id = value.get("id")?;
    match id.as_number() {
        Some(number) => Decimal::parse(number).map(Id::Number),
        None => id.as_text().map(Id::Text),
    }
}

/// An element of those that no id tells apart, with its place in the array.
type Plain<'a> = (usize, Value<'a>);

/// Pairs the equal elements at the beginning and at the end, and what is left from the front on.
fn by_place<'a>(old: &[Plain<'a>], new: &[Plain<'a>]) -> Vec<(Plain<'a>, Plain<'a>)> {
    let same = |(a, b): &(&Plain<'_>, &Plain<'_>)| a.1 == b.1;
    let front = old.iter().zip(new).take_while(same).count();
    let (old_rest, new_rest) = (
        old.get(front..).unwrap_or_default(),
        new.get(front..).unwrap_or_default(),
    );
    let back = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(same)
        .count();
    let middle = old_rest.len().min(new_rest.len()) - back;
    let pairs = |old: &[Plain<'a>], new: &[Plain<'a>], count| -> Vec<_> {
        old.iter()
            .copied()
            .zip(new.iter().copied())
            .take(count)
            .collect()
    };
    let mut all = pairs(old, new, front + middle);
    all.extend(
        old.iter()
            .rev()
            .copied()
            .zip(new.iter().rev().copied())
            .take(back),
    );
    all
}
