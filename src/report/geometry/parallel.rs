//! Flows that would lie on each other exactly are bent aside. All others are drawn where they are.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::report::scene::{Cell, End, Route};

/// From one parallel flow to the next.
const APART: f64 = 30.0;

/// What a flow has in common with those that lie on it.
type Course<'c> = (EndKey<'c>, EndKey<'c>, u8);
/// A cell, and its port.
type EndKey<'c> = (&'c str, &'c str);

/// How far each flow is bent to the right of its own direction, by place; a loop, how much further
/// out it goes.
pub(super) fn bends(cells: &[Cell<'_>]) -> Vec<f64> {
    let mut groups: HashMap<Course<'_>, Vec<(usize, f64)>> = HashMap::new();
    for (place, cell) in cells.iter().enumerate() {
        if let Some((course, sign)) = course(cell) {
            groups.entry(course).or_default().push((place, sign));
        }
    }
    let mut bends = vec![0.0; cells.len()];
    for ((from, to, _), group) in groups {
        let is_loop = from == to;
        let middle = if is_loop {
            0.0
        } else {
            (number(group.len()) - 1.0) / 2.0
        };
        for (index, (place, sign)) in group.iter().enumerate().filter(|_| group.len() > 1) {
            if let Some(bend) = bends.get_mut(*place) {
                *bend = sign * (number(index) - middle) * APART;
            }
        }
    }
    bends
}

/// Nothing for a flow that lies on no other: it has vertices, or an end of its own. Besides, 1 when it
/// runs as its course says and -1 when it runs back.
fn course<'c>(cell: &'c Cell<'_>) -> Option<(Course<'c>, f64)> {
    if !cell.kind.is_edge() || !cell.vertices.is_empty() {
        return None;
    }
    let (from, to) = (key(&cell.source)?, key(&cell.target)?);
    let route = match cell.route {
        Route::Smooth => 0,
        Route::Straight => 1,
        Route::Orthogonal => 2,
    };
    let forth = order(from, to) != Ordering::Greater;
    let course = if forth {
        (from, to, route)
    } else {
        (to, from, route)
    };
    Some((course, if forth { 1.0 } else { -1.0 }))
}

fn key<'c>(end: &'c End<'_>) -> Option<EndKey<'c>> {
    match end {
        End::Cell(cell, port) => Some((cell, port.as_deref().unwrap_or_default())),
        End::Point(_) | End::Loose => None,
    }
}

/// As the browser orders texts: by their UTF-16.
fn order(one: EndKey<'_>, other: EndKey<'_>) -> Ordering {
    let units = |(cell, port): EndKey<'_>| {
        let separated = cell.encode_utf16().chain([u16::from(b'\n')]);
        separated.chain(port.encode_utf16()).collect::<Vec<_>>()
    };
    units(one).cmp(&units(other))
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
