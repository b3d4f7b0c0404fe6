//! All that the tests' servers print, at every level, kept for `tests/printed.py` to look through.

use std::fs::{self, File};
use std::path::Path;
use std::sync::{Arc, Once};

use tracing::Level;
use tracing_subscriber::fmt::format::FmtSpan;

/// Has all that this process logs recorded from now on. Whatever starts a server or a forge calls
/// this; the first call counts.
pub(crate) fn record() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(Level::TRACE)
            .with_span_events(FmtSpan::NEW | FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(Arc::new(file("tests", std::process::id())))
            .init();
    });
}

/// Where a process of this kind and number keeps what it prints.
pub(crate) fn file(kind: &str, process: u32) -> File {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("printed");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{kind}-{process}.log"));
    let file = File::options().create(true).append(true).open(path);
    file.unwrap()
}
