//! The anatomy of a model: for each member, what it is about and how it is taken together when two
//! people have changed it. Comparing and merging walk by the same table.

/// What a member is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The system that is modelled.
    Meaning,
    /// How the diagram is drawn.
    Layout,
    /// Nothing of its own: programs work it out from the rest, or leave it behind.
    Derived,
}

/// How a member is taken together.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// An object with known members, each in its own way.
    Members(&'static [(&'static str, Member)]),
    /// An array of things that are told apart by an identity.
    Things(Thing),
    /// One value, taken whole.
    Whole,
    /// A number or a version, of which the larger one is right.
    Larger,
    /// An object of counters.
    Counts,
    /// One that is worked out anew or of no interest; nobody is asked about it.
    Unasked,
    /// By the form of the values: objects by member, arrays by their elements' ids.
    ByForm,
}

/// A member's place in the anatomy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) about: About,
    pub(super) way: Way,
}

/// The kinds of thing that a model has arrays of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    /// Told apart by number.
    Diagram,
    /// Told apart by id.
    Cell,
    /// Told apart by id, in old files by number or title.
    Threat,
    /// Told apart by name.
    Contributor,
    /// Told apart by an `id`, whatever it is.
    Other,
    /// Its own identity: nothing but what it says.
    Element,
}

type Members = &'static [(&'static str, Member)];

/// The whole model.
pub(super) const MODEL: Member = meaning(Way::Members(&[
    ("version", derived(Way::Larger)),
    ("detail", meaning(Way::Members(DETAIL))),
    ("compatibility", COMPATIBILITY),
]));

const DETAIL: Members = &[
    ("diagrams", meaning(Way::Things(Thing::Diagram))),
    ("contributors", meaning(Way::Things(Thing::Contributor))),
    ("threatTop", derived(Way::Larger)),
    ("diagramTop", derived(Way::Larger)),
];

const DIAGRAM: Members = &[
    ("cells", CELLS),
    ("diagramJson", meaning(Way::Members(&[("cells", CELLS)]))),
    ("version", derived(Way::Larger)),
    ("thumbnail", derived(Way::Unasked)),
    ("$$hashKey", derived(Way::Unasked)),
    ("size", layout(Way::Whole)),
    ("compatibility", COMPATIBILITY),
];

/// The cells of a diagram.
pub(super) const CELLS: Member = meaning(Way::Things(Thing::Cell));

/// Of both generations: version 1 has `z`, `smooth` and `threats` on the cell.
const CELL: Members = &[
    ("position", layout(Way::Whole)),
    ("size", layout(Way::Whole)),
    ("angle", layout(Way::Whole)),
    ("vertices", layout(Way::Whole)),
    ("connector", layout(Way::Whole)),
    ("router", layout(Way::Whole)),
    ("smooth", layout(Way::Whole)),
    ("visible", layout(Way::Whole)),
    ("z", layout(Way::Whole)),
    ("zIndex", layout(Way::Whole)),
    ("width", layout(Way::Whole)),
    ("height", layout(Way::Whole)),
    ("labels", layout(Way::ByForm)),
    ("ports", layout(Way::ByForm)),
    ("attrs", layout(Way::Members(ATTRS))),
    ("tools", derived(Way::Unasked)),
    ("source", meaning(Way::Whole)),
    ("target", meaning(Way::Whole)),
    ("data", meaning(Way::Members(DATA))),
    ("threats", THREATS),
    ("hasOpenThreats", derived(Way::Unasked)),
    ("compatibility", COMPATIBILITY),
];

/// Of things that were upgraded: what version 2 has no place for.
const COMPATIBILITY: Member = meaning(Way::Members(&[("tdV1", meaning(Way::Members(REST)))]));

const REST: Members = &[
    ("attrs", layout(Way::ByForm)),
    ("labels", layout(Way::ByForm)),
    ("size", layout(Way::Whole)),
    ("smooth", layout(Way::Whole)),
    ("$$hashKey", derived(Way::Unasked)),
];

const ATTRS: Members = &[
    ("body", STROKED),
    ("line", STROKED),
    ("topLine", STROKED),
    ("bottomLine", STROKED),
    (".element-shape", derived(Way::Unasked)),
    (".element-text", derived(Way::Unasked)),
];

/// Colour and width show open threats, dashes what is out of scope.
const STROKED: Member = layout(Way::Members(&[
    ("stroke", derived(Way::Unasked)),
    ("strokeWidth", derived(Way::Unasked)),
    ("strokeDasharray", derived(Way::Unasked)),
]));

const DATA: Members = &[
    ("threats", THREATS),
    ("hasOpenThreats", derived(Way::Unasked)),
    ("threatFrequency", derived(Way::Counts)),
    ("trustBoundaryIds", derived(Way::Things(Thing::Element))),
    ("crossingFlows", derived(Way::Things(Thing::Element))),
    ("containedElements", derived(Way::Things(Thing::Element))),
];

const THREATS: Member = meaning(Way::Things(Thing::Threat));

/// `new` says that a dialog has not been closed yet. Two different ids were both made for a threat
/// that had none.
const THREAT: Members = &[
    ("id", derived(Way::Unasked)),
    ("new", derived(Way::Unasked)),
];

/// A member that no table names.
pub(super) const UNKNOWN: Member = meaning(Way::ByForm);

const fn meaning(way: Way) -> Member {
    let about = About::Meaning;
    Member { about, way }
}

const fn layout(way: Way) -> Member {
    let about = About::Layout;
    Member { about, way }
}

const fn derived(way: Way) -> Member {
    let about = About::Derived;
    Member { about, way }
}

impl Member {
    /// The place of an object's member `key`. One that no table names is about what its object is
    /// about.
    pub(super) fn member(self, key: &str) -> Self {
        let known: Members = match self.way {
            Way::Members(known) => known,
            _ => &[],
        };
        let named = known.iter().find(|(name, _)| *name == key);
        named.map_or(
            Self {
                about: self.about,
                ..UNKNOWN
            },
            |(_, member)| *member,
        )
    }

    /// The place of an array's elements.
    pub(super) fn element(self) -> Self {
        let way = match self.way {
            Way::Things(thing) => thing.way(),
            _ => Way::ByForm,
        };
        Self { way, ..self }
    }
}

impl Thing {
    fn way(self) -> Way {
        match self {
            Self::Diagram => Way::Members(DIAGRAM),
            Self::Cell => Way::Members(CELL),
            Self::Threat => Way::Members(THREAT),
            Self::Contributor | Self::Other => Way::ByForm,
            Self::Element => Way::Whole,
        }
    }
}
