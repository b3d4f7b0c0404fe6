//! What one operation does to one cell.

use crate::model::json::Json;
use crate::model::vocabulary::CellShape;

/// An edit of a cell. Distances and places are in pixels, to the right and down.
#[derive(Debug, Clone, PartialEq)]
pub enum CellEdit {
    /// Moves an element, a text or a boundary box: its upper left corner.
    Move(Point),
    /// Gives it another box.
    Resize {
        /// The upper left corner.
        at: Point,
        /// More than zero.
        width: f64,
        /// More than zero.
        height: f64,
    },
    /// Turns it about its centre: degrees clockwise from upright.
    Turn(f64),
    /// Brings it before or behind others: what is higher is drawn later.
    Order(i64),
    /// Gives a member of its `data` a value. What is drawn of it follows where it is stored.
    SetField {
        /// The member's key.
        key: String,
        /// Its new value.
        value: Json,
    },
    /// Leads one end of a flow or of a boundary curve elsewhere.
    SetEnd {
        /// Which.
        end: End,
        /// Where to.
        to: EndPlace,
    },
    /// Leads a flow or a boundary curve through these points, from its source to its target.
    SetVertices(Vec<Point>),
    /// Draws a flow or a boundary curve in another way between its points.
    SetRoute(Route),
    /// Turns a flow or a boundary curve round; its line stays where it is.
    Reverse,
    /// Names it, in its data and where its name is drawn.
    Name(String),
    /// Moves the label along its line.
    PlaceLabel {
        /// Up to 1 a ratio of the line's length, above it pixels from the source; below 0 pixels from
        /// the target.
        distance: f64,
        /// How far from there; none leaves it as it is.
        offset: Option<Offset>,
    },
    /// Makes an actor, a process or a store another one of the three.
    SetShape(CellShape),
    /// Keeps it from being edited by mistake, or no longer.
    Lock(bool),
}

/// A point of a diagram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right of the origin.
    pub x: f64,
    /// Below the origin.
    pub y: f64,
}

/// How far a label is from its place on the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Offset {
    /// At a right angle to the line.
    Across(f64),
    /// To the right and down, however the line runs.
    By(Point),
}

/// An end of a flow or of a boundary curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Where it begins.
    Source,
    /// Where it leads to.
    Target,
}

/// Where a flow or a boundary curve ends.
#[derive(Debug, Clone, PartialEq)]
pub enum EndPlace {
    /// At a cell, which need not be there yet.
    Cell {
        /// The cell's id.
        cell: String,
        /// The id of one of its ports.
        port: Option<String>,
    },
    /// At no cell.
    Point(Point),
}

/// How a flow or a boundary curve is drawn between its points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// As one curve.
    Smooth,
    /// In straight lines.
    Straight,
    /// In level and upright lines.
    Orthogonal,
}
