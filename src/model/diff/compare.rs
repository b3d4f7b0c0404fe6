//! Walks both models at once and tells each change in its place.

use std::collections::HashMap;

use super::budget::Budget;
use super::change::{Aspect, Change, ChangeKind, Contents, FieldChange};
use super::drawing::{self, Names};
use super::fields::{Found, differences};
use super::naming;
use super::pairs::Pairs;
use super::tree::{Level, Tree};
use crate::model::anatomy::{About, MODEL};
use crate::model::subject::Subject;

/// Members of a cell that say where it stands.
const PLACE: [&str; 5] = ["position", "size", "vertices", "source", "target"];
/// Members that say what type a thing is of.
const TYPE: [&str; 2] = ["shape", "diagramType"];

/// Where the upgrade keeps what version 2 has no place for.
const KEPT: &str = "compatibility/tdV1";

/// All changes from `old` to `new`, in the order of the new model; what is gone stands where it
/// was. Where the budget is spent, what is around a change is told in its place.
pub(super) fn changes(old: &Tree<'_>, new: &Tree<'_>, budget: Budget) -> Vec<Change> {
    let diagrams = Pairs::find(Level::Diagram, old, new, None);
    let cells = Pairs::find(Level::Cell, old, new, Some(&diagrams));
    let threats = Pairs::find(Level::Threat, old, new, Some(&cells));
    let mut walk = Walk {
        names: [Names::of(old), Names::of(new)],
        old,
        new,
        pairs: [diagrams, cells, threats],
        budget,
        left: None,
        homes: HashMap::new(),
        changes: Vec::new(),
    };
    walk.model();
    walk.changes
}

struct Walk<'t, 'a> {
    old: &'t Tree<'a>,
    new: &'t Tree<'a>,
    /// What the cells of either are called.
    names: [Names<'a>; 2],
    /// By level.
    pairs: [Pairs; 3],
    budget: Budget,
    /// The array of the things that are different and were not told.
    left: Option<&'static str>,
    /// The subjects that things have moved from: many may come from one, whose name is long.
    homes: HashMap<(Level, usize), Subject>,
    changes: Vec<Change>,
}

impl Walk<'_, '_> {
    fn model(&mut self) {
        let model = Change {
            before: Some(String::new()),
            after: Some(String::new()),
            ..Change::of(Subject::model(), ChangeKind::Changed, Aspect::Meaning)
        };
        let found = differences(MODEL, self.old.root, self.new.root, &mut self.budget);
        let found = self.told(found);
        self.members(&model, found);
        self.held(Level::Diagram, Some(0), 0, &model);
    }

    /// The things that an old holder and the new one hold. Those of a holder that is new itself are
    /// told only where they have moved. `holder` is told of the holder itself.
    fn held(&mut self, level: Level, old: Option<usize>, new: usize, holder: &Change) {
        if let Some(old) = old {
            self.order(level, old, new, holder);
        }
        let held = old.map_or(0..0, |old| self.old.held(level, old));
        let mut gone = held.clone();
        for place in self.new.held(level, new) {
            let partner = self.pairs(level).of_new(place);
            if let Some(partner) = partner.filter(|partner| held.contains(partner)) {
                for old in gone.start.min(partner)..partner {
                    self.removed(level, old, holder);
                }
                gone.start = gone.start.max(partner);
            }
            match partner {
                Some(partner) => self.paired(level, partner, place, holder),
                None => self.unpaired(level, place, holder, old.is_some()),
            }
        }
        for old in gone {
            self.removed(level, old, holder);
        }
        if let Some(array) = self.left.take() {
            let cut = FieldChange {
                cut: true,
                ..FieldChange::at(array.to_owned())
            };
            self.tell(Change {
                kind: ChangeKind::Changed,
                contents: None,
                from: None,
                fields: vec![cut],
                ..holder.clone()
            });
        }
    }

    fn tell(&mut self, change: Change) {
        self.budget.spend(&change);
        self.changes.push(change);
    }

    /// Whether one more thing of this array may be told; if not, it is left to its holder.
    fn may_tell(&mut self, array: &'static str) -> bool {
        if self.budget.is_spent() {
            self.left = Some(array);
        }
        !self.budget.is_spent()
    }

    fn pairs(&self, level: Level) -> &Pairs {
        let [diagrams, cells, threats] = &self.pairs;
        match level {
            Level::Diagram => diagrams,
            Level::Cell => cells,
            Level::Threat => threats,
        }
    }

    /// Tells that a thing is gone, unless it is only elsewhere.
    fn removed(&mut self, level: Level, place: usize, holder: &Change) {
        if self.pairs(level).of_old(place).is_some() {
            return;
        }
        let item = self.old.item(level, place);
        if !self.may_tell(item.array) {
            return;
        }
        let subject = naming::within(&holder.subject, level, item.value);
        self.tell(Change {
            before: Some(self.old.pointer(level, place)),
            contents: self.contents(level, self.old, place, Pairs::of_old),
            ..Change::of(subject, ChangeKind::Removed, Aspect::Meaning)
        });
    }

