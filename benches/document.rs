//! The document core beside `serde_json::Value`: reading, laying out, revising, memory.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use serde_json::Value;
use wyvern::model::Document;

use crate::measure::{Table, median, time};
use crate::sample;

const SIZES: [(&str, usize); 4] = [
    ("6 KB", 6_000),
    ("50 KB", 50_000),
    ("1 MB", 1_000_000),
    ("5 MB", 5_000_000),
];
/// Rounds of each measurement, ours and the peer's in turn; the median is shown.
const ROUNDS: usize = 7;
/// What each round works through, so that small documents are read many times.
const ROUND_BYTES: usize = 10_000_000;
/// What is held in memory at once to weigh it.
const HELD_BYTES: usize = 40_000_000;

pub(crate) fn run() -> anyhow::Result<()> {
    let mut table = Table::new(&[
        "document",
        "size",
        "wyvern MB/s",
        "serde_json MB/s",
        "ratio",
    ]);
    for (name, bytes) in SIZES {
        let texts = Texts::of(bytes)?;
        for (what, ours, peer) in OPERATIONS {
            let [ours, peer] = compare(&texts, ours, peer);
            table.row([
                what.to_owned(),
                name.to_owned(),
                format!("{ours:.0}"),
                format!("{peer:.0}"),
                format!("{:.2}", ours / peer),
            ]);
        }
    }
    table.print("Documents (MB/s of the stored text, medians; peer: serde_json::Value)");
    weigh()
}

type Operation = fn(&Texts);

const OPERATIONS: [(&str, Operation, Operation); 3] = [
    (
        "read",
        |texts| drop(black_box(Document::parse(texts.stored.clone()))),
        |texts| drop(black_box(serde_json::from_slice::<Value>(&texts.stored))),
    ),
    (
        "read compact text, lay it out",
        |texts| {
            let read = Document::parse(texts.compact.clone());
            drop(black_box(read.map(Document::formatted)));
        },
        |texts| drop(black_box(pretty(&texts.compact))),
    ),
    (
        "read an edit, write it in the stored spelling",
        |texts| {
            let read = Document::parse(texts.edited.clone());
            drop(black_box(read.map(|edit| texts.known.revised_by(&edit))));
        },
        |texts| drop(black_box(pretty(&texts.edited))),
    ),
];

/// A model as it comes and as it is kept.
struct Texts {
    /// As in the repository.
    stored: Bytes,
    known: Document,
    /// As a browser sends it.
    compact: Bytes,
    /// The same with one threat's status changed.
    edited: Bytes,
}

impl Texts {
    fn of(bytes: usize) -> anyhow::Result<Self> {
        let stored = sample::model(bytes, 1)?;
        let value: Value = serde_json::from_str(&stored)?;
        let stored = Bytes::from(stored);
        Ok(Self {
            known: Document::parse(stored.clone())?,
            stored,
            compact: value.to_string().into(),
            edited: edited(value)?.into(),
        })
    }
}

fn pretty(text: &[u8]) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&serde_json::from_slice::<Value>(text)?)
}

fn edited(mut value: Value) -> anyhow::Result<String> {
    let cells = value
        .pointer_mut("/detail/diagrams/0/cells")
        .and_then(Value::as_array_mut);
    let middle = cells.and_then(|cells| {
        let middle = cells.len() / 2;
        cells.get_mut(middle)
    });
    let status = middle.and_then(|cell| cell.pointer_mut("/data/threats/0/status"));
    *status.context("the sample has a threat")? = "Mitigated".into();
    Ok(value.to_string())
}

/// Megabytes per second of both.
#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn compare(texts: &Texts, ours: Operation, peer: Operation) -> [f64; 2] {
    let times = (ROUND_BYTES / texts.stored.len()).max(1);
    let round = |work: Operation| {
        let (taken, ()) = time(|| (0..times).for_each(|_| work(texts)));
        (texts.stored.len() * times) as f64 / taken.as_secs_f64() / 1e6
    };
    let rounds = (0..ROUNDS).map(|_| (round(ours), round(peer)));
    let (mut ours, mut peer): (Vec<_>, Vec<_>) = rounds.unzip();
    [median(&mut ours), median(&mut peer)]
}

/// Shows what documents take in memory, each kind in a process of its own.
fn weigh() -> anyhow::Result<()> {
    let mut table = Table::new(&[
        "in memory, for each byte of text",
        "wyvern",
        "serde_json",
        "ratio",
    ]);
    let folder = tempfile::tempdir()?;
    for (name, bytes) in SIZES {
        let text = folder.path().join(name);
        std::fs::write(&text, sample::model(bytes, 1)?)?;
        let factor = |reader: &str| -> anyhow::Result<f64> {
            let child = Command::new(std::env::current_exe()?)
                .args(["memory", reader])
                .arg(&text)
                .output()?;
            Ok(String::from_utf8(child.stdout)?.trim().parse()?)
        };
        let (ours, peer) = (factor("wyvern")?, factor("serde_json")?);
        let ratio = format!("{:.2}", ours / peer);
        table.row([
            name.into(),
            format!("{ours:.1}"),
            format!("{peer:.1}"),
            ratio,
        ]);
    }
    table.print("Memory (resident bytes, text included)");
    Ok(())
}

/// The child process: holds documents and prints what they take for each byte of their text.
#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
pub(crate) fn hold(reader: &str, text: &Path) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(text)?;
    let count = HELD_BYTES / text.len();
    let before = resident()?;
    let after = match reader {
        "wyvern" => {
            let read = |_| Document::parse(Bytes::from(text.clone()));
            let held = (0..count).map(read).collect::<Result<Vec<_>, _>>()?;
            (resident()?, held.len()).0
        }
        "serde_json" => {
            let read = |_| serde_json::from_str(&text);
            let held = (0..count).map(read).collect::<Result<Vec<Value>, _>>()?;
            (resident()?, held.len()).0
        }
        other => bail!("there is no reader {other:?}"),
    };
    println!(
        "{}",
        after.saturating_sub(before) as f64 / (count * text.len()) as f64
    );
    Ok(())
}

/// Resident bytes of this process.
fn resident() -> anyhow::Result<u64> {
    crate::serve::server::resident(std::process::id())
}
