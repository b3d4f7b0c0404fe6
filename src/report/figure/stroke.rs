//! How the lines of a cell are drawn: from what is known of it, and from what the file stores.

use super::paint::{Paint, Token};
use super::parts::{Attributes, Role, Shape};
use crate::report::scene::{Cell, measure};

const WIDTH: f64 = 1.5;
const OPEN_WIDTH: f64 = 2.5;
const BOUNDARY_WIDTH: f64 = 3.0;
const WIDEST: f64 = 20.0;
const OUT_OF_SCOPE_DASH: &str = "4 3";
const BOUNDARY_DASH: &str = "10 5";

/// A line.
#[derive(Debug, Clone)]
pub(super) struct Stroke {
    pub(super) paint: Paint,
    width: f64,
    /// As `stroke-dasharray`; empty for a whole line.
    dash: String,
}

impl Stroke {
    /// That of an element or a flow; `part` is what the file calls the drawn part.
    pub(super) fn of(cell: &Cell<'_>, part: &str) -> Self {
        let is_open = cell.open_threats > 0;
        let dash = || dash(cell, part).unwrap_or_else(|| OUT_OF_SCOPE_DASH.to_owned());
        Self {
            paint: if is_open {
                Paint::Theme(Token::Alarm)
            } else {
                paint(cell, part)
            },
            width: if is_open {
                OPEN_WIDTH
            } else {
                width(cell, part).unwrap_or(WIDTH)
            },
            dash: if cell.out_of_scope {
                dash()
            } else {
                String::new()
            },
        }
    }

    /// That of a trust boundary, which has no threats and is never out of scope.
    pub(super) fn of_boundary(cell: &Cell<'_>, part: &str) -> Self {
        Self {
            paint: paint(cell, part),
            width: width(cell, part).unwrap_or(BOUNDARY_WIDTH),
            dash: dash(cell, part).unwrap_or_else(|| BOUNDARY_DASH.to_owned()),
        }
    }

    /// That of something whose kind is not known.
    pub(super) fn of_placeholder(dash: &str) -> Self {
        Self {
            paint: Paint::Theme(Token::InkSoft),
            width: 1.0,
            dash: dash.to_owned(),
        }
    }

    /// A shape that is drawn with it.
    pub(super) fn shape(
        &self,
        tag: &'static str,
        role: Role,
        mut place: Attributes,
        fill: Paint,
    ) -> Shape {
        place.push(("stroke-width", self.width.into()));
        if !self.dash.is_empty() {
            place.push(("stroke-dasharray", self.dash.clone().into()));
        }
        Shape {
            tag,
            role,
            attributes: place,
            fill,
            stroke: self.paint.clone(),
        }
    }
}

fn paint(cell: &Cell<'_>, part: &str) -> Paint {
    Paint::stored(cell.drawn_text(part, "stroke").as_deref())
}

fn width(cell: &Cell<'_>, part: &str) -> Option<f64> {
    let width = measure(cell.drawn(part, "strokeWidth"))?;
    (width > 0.0 && width <= WIDEST).then_some(width)
}

/// Numbers between spaces and commas, not all of them nought.
fn dash(cell: &Cell<'_>, part: &str) -> Option<String> {
    let dash = cell.drawn_text(part, "strokeDasharray")?;
    let is_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    let is_number = |text: &str| match text.split_once('.') {
        Some((whole, part)) => is_digits(whole) && is_digits(part),
        None => is_digits(text),
    };
    let is_dash = dash.starts_with(|first: char| first.is_ascii_digit())
        && dash.ends_with(|last: char| last.is_ascii_digit())
        && dash
            .split([' ', ','])
            .filter(|number| !number.is_empty())
            .all(is_number);
    (is_dash && dash.contains(|digit| matches!(digit, '1'..='9'))).then(|| dash.into_owned())
}
