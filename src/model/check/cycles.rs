//! Boundaries that contain each other in a circle.

use std::collections::{HashMap, HashSet};

use crate::model::json::Value;

use super::survey::{Cell, Diagram};

/// The cells whose `containedElements` close a circle. Each cell's are followed once.
pub(super) fn closing<'d, 'a>(diagram: &'d Diagram<'a>) -> Vec<&'d Cell<'a>> {
    let mut walk = Walk {
        inside: inside(diagram),
        done: HashSet::new(),
        closing: Vec::new(),
    };
    let mut starts: Vec<usize> = walk.inside.keys().copied().collect();
    starts.sort_unstable();
    for start in starts {
        if !walk.done.contains(&start) {
            walk.from(start);
        }
    }
    let cell = |at: usize| diagram.cells.get(at);
    walk.closing.into_iter().filter_map(cell).collect()
}

/// What each cell says that it contains, by place.
fn inside(diagram: &Diagram<'_>) -> HashMap<usize, Vec<usize>> {
    let contents = diagram.cells.iter().enumerate().filter_map(|(at, cell)| {
        let ids = cell.datum("containedElements")?.elements();
        let cells = ids
            .filter_map(Value::as_text)
            .filter_map(|id| diagram.by_id.get(&id).copied());
        Some((at, cells.collect()))
    });
    contents.collect()
}

struct Walk {
    inside: HashMap<usize, Vec<usize>>,
    done: HashSet<usize>,
    closing: Vec<usize>,
}

impl Walk {
    /// Goes down from a cell; without recursion, because a file may nest boundaries as deeply as it
    /// likes.
    fn from(&mut self, start: usize) {
        // The way from the start to here, each with how many of its contents were looked at.
        let mut way = vec![(start, 0)];
        let mut on_way = HashSet::from([start]);
        while let Some((at, next)) = way.last_mut() {
            let at = *at;
            let content = self.inside.get(&at).and_then(|inside| inside.get(*next));
            *next += 1;
            match content.copied() {
                None => {
                    on_way.remove(&at);
                    self.done.insert(at);
                    way.pop();
                }
                Some(cell) if on_way.contains(&cell) => self.closing.push(at),
                Some(cell) if !self.done.contains(&cell) => {
                    on_way.insert(cell);
                    way.push((cell, 0));
                }
                Some(_) => {}
            }
        }
    }
}
