//! A model in few words: what is where, what flows, what threatens.

use serde_json::{Value, json};

/// A model under construction.
pub(crate) struct Model {
    pub(crate) title: &'static str,
    pub(crate) summary: Value,
    pub(crate) contributors: Vec<Value>,
    pub(crate) reviewer: &'static str,
    pub(crate) diagrams: Vec<Diagram>,
}

impl Model {
    /// An empty model.
    pub(crate) fn new(title: &'static str, owner: &str, description: &str) -> Self {
        Self {
            title,
            summary: json!({"title": title, "owner": owner, "description": description, "id": 0}),
            contributors: Vec::new(),
            reviewer: "",
            diagrams: Vec::new(),
        }
    }

    /// Names those who made it, and who reviewed it.
    pub(crate) fn by(mut self, contributors: &[&str], reviewer: &'static str) -> Self {
        self.contributors = contributors.iter().map(|n| json!({"name": n})).collect();
        self.reviewer = reviewer;
        self
    }

    /// Adds a diagram.
    pub(crate) fn with(mut self, diagram: Diagram) -> Self {
        self.diagrams.push(diagram);
        self
    }
}

/// How a diagram's threats are categorised.
#[derive(Clone, Copy)]
pub(crate) enum Method {
    Stride,
    Linddun,
    Cia,
}

impl Method {
    /// The method's name in the file format.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Stride => "STRIDE",
            Self::Linddun => "LINDDUN",
            Self::Cia => "CIA",
        }
    }
}

/// A diagram under construction.
pub(crate) struct Diagram {
    pub(crate) title: &'static str,
    pub(crate) method: Method,
    pub(crate) description: &'static str,
    pub(crate) boundaries: Vec<Boundary>,
    pub(crate) texts: Vec<(String, Rect)>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) flows: Vec<Flow>,
}

pub(crate) struct Boundary {
    pub(crate) name: String,
    pub(crate) rect: Rect,
}

/// A rectangle in pixels.
#[derive(Clone, Copy)]
pub(crate) struct Rect {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

impl Rect {
    /// Whether the other one lies wholly inside.
    pub(crate) fn contains(self, other: Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.x + other.width <= self.x + self.width
            && other.y + other.height <= self.y + self.height
    }
}

/// What a node is.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Actor,
    Process,
    Store,
}

/// An element of a diagram.
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) rect: Rect,
    pub(crate) more: More,
}

/// A data flow between two elements.
pub(crate) struct Flow {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) name: String,
    pub(crate) via: Vec<(i32, i32)>,
    pub(crate) more: More,
}

/// What is said about an element or a flow beyond its place and name.
#[derive(Default)]
pub(crate) struct More {
    pub(crate) description: String,
    pub(crate) out_of_scope: Option<&'static str>,
    pub(crate) properties: Vec<(&'static str, Value)>,
    /// `[category, severity, status, title, description, mitigation]`
    pub(crate) threats: Vec<[&'static str; 6]>,
}

impl More {
    /// Says what it is for.
    pub(crate) fn about(&mut self, description: &str) -> &mut Self {
        description.clone_into(&mut self.description);
        self
    }

    /// Gives a security property a value.
    pub(crate) fn set(&mut self, key: &'static str, value: impl Into<Value>) -> &mut Self {
        self.properties.push((key, value.into()));
        self
    }

    /// Takes it out of the model's scope, and says why.
    pub(crate) fn out_of_scope(&mut self, reason: &'static str) -> &mut Self {
        self.out_of_scope = Some(reason);
        self
    }

    /// Adds a threat: `[category, severity, status, title, description, mitigation]`.
    pub(crate) fn threat(&mut self, threat: [&'static str; 6]) -> &mut Self {
        self.threats.push(threat);
        self
    }

    /// Whether nothing has been decided about one of its threats.
    pub(crate) fn has_open_threats(&self) -> bool {
        self.threats.iter().any(|threat| threat.contains(&"Open"))
    }
}

impl Diagram {
    /// An empty diagram.
    pub(crate) fn new(title: &'static str, method: Method, description: &'static str) -> Self {
        Self {
            title,
            method,
            description,
            boundaries: Vec::new(),
            texts: Vec::new(),
            nodes: Vec::new(),
            flows: Vec::new(),
        }
    }

    /// A trust boundary, by its left upper corner and its size.
    pub(crate) fn boundary(&mut self, name: &str, corner: (i32, i32), size: (i32, i32)) {
        let rect = Rect {
            x: corner.0,
            y: corner.1,
            width: size.0,
            height: size.1,
        };
        self.boundaries.push(Boundary {
            name: name.to_owned(),
            rect,
        });
    }

    /// A note, by its left upper corner and its size.
    pub(crate) fn note(&mut self, text: &str, corner: (i32, i32), size: (i32, i32)) {
        let rect = Rect {
            x: corner.0,
            y: corner.1,
            width: size.0,
            height: size.1,
        };
        self.texts.push((text.to_owned(), rect));
    }

    /// An element, by its centre.
    pub(crate) fn node(&mut self, kind: Kind, name: &str, centre: (i32, i32)) -> &mut More {
        let (width, height) = match kind {
            Kind::Actor => (150, 80),
            Kind::Process => (110, 110),
            Kind::Store => (150, 76),
        };
        let (x, y) = (centre.0 - width / 2, centre.1 - height / 2);
        let rect = Rect {
            x,
            y,
            width,
            height,
        };
        let more = More::default();
        self.nodes.push(Node {
            kind,
            name: name.to_owned(),
            rect,
            more,
        });
        &mut self.nodes.last_mut().expect("it was just pushed").more
    }

    /// The two elements that a flow connects.
    pub(crate) fn ends(&self, flow: &Flow) -> [&Node; 2] {
        [flow.from, flow.to].map(|end| self.nodes.get(end).expect("a flow is drawn between nodes"))
    }

    /// A straight flow between two elements.
    pub(crate) fn flow(&mut self, from: &str, to: &str, name: &str) -> &mut More {
        self.curve(from, to, name, &[])
    }

    /// A flow that bends through these points.
    pub(crate) fn curve(
        &mut self,
        from: &str,
        to: &str,
        name: &str,
        via: &[(i32, i32)],
    ) -> &mut More {
        let find = |name: &str| {
            let found = self.nodes.iter().position(|node| node.name == name);
            found.unwrap_or_else(|| panic!("{name} is not in {}", self.title))
        };
        self.flows.push(Flow {
            from: find(from),
            to: find(to),
            name: name.to_owned(),
            via: via.to_vec(),
            more: More::default(),
        });
        &mut self.flows.last_mut().expect("it was just pushed").more
    }
}
