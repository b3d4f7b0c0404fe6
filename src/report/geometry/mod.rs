//! Where things are: the same geometry as the browser app has, held to it by `tests/vectors/geometry`.

mod apart;
mod area;
mod flow;
mod label;
mod orthogonal;
mod outline;
mod parallel;
mod path;
mod point;
mod ports;
mod spline;
mod text;

#[cfg(test)]
mod tests;

pub(super) use self::apart::apart;
pub(super) use self::area::{Area, Size};
pub(super) use self::flow::{FlowPath, flows};
pub(super) use self::label::label_point;
pub(super) use self::outline::CORNER;
pub(super) use self::path::{Path, Segment, in_drawing};
pub(super) use self::point::Point;
pub(super) use self::text::{FONT_SIZE, TextBlock, lines, text_width, wrap};
