//! What the model core understands: check, diff and merge, beside reading and writing the same text
//! with `serde_json`, and how the time grows with the size.

use std::hint::black_box;

use anyhow::Context as _;
use bytes::Bytes;
use serde_json::Value;
use wyvern::model::json::Json;
use wyvern::model::{Document, Facts, Policy, Side, check, diff, merge};

use crate::measure::{Table, exponent, median, shown, time};
use crate::sample;

const SIZES: [(&str, usize); 3] = [
    ("64 KB", 64_000),
    ("1 MB", 1_000_000),
    // 10,000 cells.
    ("10 MB", 10_000_000),
];
/// Sizes of which each is twice the one before.
const GROWTH: [usize; 5] = [600_000, 1_200_000, 2_400_000, 4_800_000, 9_600_000];
/// Rounds of each measurement, ours and the peer's in turn; the median is shown.
const ROUNDS: usize = 5;
/// What each round works through.
const ROUND_BYTES: usize = 10_000_000;

pub(crate) fn run() -> anyhow::Result<()> {
    let mut table = Table::new(&["work", "size", "time", "serde_json parse + print", "ratio"]);
    for (name, bytes) in SIZES {
        let versions = Versions::of(bytes)?;
        for (what, work) in WORKS {
            let [ours, peer] = compare(&versions, work);
            table.row([
                what.to_owned(),
                name.to_owned(),
                seconds(ours),
                seconds(peer),
                format!("{:.2}", ours / peer),
            ]);
        }
    }
    table.print(
        "Meaning (medians; ratio: times the peer's; reading is not in check, diff and merge)",
    );
    grow()
}

/// A model and two versions made from it, in every tenth cell of which something was changed.
struct Versions {
    text: Bytes,
    base: Document,
    ours: Document,
    theirs: Document,
}

type Work = fn(&Versions);

const WORKS: [(&str, Work); 4] = [
    ("parse + write", |versions| {
        drop(black_box(
            Json::parse(versions.text.clone()).map(|json| json.laid_out()),
        ));
    }),
    ("check", |versions| {
        drop(black_box(check(
            &versions.base,
            &Facts::default(),
            &Policy::default(),
        )));
    }),
    ("diff", |versions| {
        drop(black_box(diff(&versions.base, &versions.ours)));
    }),
    ("merge", |versions| {
        let Versions {
            base, ours, theirs, ..
        } = versions;
        drop(black_box(merge(Some(base), ours, theirs, Side::Theirs)));
    }),
];

impl Versions {
    fn of(bytes: usize) -> anyhow::Result<Self> {
        let text = sample::model(bytes, 1)?;
        let edited = |offset, pointer, value: &str| -> anyhow::Result<Document> {
            let mut model: Value = serde_json::from_str(&text)?;
            let cells = model
                .pointer_mut("/detail/diagrams/0/cells")
                .and_then(Value::as_array_mut);
            for cell in cells
                .context("the sample has cells")?
                .iter_mut()
                .skip(offset)
                .step_by(10)
            {
                *cell
                    .pointer_mut(pointer)
                    .context("the sample has threats")? = value.into();
            }
            Ok(Document::parse(
                serde_json::to_string_pretty(&model)?.into(),
            )?)
        };
        Ok(Self {
            base: Document::parse(text.clone().into())?,
            ours: edited(0, "/data/threats/0/status", "Mitigated")?,
            theirs: edited(5, "/data/name", "Another service")?,
            text: text.into(),
        })
    }
}

/// Seconds for one piece of work, and for the peer's.
fn compare(versions: &Versions, work: Work) -> [f64; 2] {
    let times = (ROUND_BYTES / versions.text.len()).max(1);
    let round = |work: &dyn Fn()| {
        let (taken, ()) = time(|| (0..times).for_each(|_| work()));
        taken.as_secs_f64() / f64::from(u32::try_from(times).unwrap_or(u32::MAX))
    };
    let peer = || {
        let read = serde_json::from_slice::<Value>(&versions.text);
        drop(black_box(
            read.map(|value| serde_json::to_string_pretty(&value)),
        ));
    };
    let rounds = (0..ROUNDS).map(|_| (round(&|| work(versions)), round(&peer)));
    let (mut ours, mut peers): (Vec<_>, Vec<_>) = rounds.unzip();
    [median(&mut ours), median(&mut peers)]
}

fn seconds(seconds: f64) -> String {
    shown(std::time::Duration::from_secs_f64(seconds))
}

/// Shows the exponent of each work: 1 is linear, 2 quadratic. Each size is measured alone, so that
/// all have the machine's memory to themselves.
fn grow() -> anyhow::Result<()> {
    let mut times = WORKS.map(|_| Vec::new());
    for bytes in GROWTH {
        let versions = Versions::of(bytes)?;
        for ((_, work), times) in WORKS.into_iter().zip(&mut times) {
            times.push(compare(&versions, work)[0]);
        }
    }
    let mut table = Table::new(&["work", "1x", "2x", "4x", "8x", "16x", "exponent"]);
    for ((what, _), times) in WORKS.into_iter().zip(&times) {
        let mut shown = times.iter().map(|time| seconds(*time));
        let mut next = || shown.next().unwrap_or_default();
        let (one, two, four, eight, sixteen) = (next(), next(), next(), next(), next());
        let exponent = format!("{:.2}", exponent(&GROWTH, times));
        table.row([what.to_owned(), one, two, four, eight, sixteen, exponent]);
    }
    table.print("Growth from 0.6 MB to 9.6 MB (exponent: least squares over the logarithms)");
    Ok(())
}
