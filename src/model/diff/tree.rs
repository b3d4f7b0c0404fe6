//! A model as three levels of things (diagrams, cells, threats), each with its place.

use std::ops::Range;

use crate::model::align::id;
use crate::model::anatomy::{MODEL, Member, Thing, Way};
use crate::model::json::{Kind, Value};

/// The levels, the outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Level {
    Diagram,
    Cell,
    Threat,
}

/// A thing in its array.
#[derive(Debug)]
pub(super) struct Item<'a> {
    pub(super) value: Value<'a>,
    /// What it is known by: itself, or what it was in version 1, which gave fewer things an id.
    pub(super) known: Value<'a>,
    /// Its holder's place among the items of the level above; of a diagram, 0.
    pub(super) holder: usize,
    /// The array's path inside its holder.
    pub(super) array: &'static str,
    /// Its place in the array.
    pub(super) index: usize,
    /// The items of the level below that it holds.
    pub(super) held: Range<usize>,
}

/// All things of a model, by level, in the order of the model.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    pub(super) root: Value<'a>,
    /// Whether it was in version 1.
    pub(super) was_upgraded: bool,
    diagrams: Vec<Item<'a>>,
    cells: Vec<Item<'a>>,
    threats: Vec<Item<'a>>,
}

impl Level {
    pub(super) fn below(self) -> Option<Self> {
        match self {
            Self::Diagram => Some(Self::Cell),
            Self::Cell => Some(Self::Threat),
            Self::Threat => None,
        }
    }

    pub(super) fn above(self) -> Option<Self> {
        match self {
            Self::Diagram => None,
            Self::Cell => Some(Self::Diagram),
            Self::Threat => Some(Self::Cell),
        }
    }

    /// What the anatomy calls it.
    pub(super) fn thing(self) -> Thing {
        match self {
            Self::Diagram => Thing::Diagram,
            Self::Cell => Thing::Cell,
            Self::Threat => Thing::Threat,
        }
    }

    /// The anatomy of one such thing.
    pub(super) fn member(self) -> Member {
        match self {
            Self::Diagram => MODEL.member("detail").member("diagrams"),
            Self::Cell => Self::Diagram.member().member("cells"),
            Self::Threat => Self::Cell.member().member("data").member("threats"),
        }
        .element()
    }

    /// The paths of the arrays of such things inside their holder: version 1 has others.
    pub(super) fn arrays(self) -> &'static [&'static str] {
        match self {
            Self::Diagram => &["detail/diagrams"],
            Self::Cell => &["cells", "diagramJson/cells"],
            Self::Threat => &["data/threats", "threats"],
        }
    }

    /// The JSON pointer from a holder to the array in version 1.
    fn written(self) -> &'static str {
        match self {
            Self::Diagram => "/detail/diagrams",
            Self::Cell => "/diagramJson/cells",
            Self::Threat => "/threats",
        }
    }

    /// The level whose things stand in an array of this kind.
    pub(super) fn of(way: Way) -> Option<Self> {
        match way {
            Way::Things(Thing::Diagram) => Some(Self::Diagram),
            Way::Things(Thing::Cell) => Some(Self::Cell),
            Way::Things(Thing::Threat) => Some(Self::Threat),
            _ => None,
        }
    }
}

impl Item<'_> {
    /// Whether its id was made in the upgrade, of where it stood.
    pub(super) fn has_made_id(&self) -> bool {
        id(self.known).is_none() && id(self.value).is_some()
    }
}

impl<'a> Tree<'a> {
    /// The things of a model. `written` is the same model in version 1, when it was upgraded.
    pub(super) fn of(root: Value<'a>, written: Option<Value<'a>>) -> Self {
        let mut tree = Self {
            root,
            was_upgraded: written.is_some(),
            diagrams: Vec::new(),
            cells: Vec::new(),
            threats: Vec::new(),
        };
        tree.collect(Level::Diagram, root, written, 0);
        tree
    }

    pub(super) fn items(&self, level: Level) -> &[Item<'a>] {
        match level {
            Level::Diagram => &self.diagrams,
            Level::Cell => &self.cells,
            Level::Threat => &self.threats,
        }
    }

    fn items_mut(&mut self, level: Level) -> &mut Vec<Item<'a>> {
        match level {
            Level::Diagram => &mut self.diagrams,
            Level::Cell => &mut self.cells,
            Level::Threat => &mut self.threats,
        }
    }

    pub(super) fn item(&self, level: Level, place: usize) -> &Item<'a> {
        (self.items(level).get(place)).expect("a place comes from the tree's own list")
    }

    /// The places of what `holder` holds; of the model itself, all diagrams.
    pub(super) fn held(&self, level: Level, holder: usize) -> Range<usize> {
        match level.above() {
            Some(above) => self.item(above, holder).held.clone(),
            None => 0..self.diagrams.len(),
        }
    }

    /// The places of what stands in one array of `holder`.
    pub(super) fn in_array(&self, level: Level, holder: usize, array: &str) -> Vec<usize> {
        let held = self.held(level, holder);
        held.filter(|place| self.item(level, *place).array == array)
            .collect()
    }

    /// What the things at these places are known by.
    pub(super) fn known(&self, level: Level, places: &[usize]) -> Vec<Value<'a>> {
        let items = places.iter().map(|place| self.item(level, *place));
        items.map(|item| item.known).collect()
    }

    /// The JSON pointer to a thing.
    pub(super) fn pointer(&self, level: Level, place: usize) -> String {
        let item = self.item(level, place);
        let holder = self.holder_pointer(level, item.holder);
        format!("{holder}/{}/{}", item.array, item.index)
    }

    /// The JSON pointer to what holds things of this level.
    pub(super) fn holder_pointer(&self, level: Level, holder: usize) -> String {
        level
            .above()
            .map_or_else(String::new, |above| self.pointer(above, holder))
    }

    /// Lists the things of this level in `value`, and those that they hold; gives their places.
    fn collect(
        &mut self,
        level: Level,
        value: Value<'a>,
        written: Option<Value<'a>>,
        holder: usize,
    ) -> Range<usize> {
        let start = self.items(level).len();
        let written = written.and_then(|written| written.pointer(level.written()));
        let mut written = written.into_iter().flat_map(Value::elements);
        for &array in level.arrays() {
            let things = value.pointer(&format!("/{array}"));
            let things = things.filter(|things| things.kind() == Kind::Array);
            for (index, value) in things.into_iter().flat_map(Value::elements).enumerate() {
                let place = self.items(level).len();
                let old = written.next();
                let known = old.unwrap_or(value);
                let held = 0..0;
                self.items_mut(level).push(Item {
                    value,
                    known,
                    holder,
                    array,
                    index,
                    held,
                });
                if let Some(below) = level.below() {
                    let held = self.collect(below, value, old, place);
                    if let Some(item) = self.items_mut(level).get_mut(place) {
                        item.held = held;
                    }
                }
            }
        }
        start..self.items(level).len()
    }
}
