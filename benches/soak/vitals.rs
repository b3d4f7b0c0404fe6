//! What a server takes at a moment.

use std::fmt;

use crate::serve::server::Server;

pub(super) struct Vitals {
    /// Bytes.
    pub(super) resident: u64,
    threads: u64,
    /// Files and connections that are open: one for each task that waits for somebody.
    open: usize,
}

impl Vitals {
    pub(super) fn of(server: &Server) -> anyhow::Result<Self> {
        Ok(Self {
            resident: server.resident()?,
            threads: server.threads()?,
            open: server.open_files()?,
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

/// How much figures grow from one to the next, and their mean.
pub(super) fn slope(figures: impl ExactSizeIterator<Item = u64> + Clone) -> (f64, f64) {
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
pub(super) fn count(number: usize) -> f64 {
    number as f64
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn from(bytes: u64) -> f64 {
    bytes as f64
}
