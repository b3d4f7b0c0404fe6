//! Ports: the places on the sides of an element at which flows are tied.

use super::{Area, Point};
use crate::model::json::Value;
use crate::report::scene::{Cell, elements};

/// Where a port is; nothing when the element has none of this id, or it is on no side.
pub(super) fn port_point(cell: &Cell<'_>, id: &str) -> Option<Point> {
    let area = Area::of(cell)?;
    let ports = || elements(cell.value.pointer("/ports/items"));
    let is_it = |port: &Value<'_>| {
        port.get("id")
            .and_then(Value::as_text)
            .is_some_and(|own| own == id)
    };
    let place = ports().position(|port| is_it(&port))?;
    let group = ports().nth(place)?.get("group")?.as_text()?;
    let is_beside = |port: &Value<'_>| {
        port.get("group")
            .and_then(Value::as_text)
            .is_some_and(|own| own == group)
    };
    let before = ports().take(place).filter(is_beside).count();
    let all = ports().filter(is_beside).count();
    let along = (number(before) + 0.5) / number(all);
    let point = on_side(&side(cell, &group), &area, along)?;
    Some(point.turned(area.centre(), cell.angle))
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The side that a group of ports is on: its position, else its name.
fn side(cell: &Cell<'_>, group: &str) -> String {
    let groups = cell.value.pointer("/ports/groups");
    let position = groups.and_then(|groups| groups.get(group)?.get("position"));
    let named = position.and_then(Value::as_text);
    let named = named.or_else(|| position?.get("name")?.as_text());
    named.map_or_else(|| group.to_owned(), std::borrow::Cow::into_owned)
}

fn on_side(side: &str, area: &Area, along: f64) -> Option<Point> {
    let (x, y) = (area.x + area.width * along, area.y + area.height * along);
    match side {
        "top" => Some(Point::at(x, area.y)),
        "bottom" => Some(Point::at(x, area.bottom())),
        "left" => Some(Point::at(area.x, y)),
        "right" => Some(Point::at(area.right(), y)),
        _ => None,
    }
}
