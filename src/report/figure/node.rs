//! What is drawn of an element: actor, process, store, text, trust boundary box, or a placeholder.

use super::lettering::{area_around, centred, hanging};
use super::paint::{Paint, Token};
use super::parts::{Attributes, Figure, Part, Role, Shape, frame};
use super::stroke::Stroke;
use crate::report::geometry::{Area, CORNER, FONT_SIZE, Point, lines, wrap};
use crate::report::scene::{Cell, Kind};

/// Where the label of a boundary box begins: this part of its width, and this far down.
const BOUNDARY_LABEL_X: f64 = 0.15;
const BOUNDARY_LABEL_Y: f64 = 12.0;
const PLACEHOLDER_DASH: &str = "3 3";

/// The figure of an element.
pub(super) fn figure(cell: &Cell<'_>) -> Figure {
    let place = Area::of(cell).unwrap_or_else(|| Area::unplaced(cell));
    let area = Area {
        x: 0.0,
        y: 0.0,
        ..place
    };
    let (parts, label) = match cell.kind {
        Kind::BoundaryBox => boundary(cell, &area),
        _ => named(cell, &area),
    };
    let label = label.map(|label| Area {
        x: label.x + place.x,
        y: label.y + place.y,
        ..label
    });
    let all = Area::union([Some(place), label].into_iter().flatten()).unwrap_or(place);
    Figure {
        at: Point::at(place.x, place.y),
        turn: (cell.angle != 0.0).then(|| (cell.angle, area.centre())),
        parts,
        bounds: Some(all.turned(cell.angle)),
        label,
    }
}

fn named(cell: &Cell<'_>, area: &Area) -> (Vec<Part>, Option<Area>) {
    let name = match cell.kind {
        Kind::UnknownNode => placeholder_name(cell),
        _ if cell.label.text.is_empty() => cell.name.clone().into_owned(),
        _ => cell.label.text.clone().into_owned(),
    };
    // A text has no border that its lines could run over: they stay as they were written.
    let block = match cell.kind {
        Kind::Text => lines(&name, FONT_SIZE),
        _ => wrap(&name, area.width, FONT_SIZE),
    };
    let mut parts: Vec<_> = outline(cell, area).into_iter().map(Part::Shape).collect();
    if block.lines.is_empty() {
        return (parts, None);
    }
    let middle = area.centre();
    let label = area_around(&block, middle);
    parts.push(centred(block, middle));
    (parts, Some(label))
}

fn placeholder_name(cell: &Cell<'_>) -> String {
    let shape = if cell.shape.is_empty() {
        "no shape"
    } else {
        &cell.shape
    };
    if cell.name.is_empty() {
        shape.to_owned()
    } else {
        format!("{}\n({shape})", cell.name)
    }
}

fn outline(cell: &Cell<'_>, area: &Area) -> Vec<Shape> {
    let surface = || Paint::Theme(Token::Surface);
    let stroked = |tag, place, stroke: &Stroke, fill| stroke.shape(tag, Role::Outline, place, fill);
    match cell.kind {
        Kind::Process => {
            let (rx, ry) = (area.width / 2.0, area.height / 2.0);
            let place = vec![
                ("cx", rx.into()),
                ("cy", ry.into()),
                ("rx", rx.into()),
                ("ry", ry.into()),
            ];
            vec![stroked(
                "ellipse",
                place,
                &Stroke::of(cell, "body"),
                surface(),
            )]
        }
        Kind::Store => [("topLine", 0.0), ("bottomLine", area.height)]
            .map(|(part, y)| {
                stroked(
                    "line",
                    level(area.width, y),
                    &Stroke::of(cell, part),
                    Paint::None,
                )
            })
            .into(),
        Kind::Text => Vec::new(),
        Kind::Actor => vec![stroked(
            "rect",
            frame(area),
            &Stroke::of(cell, "body"),
            surface(),
        )],
        _ => {
            let stroke = Stroke::of_placeholder(PLACEHOLDER_DASH);
            vec![stroked("rect", frame(area), &stroke, surface())]
        }
    }
}

fn level(width: f64, y: f64) -> Attributes {
    vec![
        ("x1", 0.0.into()),
        ("y1", y.into()),
        ("x2", width.into()),
        ("y2", y.into()),
    ]
}

fn boundary(cell: &Cell<'_>, area: &Area) -> (Vec<Part>, Option<Area>) {
    let mut place = frame(area);
    place.extend([("rx", CORNER.into()), ("ry", CORNER.into())]);
    let border = Stroke::of_boundary(cell, "body").shape("rect", Role::Outline, place, Paint::None);
    let start = Point::at(area.width * BOUNDARY_LABEL_X, BOUNDARY_LABEL_Y);
    let name = if cell.label.text.is_empty() {
        &cell.name
    } else {
        &cell.label.text
    };
    let block = wrap(name, area.width - start.x, FONT_SIZE);
    if block.lines.is_empty() {
        return (vec![Part::Shape(border)], None);
    }
    let label = Area {
        x: start.x,
        y: start.y,
        width: block.width,
        height: block.height,
    };
    (
        vec![Part::Shape(border), hanging(block, start)],
        Some(label),
    )
}
