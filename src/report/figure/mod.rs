//! What is drawn of each cell, as plain parts: the same as the browser app draws.

mod arrow;
mod badge;
mod edge;
mod lettering;
mod node;
mod paint;
mod parts;
mod severity;
mod stroke;

pub use self::paint::Theme;
pub(super) use self::parts::{Attribute, Figure, Part, Shape, Text};

use self::badge::Badge;
use self::paint::Token;
use super::geometry::{apart, flows};
use super::scene::Scene;

/// What is drawn of a cell, and its badge when it has open threats.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) place: usize,
    pub(super) figure: Figure,
    pub(super) badge: Option<Badge>,
}

/// The colour that all is drawn on.
pub(super) fn surface(theme: Theme) -> &'static str {
    Token::Surface.colour(theme)
}

/// What is drawn of a diagram, from back to front.
pub(super) fn drawn(scene: &Scene<'_>) -> Vec<Drawn> {
    let flows = flows(scene);
    let shifted = apart(scene, &flows);
    let mut places: Vec<_> = (0..scene.cells.len()).collect();
    let level = |place: &usize| scene.cell(*place).map_or(0.0, |cell| cell.level);
    places.sort_by(|one, other| level(one).total_cmp(&level(other)));
    let of = |place: usize| {
        let cell = scene.cell(place)?;
        let flow = flows.get(place).and_then(Option::as_ref);
        let figure = match flow {
            Some(flow) => edge::figure(cell, flow, shifted.get(&place).copied()),
            None => node::figure(cell),
        };
        let badge = Badge::of(cell, &figure, flow);
        let figure = if cell.out_of_scope {
            figure.faint()
        } else {
            figure
        };
        Some(Drawn {
            place,
            figure,
            badge,
        })
    };
    places.into_iter().filter_map(of).collect()
}
