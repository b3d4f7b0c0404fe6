//! What a server takes at a moment.

use std::fmt;

use crate::serve::server::Server;

pub(super) struct Vitals {
    /// Bytes.
    pub(super) resident: u64,
    pub(super) threads: u64,
    /// Files and connections.
    pub(super) open: u64,
}

impl Vitals {
    pub(super) fn of(server: &Server) -> anyhow::Result<Self> {
        Ok(Self {
            resident: server.resident()?,
            threads: server.threads()?,
            open: server.open_files()?.try_into()?,
        })
    }
}

impl fmt::Display for Vitals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = self.resident / 1_000_000;
        let Self { threads, open, .. } = self;
        write!(
            f,
            "{megabytes:>4} MB  {threads:>3} threads  {open:>4} open files"
        )
    }
}

/// How a figure has grown, by the least squares.
pub(super) struct Growth {
    what: &'static str,
    mean: f64,
    grown: f64,
    /// As much may be chance, however small the figure is.
    chance: f64,
}

/// The part of a figure by which it may grow: what is less is not told from chance.
const FLAT: f64 = 0.05;

impl Growth {
    pub(super) fn of(
        what: &'static str,
        all: &[Vitals],
        figure: fn(&Vitals) -> u64,
        chance: f64,
    ) -> Self {
        let (each, mean) = slope(all.iter().map(figure));
        Self {
            what,
            mean,
            grown: each * count(all.len()),
            chance,
        }
    }

    /// Whether it is as it was, as far as can be told.
    pub(super) fn is_flat(&self) -> bool {
        self.grown <= (self.mean * FLAT).max(self.chance)
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            what, mean, grown, ..
        } = self;
        let verdict = if self.is_flat() { "flat" } else { "NOT flat" };
        write!(
            f,
            "after the warm-up: {mean:.0} {what}, {grown:+.1} in all: {verdict}"
        )
    }
}

/// How much figures grow from one to the next, and their mean.
fn slope(figures: impl ExactSizeIterator<Item = u64> + Clone) -> (f64, f64) {
    let n = count(figures.len()).max(1.0);
    let mean = figures.clone().map(from).sum::<f64>() / n;
    let middle = (n - 1.0) / 2.0;
    let (mut above, mut below) = (0.0, 0.0);
    for (x, y) in figures.enumerate() {
        let x = count(x) - middle;
        above += x * (from(y) - mean);
        below += x * x;
    }
    (if below > 0.0 { above / below } else { 0.0 }, mean)
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn count(number: usize) -> f64 {
    number as f64
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn from(bytes: u64) -> f64 {
    bytes as f64
}