    /// A new thing, told unless its holder is, and what it holds that was elsewhere before.
    fn unpaired(&mut self, level: Level, place: usize, holder: &Change, told: bool) {
        let item = self.new.item(level, place);
        if !self.may_tell(item.array) {
            return;
        }
        let subject = naming::within(&holder.subject, level, item.value);
        let added = Change {
            after: Some(self.new.pointer(level, place)),
            contents: self.contents(level, self.new, place, Pairs::of_new),
            ..Change::of(subject, ChangeKind::Added, Aspect::Meaning)
        };
        if told {
            self.tell(added.clone());
        }
        if let Some(below) = level.below() {
            self.held(below, None, place, &added);
        }
    }

    /// A thing that both models have.
    fn paired(&mut self, level: Level, old: usize, new: usize, holder: &Change) {
        let (was, is) = (self.old.item(level, old), self.new.item(level, new));
        let same_holder = level
            .above()
            .is_none_or(|above| self.pairs(above).of_new(is.holder) == Some(was.holder));
        let moved = !same_holder || was.array != is.array;
        if !moved && was.value == is.value || !self.may_tell(is.array) {
            return;
        }
        let subject = naming::within(&holder.subject, level, is.value);
        let both = Change {
            before: Some(self.old.pointer(level, old)),
            after: Some(self.new.pointer(level, new)),
            from: level
                .above()
                .filter(|_| moved)
                .map(|above| self.home(above, was.holder)),
            ..Change::of(subject, ChangeKind::Changed, Aspect::Meaning)
        };
        let found = differences(level.member(), was.value, is.value, &mut self.budget);
        let mut found = self.told(found);
        if was.has_made_id() || is.has_made_id() {
            found.retain(|found| found.field.path != "id");
        }
        if level == Level::Cell {
            drawing::settle(&mut found, [was, is], &self.names);
        }
        self.members(&both, found);
        if let Some(below) = level.below() {
            self.held(below, Some(old), new, &both);
        }
    }

    /// What a thing of the old model is called.
    fn home(&mut self, level: Level, place: usize) -> Subject {
        let home = self.homes.entry((level, place));
        let named = home.or_insert_with(|| naming::subject(self.old, level, place));
        named.clone()
    }

    /// Where only one model was upgraded, what the upgrade has kept is not there in the other.
    fn told(&self, mut found: Vec<Found>) -> Vec<Found> {
        if self.old.was_upgraded != self.new.was_upgraded {
            for found in &mut found {
                if found.field.path.starts_with(KEPT) {
                    found.about = About::Derived;
                }
            }
        }
        found
    }

    /// Tells the members of a thing that are different, each aspect by itself.
    fn members(&mut self, thing: &Change, found: Vec<Found>) {
        let (orders, mut rest): (Vec<_>, Vec<_>) = found.into_iter().partition(Found::is_order);
        for about in [About::Meaning, About::Layout, About::Derived] {
            let (found, others): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|found| found.about == about);
            rest = others;
            let aspect = Aspect::from(about);
            let fields: Vec<_> = found.into_iter().map(|found| found.field).collect();
            let from = thing.from.clone().filter(|_| about == About::Meaning);
            if !fields.is_empty() || from.is_some() {
                let kind = kind(aspect, from.is_some(), &fields);
                self.tell(Change {
                    kind,
                    aspect,
                    from,
                    fields,
                    ..thing.clone()
                });
            }
        }
        for order in orders {
            self.reordered(thing, order.field);
        }
    }

    /// Tells when the things that stayed stand in another order.
    fn order(&mut self, level: Level, old: usize, new: usize, holder: &Change) {
        for array in level.arrays() {
            let places = self.new.in_array(level, new, array);
            let olds = places
                .into_iter()
                .filter_map(|place| self.pairs(level).of_new(place));
            let stayed = olds.filter(|place| {
                let was = self.old.item(level, *place);
                was.holder == old && was.array == *array
            });
            if !stayed.is_sorted() {
                self.reordered(holder, FieldChange::at((*array).to_owned()));
            }
        }
    }

    fn reordered(&mut self, holder: &Change, array: FieldChange) {
        self.tell(Change {
            kind: ChangeKind::Reordered,
            aspect: Aspect::Layout,
            from: None,
            fields: vec![array],
            ..holder.clone()
        });
    }

    /// What is new with a new thing, or gone with one that is gone: all that has no `partner`.
    fn contents(
        &self,
        level: Level,
        tree: &Tree<'_>,
        place: usize,
        partner: fn(&Pairs, usize) -> Option<usize>,
    ) -> Option<Contents> {
        let alone = |level: Level, holder: usize| {
            let held = tree.held(level, holder);
            held.filter(move |place| partner(self.pairs(level), *place).is_none())
        };
        let of_cell = |cell: usize| alone(Level::Threat, cell).count();
        match level {
            Level::Threat => None,
            Level::Cell => Some(Contents {
                cells: 0,
                threats: of_cell(place),
            }),
            Level::Diagram => Some(Contents {
                cells: alone(Level::Cell, place).count(),
                threats: alone(Level::Cell, place).map(of_cell).sum(),
            }),
        }
    }
}

fn kind(aspect: Aspect, moved: bool, fields: &[FieldChange]) -> ChangeKind {
    let any = |paths: &[&str]| {
        fields
            .iter()
            .any(|field| paths.contains(&field.path.as_str()))
    };
    match aspect {
        Aspect::Meaning if moved => ChangeKind::Moved,
        Aspect::Meaning if any(&TYPE) => ChangeKind::Retyped,
        Aspect::Layout if any(&PLACE) => ChangeKind::Moved,
        _ => ChangeKind::Changed,
    }
}
