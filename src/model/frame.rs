//! Where a node of a diagram stands.

use super::json::Value;

/// An upright box, in pixels to the right and down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Frame {
    /// A node's frame; nothing when it has no position or size, or one that is no finite number.
    #[must_use]
    pub fn of(cell: Value<'_>) -> Option<Self> {
        let number = |pointer| {
            let number = cell.pointer(pointer)?.as_number()?.parse::<f64>().ok()?;
            number.is_finite().then_some(number)
        };
        let (left, top) = (number("/position/x")?, number("/position/y")?);
        let (width, height) = (number("/size/width")?, number("/size/height")?);
        Some(Self {
            left,
            top,
            right: left + width,
            bottom: top + height,
        })
    }

    /// Whether the other one lies wholly inside, as Threat Dragon has it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && other.right <= self.right
            && other.bottom <= self.bottom
    }

    /// Its middle.
    #[must_use]
    pub fn centre(&self) -> (f64, f64) {
        (
            f64::midpoint(self.left, self.right),
            f64::midpoint(self.top, self.bottom),
        )
    }
}
