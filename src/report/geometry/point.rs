//! Points of a diagram: x to the right, y down, angles in degrees clockwise.

/// A point, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in super::super) struct Point {
    pub(in super::super) x: f64,
    pub(in super::super) y: f64,
}

impl Point {
    pub(in super::super) const fn at(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// How far it is from another one. By the plain root: a diagram is too small for it to overflow.
    pub(in super::super) fn distance(self, other: Self) -> f64 {
        let (x, y) = (self.x - other.x, self.y - other.y);
        (x * x + y * y).sqrt()
    }

    /// The point a part `t` of the way to another one.
    pub(super) fn between(self, other: Self, t: f64) -> Self {
        Self::at(
            self.x + (other.x - self.x) * t,
            self.y + (other.y - self.y) * t,
        )
    }

    /// The point at `length` in the direction of another one; itself when that is the same.
    pub(in super::super) fn towards(self, other: Self, length: f64) -> Self {
        let whole = self.distance(other);
        if whole == 0.0 {
            self
        } else {
            self.between(other, length / whole)
        }
    }

    /// Turned clockwise around a centre.
    pub(in super::super) fn turned(self, centre: Self, degrees: f64) -> Self {
        if degrees == 0.0 {
            return self;
        }
        let angle = degrees * std::f64::consts::PI / 180.0;
        let (x, y) = (self.x - centre.x, self.y - centre.y);
        Self::at(
            centre.x + x * angle.cos() - y * angle.sin(),
            centre.y + x * angle.sin() + y * angle.cos(),
        )
    }
}
