//! Which thing of the old model is which of the new one, wherever it now stands.

use super::tree::{Level, Tree};
use crate::model::align::{align, align_added};
use crate::model::anatomy::Thing;
use crate::model::json::Value;

/// The things of one level that are in both models: for each place in one, the place in the other.
#[derive(Debug)]
pub(super) struct Pairs {
    old_of_new: Vec<Option<usize>>,
    new_of_old: Vec<Option<usize>>,
}

impl Pairs {
    /// The pairs of this level, given those of the level above: first within the arrays of two
    /// holders that are a pair, then, wherever a thing has gone, by its id or by all that it says.
    pub(super) fn find(
        level: Level,
        old: &Tree<'_>,
        new: &Tree<'_>,
        holders: Option<&Self>,
    ) -> Self {
        let mut pairs = Self {
            old_of_new: vec![None; new.items(level).len()],
            new_of_old: vec![None; old.items(level).len()],
        };
        let holders = holders.map_or_else(|| vec![(0, 0)], |holders| holders.both().collect());
        for (old_holder, new_holder) in holders {
            for array in level.arrays() {
                let olds = old.in_array(level, old_holder, array);
                let news = new.in_array(level, new_holder, array);
                pairs.join(level, old, new, [&olds, &news], |olds, news| {
                    align(level.thing(), olds, news)
                });
            }
        }
        let alone = |partners: &[Option<usize>]| -> Vec<usize> {
            let all = partners.iter().enumerate();
            all.filter(|(_, partner)| partner.is_none())
                .map(|(place, _)| place)
                .collect()
        };
        let (olds, news) = (alone(&pairs.new_of_old), alone(&pairs.old_of_new));
        pairs.join(level, old, new, [&olds, &news], |olds, news| {
            align_added(Thing::Other, olds, news)
        });
        pairs
    }

    /// The old thing that a new one is.
    pub(super) fn of_new(&self, new: usize) -> Option<usize> {
        self.old_of_new.get(new).copied().flatten()
    }

    /// The new thing that an old one is.
    pub(super) fn of_old(&self, old: usize) -> Option<usize> {
        self.new_of_old.get(old).copied().flatten()
    }

    /// The places of each pair: the old one, the new one.
    fn both(&self) -> impl Iterator<Item = (usize, usize)> {
        let new = self.old_of_new.iter().enumerate();
        new.filter_map(|(new, old)| Some(((*old)?, new)))
    }

    /// Pairs things of two lists of places as `partners` says.
    fn join<'a>(
        &mut self,
        level: Level,
        old: &Tree<'a>,
        new: &Tree<'a>,
        [olds, news]: [&[usize]; 2],
        partners: impl Fn(&[Value<'a>], &[Value<'a>]) -> Vec<Option<usize>>,
    ) {
        if olds.is_empty() || news.is_empty() {
            return;
        }
        let partners = partners(&old.known(level, olds), &new.known(level, news));
        for (new, partner) in news.iter().zip(partners) {
            let Some(old) = partner.and_then(|place| olds.get(place)) else {
                continue;
            };
            if let (Some(of_new), Some(of_old)) =
                (self.old_of_new.get_mut(*new), self.new_of_old.get_mut(*old))
            {
                (*of_new, *of_old) = (Some(*old), Some(*new));
            }
        }
    }
}
