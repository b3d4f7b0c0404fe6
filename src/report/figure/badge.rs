//! The badge of an element with open threats: how many, and how grave the gravest is, by shape and
//! letter too.

use std::f64::consts::FRAC_1_SQRT_2;

use super::lettering::FONTS;
use super::paint::{Paint, Token};
use super::parts::{Figure, Part, Role, Shape, Text, frame};
use super::severity::Look;
use crate::model::Severity;
use crate::report::geometry::{Area, FlowPath, Point, text_width};
use crate::report::scene::{Cell, Kind};

const HEIGHT: f64 = 20.0;
const MARGIN: f64 = 4.0;
/// From an outline, or a label, to the badge above it.
const GAP: f64 = 2.0;
/// The room at a corner for a handle.
const BESIDE_CORNER: f64 = 8.0;
/// Half of what a shape takes of the width.
const HALF_SHAPE: f64 = 8.0;
const COUNT_SIZE: f64 = 12.0;
const LETTER_SIZE: f64 = 9.0;
/// From the middle of a letter down to its baseline, as a part of its size.
const TO_BASELINE: f64 = 0.36;
const COUNT_FROM: f64 = MARGIN + 2.0 * HALF_SHAPE + 4.0;

/// How many open threats there are, and how grave.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Badge {
    pub(in super::super) parts: Vec<Part>,
    pub(in super::super) area: Area,
    /// In words: `3 open threats, the gravest High`.
    pub(in super::super) words: String,
}

impl Badge {
    /// The badge of a cell; nothing when it has no open threat.
    pub(super) fn of(cell: &Cell<'_>, figure: &Figure, flow: Option<&FlowPath>) -> Option<Self> {
        if cell.open_threats == 0 {
            return None;
        }
        let count = cell.open_threats.to_string();
        let width = COUNT_FROM + text_width(&count, COUNT_SIZE) + 2.0 * MARGIN;
        let at = place(cell, figure, flow, width);
        let area = badge_area(at, width);
        Some(Self {
            parts: parts(&area, Look::of(&cell.worst), &count),
            area,
            words: words(cell.open_threats, &cell.worst),
        })
    }
}

fn badge_area(middle: Point, width: f64) -> Area {
    Area {
        x: middle.x - width / 2.0,
        y: middle.y - HEIGHT / 2.0,
        width,
        height: HEIGHT,
    }
}

fn words(count: usize, worst: &Severity) -> String {
    let threats = if count == 1 { "threat" } else { "threats" };
    match worst {
        Severity::Undecided | Severity::Other(_) => {
            format!("{count} open {threats}, severity not decided")
        }
        known => format!("{count} open {threats}, the gravest {}", known.as_str()),
    }
}

/// The middle of the badge: at the upper right of an element, beside the handle at its corner, and
/// above its outline where it would lie on its name; above the label of a flow, or above the middle of
/// its way.
fn place(cell: &Cell<'_>, figure: &Figure, flow: Option<&FlowPath>, width: f64) -> Point {
    let label = figure.label.as_ref();
    if let Some(flow) = flow {
        let middle = label.map_or_else(|| flow.path.at(flow.path.length() / 2.0), Area::centre);
        let top = label.map_or(middle.y, |label| label.y);
        return Point::at(middle.x, top - HEIGHT / 2.0 - GAP);
    }
    let Some(area) = Area::of(cell) else {
        return Point::default();
    };
    let middle = area.centre();
    let (x, y) = if cell.kind == Kind::Process {
        let (across, down) = (FRAC_1_SQRT_2 * area.width, FRAC_1_SQRT_2 * area.height);
        (middle.x + across / 2.0, middle.y - down / 2.0)
    } else {
        let corner = area.right() - BESIDE_CORNER - width / 2.0;
        (middle.x.max(corner), area.y)
    };
    let is_on_name = label.is_some_and(|label| {
        label
            .grown(GAP)
            .overlaps(&badge_area(Point::at(x, y), width))
    });
    let y = if is_on_name {
        area.y - HEIGHT / 2.0 - GAP
    } else {
        y
    };
    Point::at(x, y).turned(middle, cell.angle)
}

fn parts(area: &Area, look: Look, count: &str) -> Vec<Part> {
    let level = area.y + HEIGHT / 2.0;
    let middle = Point::at(area.x + MARGIN + HALF_SHAPE, level + look.lower);
    let shape = |tag, attributes, fill, stroke| {
        Part::Shape(Shape {
            tag,
            role: Role::Badge,
            attributes,
            fill,
            stroke,
        })
    };
    let mut ground = frame(area);
    ground.extend([("rx", (HEIGHT / 2.0).into()), ("stroke-width", 1.5.into())]);
    let d = vec![("d", look.shape(middle).into())];
    let colour = || Paint::Theme(look.token);
    vec![
        shape("rect", ground, Paint::Theme(Token::Surface), colour()),
        shape("path", d, colour(), Paint::None),
        letters(look.letter, middle, LETTER_SIZE, "middle", Token::Surface),
        letters(
            count,
            Point::at(area.x + COUNT_FROM, level),
            COUNT_SIZE,
            "start",
            Token::Ink,
        ),
    ]
}

fn letters(text: &str, at: Point, size: f64, anchor: &'static str, token: Token) -> Part {
    let baseline = Point::at(at.x, at.y + size * TO_BASELINE);
    Part::Text(Text {
        attributes: vec![
            ("font-family", FONTS.into()),
            ("font-size", size.into()),
            ("font-weight", "bold".into()),
            ("text-anchor", anchor.into()),
        ],
        fill: Paint::Theme(token),
        lines: vec![(text.to_owned(), baseline)],
    })
}
