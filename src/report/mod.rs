//! Documents made from a model: pictures of its diagrams, the register of its threats.

mod figure;
mod geometry;
mod register;
mod scene;
mod svg;

#[cfg(test)]
mod tests;

pub use self::figure::Theme;
pub use self::register::{
    Registered, Statistics, Wanted, is_mitigated, is_unmitigated, register, statistics,
};
pub use self::svg::{SvgOptions, svg};
