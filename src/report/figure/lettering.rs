//! Names and labels as text parts: lines that stand around a middle or hang from a top.

use super::paint::{Paint, Token};
use super::parts::{Part, Text};
use crate::report::geometry::{Area, FONT_SIZE, Point, TextBlock};

/// The first that there is; Liberation Sans is as wide as Arial.
pub(super) const FONTS: &str = "Arial, \"Liberation Sans\", Helvetica, sans-serif";

/// From the middle of a line, and from its top, down to its baseline, as parts of the font size.
const MIDDLE_TO_BASELINE: f64 = 0.3;
const TOP_TO_BASELINE: f64 = 0.8;

/// Lines centred on a point.
pub(super) fn centred(block: TextBlock, Point { x, y }: Point) -> Part {
    let below = block.height / FONT_SIZE - 1.0;
    let first = y + FONT_SIZE * MIDDLE_TO_BASELINE - (below * FONT_SIZE) / 2.0;
    part(block, "middle", x, first)
}

/// Lines that begin at a point, the upper left corner of their box.
pub(super) fn hanging(block: TextBlock, Point { x, y }: Point) -> Part {
    part(block, "start", x, y + FONT_SIZE * TOP_TO_BASELINE)
}

/// The box of lines centred on a point.
pub(super) fn area_around(block: &TextBlock, Point { x, y }: Point) -> Area {
    let (width, height) = (block.width, block.height);
    Area {
        x: x - width / 2.0,
        y: y - height / 2.0,
        width,
        height,
    }
}

fn part(block: TextBlock, anchor: &'static str, x: f64, first: f64) -> Part {
    let below = (0_u32..).map(|index| f64::from(index) * FONT_SIZE);
    let places = below.map(|below| Point::at(x, first + below));
    Part::Text(Text {
        attributes: vec![
            ("font-family", FONTS.into()),
            ("font-size", FONT_SIZE.into()),
            ("text-anchor", anchor.into()),
        ],
        fill: Paint::Theme(Token::Ink),
        lines: block.lines.into_iter().zip(places).collect(),
    })
}
