//! Labels of flows between the same two elements that nobody has placed are drawn apart where they
//! would cover each other. Only as drawn: nothing of it is stored.

use std::collections::HashMap;

use super::{Area, FlowPath, Path, Point, label_point, lines};
use crate::report::scene::{Cell, End, Offset, Scene};

/// By how much it is tried to shift a label each time, and how often.
const STEP: f64 = 10.0;
const TRIES: u8 = 16;
/// Where a new label stands.
const HALFWAY: f64 = 0.5;
/// How far labels stay apart.
const BETWEEN: f64 = 4.0;

/// The middles of labels that make room for others, by place.
pub(in super::super) fn apart(
    scene: &Scene<'_>,
    flows: &[Option<FlowPath>],
) -> HashMap<usize, Point> {
    let mut found = HashMap::new();
    for group in groups(scene) {
        let path = |place: usize| flows.get(place)?.as_ref().map(|flow| &flow.path);
        let labelled = group
            .iter()
            .filter_map(|(place, cell)| Some((*place, *cell, path(*place)?)));
        let (free, fixed): (Vec<_>, Vec<_>) = labelled.partition(|(_, cell, _)| is_free(cell));
        let mut taken: Vec<_> = fixed
            .iter()
            .map(|(_, cell, path)| area(cell, usual(cell, path)))
            .collect();
        for (place, cell, path) in free {
            let places = places(cell, path);
            let is_clear = |point: &&Point| {
                let own = area(cell, **point);
                !taken.iter().any(|other| own.overlaps(other))
            };
            let (Some(first), clear) = (places.first(), places.iter().find(is_clear)) else {
                continue;
            };
            let chosen = clear.unwrap_or(first);
            taken.push(area(cell, *chosen));
            if !std::ptr::eq(chosen, first) {
                found.insert(place, *chosen);
            }
        }
    }
    found
}

/// Flows with words, by the two elements that they join; only where there are several.
fn groups<'s, 'a>(scene: &'s Scene<'a>) -> Vec<Vec<(usize, &'s Cell<'a>)>> {
    let mut groups: HashMap<(&str, &str), Vec<_>> = HashMap::new();
    for (place, cell) in scene.cells.iter().enumerate() {
        if let (true, End::Cell(one, _), End::Cell(other, _)) =
            (cell.kind.is_edge(), &cell.source, &cell.target)
            && !cell.label.text.is_empty()
        {
            let key = if one <= other {
                (&**one, &**other)
            } else {
                (&**other, &**one)
            };
            groups.entry(key).or_default().push((place, cell));
        }
    }
    groups
        .into_values()
        .filter(|group| group.len() > 1)
        .collect()
}

/// Whether its label is where every new one is.
fn is_free(cell: &Cell<'_>) -> bool {
    (cell.label.distance - HALFWAY) == 0.0 && cell.label.offset == Offset::NONE
}

fn usual(cell: &Cell<'_>, path: &Path) -> Point {
    label_point(path, cell.label.distance, cell.label.offset)
}

/// Where a label may go, its usual place first: along its flow, or a little beside it.
fn places(cell: &Cell<'_>, path: &Path) -> Vec<Point> {
    let half = path.length() / 2.0;
    let most = lines(&cell.label.text, super::FONT_SIZE).height / 2.0 + STEP;
    let mut places = vec![usual(cell, path)];
    for by in (1..=TRIES).map(|step| STEP * f64::from(step)) {
        let part = by / path.length();
        if by < half * 0.8 {
            places.extend(
                [0.5 + part, 0.5 - part].map(|along| label_point(path, along, Offset::NONE)),
            );
        }
        if by <= most {
            places.extend([by, -by].map(|aside| label_point(path, 0.5, Offset::Aside(aside))));
        }
    }
    places
}

fn area(cell: &Cell<'_>, Point { x, y }: Point) -> Area {
    let block = lines(&cell.label.text, super::FONT_SIZE);
    let (width, height) = (block.width, block.height);
    let area = Area {
        x: x - width / 2.0,
        y: y - height / 2.0,
        width,
        height,
    };
    area.grown(BETWEEN)
}
