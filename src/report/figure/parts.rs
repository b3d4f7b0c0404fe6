//! What a figure is made of: shapes and texts, as plain data.

use std::borrow::Cow;

use super::paint::{Paint, Token};
use crate::report::geometry::{Area, Point};

/// How faint the lines of what is out of scope are.
const OPACITY: f64 = 0.7;

/// What a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Role {
    Outline,
    Line,
    Marker,
    LabelGround,
    LooseEnd,
    Badge,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Attribute {
    Number(f64),
    Text(Cow<'static, str>),
}

/// Attributes as in SVG, in the order in which they are written.
pub(super) type Attributes = Vec<(&'static str, Attribute)>;

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Shape {
    pub(in super::super) tag: &'static str,
    pub(super) role: Role,
    pub(in super::super) attributes: Attributes,
    pub(in super::super) fill: Paint,
    pub(in super::super) stroke: Paint,
}

/// Lines of text.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Text {
    pub(in super::super) attributes: Attributes,
    pub(in super::super) fill: Paint,
    /// Each at its baseline.
    pub(in super::super) lines: Vec<(String, Point)>,
}

/// A shape or a text.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Part {
    Shape(Shape),
    Text(Text),
}

/// All that is drawn of one cell.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Figure {
    /// Where the parts are moved to.
    pub(in super::super) at: Point,
    /// By how many degrees, and about which of its points, it is turned then.
    pub(in super::super) turn: Option<(f64, Point)>,
    pub(in super::super) parts: Vec<Part>,
    /// Around all that is drawn, in the diagram; nothing when nothing is.
    pub(in super::super) bounds: Option<Area>,
    /// Around the label, in the diagram, before it is turned.
    pub(super) label: Option<Area>,
}

impl From<f64> for Attribute {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&'static str> for Attribute {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Attribute {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

/// The four attributes of a box.
pub(super) fn frame(area: &Area) -> Attributes {
    vec![
        ("x", area.x.into()),
        ("y", area.y.into()),
        ("width", area.width.into()),
        ("height", area.height.into()),
    ]
}

impl Figure {
    /// As what is out of scope is drawn, besides its dashes.
    pub(super) fn faint(mut self) -> Self {
        for part in &mut self.parts {
            match part {
                Part::Text(text) => text.fill = Paint::Theme(Token::InkSoft),
                Part::Shape(shape) => match shape.role {
                    Role::Outline | Role::Line => {
                        shape.attributes.push(("stroke-opacity", OPACITY.into()));
                    }
                    Role::Marker => shape.attributes.push(("fill-opacity", OPACITY.into())),
                    Role::LabelGround | Role::LooseEnd | Role::Badge => {}
                },
            }
        }
        self
    }

    /// Its `transform`; empty when it stands as it is drawn.
    pub(in super::super) fn transform(&self) -> String {
        let Point { x, y } = self.at;
        let moved = (x != 0.0 || y != 0.0).then(|| format!("translate({} {})", x + 0.0, y + 0.0));
        let turned = self
            .turn
            .map(|(angle, about)| format!("rotate({angle} {} {})", about.x, about.y));
        let both: Vec<_> = moved.into_iter().chain(turned).collect();
        both.join(" ")
    }
}
