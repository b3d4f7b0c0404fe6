//! The line of a flow or of a boundary curve: its ends, its vertices, its route.

use super::cell::{EditedCell, float, require_finite};
use crate::model::json::{Draft, Kind, Value};
use crate::model::operation::{End, EndPlace, OperationError, Point, Route};

impl<'a> EditedCell<'a, '_> {
    /// Leads one end elsewhere. What an end says beyond its place stays.
    pub(super) fn set_end(&mut self, end: End, to: &EndPlace) -> Result<(), OperationError> {
        self.require_edge()?;
        let members = match to {
            EndPlace::Cell { cell, port } => [
                ("x", None),
                ("y", None),
                ("cell", Some(Draft::text(cell))),
                ("port", port.as_deref().map(Draft::text)),
            ],
            EndPlace::Point(point) => {
                require_finite([point.x, point.y])?;
                [
                    ("cell", None),
                    ("port", None),
                    ("x", Some(Draft::float(point.x))),
                    ("y", Some(Draft::float(point.y))),
                ]
            }
        };
        let key = match end {
            End::Source => "source",
            End::Target => "target",
        };
        if let Some(end) = self.draft.object_mut(key) {
            for (key, value) in members {
                end.put(key, value);
            }
        }
        Ok(())
    }

    /// Turns it round: its ends, its vertices, and how far along its labels are.
    pub(super) fn reverse(&mut self) -> Result<(), OperationError> {
        self.require_edge()?;
        let (source, target) = (self.draft.take("source"), self.draft.take("target"));
        self.draft.put("source", target);
        self.draft.put("target", source);
        if let Some(vertices) = (self.draft.get_mut("vertices")).and_then(Draft::elements_mut) {
            vertices.reverse();
        }
        let labels = self.draft.get_mut("labels").and_then(Draft::elements_mut);
        let stored = self.was.value().get("labels");
        let stored = stored.into_iter().flat_map(Value::elements);
        for (label, stored) in labels.into_iter().flatten().zip(stored) {
            mirror(label, stored);
        }
        Ok(())
    }

    pub(super) fn set_route(&mut self, route: Route) -> Result<(), OperationError> {
        self.require_edge()?;
        let (connector, router) = match route {
            Route::Smooth => ("smooth", None),
            Route::Straight => ("normal", None),
            Route::Orthogonal => ("normal", Some("orth")),
        };
        self.set_named("connector", connector);
        match router {
            Some(router) => self.set_named("router", router),
            None => drop(self.draft.take("router")),
        }
        Ok(())
    }

    /// Chooses a way of drawing, which is a name, or an object with a name and arguments.
    fn set_named(&mut self, key: &str, name: &str) {
        let is_object = self.has_object(key);
        match self.draft.get_mut(key) {
            Some(stored) if is_object => stored.set("name", Draft::text(name)),
            _ => self.draft.set(key, Draft::text(name)),
        }
    }

    /// Leads it through these points. The vertices that stay at either end keep what else they
    /// say, and so do those between, one after the other.
    pub(super) fn set_vertices(&mut self, points: &[Point]) -> Result<(), OperationError> {
        self.require_edge()?;
        require_finite(points.iter().flat_map(|point| [point.x, point.y]))?;
        let stored = self.was.value().get("vertices");
        if stored.is_none() && points.is_empty() {
            return Ok(());
        }
        let stored: Vec<Value<'a>> = stored.into_iter().flat_map(Value::elements).collect();
        let vertices = points.iter().zip(continued(&stored, points));
        let vertices = vertices.map(|(point, stored)| vertex(stored, *point));
        self.draft.set("vertices", Draft::Array(vertices.collect()));
        Ok(())
    }
}

/// Puts a label that is at a ratio of the line's length at the same place of the line turned round.
fn mirror(label: &mut Draft<'_>, stored: Value<'_>) {
    for at in ["/position", "/position/distance"] {
        if let Some(ratio) = stored.pointer(at).and_then(float)
            && 0.0 < ratio
            && ratio < 1.0
            && let Some(place) = label.pointer_mut(at)
        {
            *place = Draft::float(1.0 - ratio);
        }
    }
}

/// For each point, the stored vertex that it continues.
fn continued<'a>(stored: &[Value<'a>], points: &[Point]) -> Vec<Option<Value<'a>>> {
    let same = |(stored, point): &(&Value<'_>, &Point)| is_at(**stored, **point);
    let front = stored.iter().zip(points).take_while(same).count();
    let rest = stored.iter().skip(front).rev();
    let back = rest
        .zip(points.iter().skip(front).rev())
        .take_while(same)
        .count();
    let place = |point: usize| {
        if point < points.len() - back {
            (point < stored.len() - back).then_some(point)
        } else {
            Some(point + stored.len() - points.len())
        }
    };
    let stored_at = |point| stored.get(place(point)?).copied();
    (0..points.len()).map(stored_at).collect()
}

fn is_at(vertex: Value<'_>, point: Point) -> bool {
    let is = |key, number| vertex.get(key).and_then(float) == Some(number);
    is("x", point.x) && is("y", point.y)
}

fn vertex(stored: Option<Value<'_>>, point: Point) -> Draft<'_> {
    let stored = stored.filter(|stored| stored.kind() == Kind::Object);
    let mut vertex = stored.map_or(Draft::Object(Vec::new()), Draft::Kept);
    vertex.set("x", Draft::float(point.x));
    vertex.set("y", Draft::float(point.y));
    vertex
}
