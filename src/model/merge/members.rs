//! The members of an object in the three versions, by their keys.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::json::Value;

use super::Side;
use super::order::interleave;
use super::three::Three;

/// Each key once with what the versions have under it, in the order of the merged object.
pub(super) fn members<'a>(objects: Three<'a>, settled: Side) -> Vec<(Cow<'a, str>, Three<'a>)> {
    let mut table = Table::default();
    table.add(objects.base, |three, value| three.base = Some(value));
    let ours = table.add(objects.ours, |three, value| three.ours = Some(value));
    let theirs = table.add(objects.theirs, |three, value| three.theirs = Some(value));
    let order = match settled {
        Side::Ours => interleave(&ours, &theirs),
        Side::Theirs => interleave(&theirs, &ours),
    };
    let mut rows: Vec<Option<(Cow<'a, str>, Three<'a>)>> =
        table.rows.into_iter().map(Some).collect();
    let take = |row: usize| rows.get_mut(row).and_then(Option::take);
    order.into_iter().filter_map(take).collect()
}

#[derive(Default)]
struct Table<'a> {
    rows: Vec<(Cow<'a, str>, Three<'a>)>,
    by_key: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Table<'a> {
    /// Enters an object's members and gives their rows, in its order.
    fn add(
        &mut self,
        object: Option<Value<'a>>,
        put: impl Fn(&mut Three<'a>, Value<'a>),
    ) -> Vec<usize> {
        let mut sequence = Vec::new();
        for (key, value) in object.into_iter().flat_map(Value::members) {
            let Some(key) = key.as_text() else { continue };
            let row = *self.by_key.entry(key).or_insert_with_key(|key| {
                self.rows.push((key.clone(), Three::NOWHERE));
                self.rows.len() - 1
            });
            if let Some((_, three)) = self.rows.get_mut(row) {
                put(three, value);
            }
            sequence.push(row);
        }
        sequence
    }
}
