//! What each severity looks like: a shape, a letter and a colour, none of them alone.

use super::paint::Token;
use crate::model::Severity;
use crate::report::geometry::{Point, in_drawing};

/// How a severity looks on badges.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) token: Token,
    pub(super) letter: &'static str,
    /// Corners of the shape, on a circle of this radius; none for the circle itself.
    corners: u8,
    radius: f64,
    /// Degrees by which the shape is turned.
    turn: f64,
    /// How far down the middle of the shape is set, so that all stand level.
    pub(super) lower: f64,
}

impl Look {
    pub(super) fn of(severity: &Severity) -> Self {
        let (token, letter, corners, radius, turn, lower) = match severity {
            Severity::Critical => (Token::Critical, "C", 8, 8.5, 22.5, 0.0),
            Severity::High => (Token::High, "H", 3, 11.0, 0.0, 2.75),
            Severity::Medium => (Token::Medium, "M", 4, 9.5, 0.0, 0.0),
            Severity::Low => (Token::Low, "L", 0, 8.0, 0.0, 0.0),
            Severity::Undecided | Severity::Other(_) => (Token::Neutral, "?", 4, 10.0, 45.0, 0.0),
        };
        Self {
            token,
            letter,
            corners,
            radius,
            turn,
            lower,
        }
    }

    /// The path of its shape around a middle, the first corner at the top.
    pub(super) fn shape(&self, middle: Point) -> String {
        let (radius, top) = (self.radius, Point::at(middle.x, middle.y - self.radius));
        let place = |Point { x, y }: Point| format!("{} {}", in_drawing(x), in_drawing(y));
        if self.corners == 0 {
            let half = format!("a {radius} {radius} 0 0 1 0");
            let across = 2.0 * radius;
            return format!("M {} {half} {across} {half} -{across} Z", place(top));
        }
        let step = 360.0 / f64::from(self.corners);
        let corners =
            (0..self.corners).map(|index| top.turned(middle, self.turn + f64::from(index) * step));
        let places: Vec<_> = corners.map(place).collect();
        format!("M {} Z", places.join(" L "))
    }
}
