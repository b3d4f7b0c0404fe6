//! How often each category of threat occurs at a cell: `threatFrequency`, which editors keep.

use std::collections::HashMap;

use crate::model::json::{Draft, Kind, Value};
use crate::model::view::{CellView, ThreatView};

/// How many counters an object may have to be counted anew. Real ones have up to eight.
const COUNTERS_MAX: usize = 100;

/// Counts anew where the counters do not fit the threats, if they did in a version that the cell
/// was merged from: then the categories are known by name. Tells whether anything changed.
pub(super) fn refresh(
    cell: CellView<'_>,
    at: &str,
    versions: [Option<Value<'_>>; 2],
    draft: &mut Draft<'_>,
) -> bool {
    let fitted = versions
        .into_iter()
        .flatten()
        .map(CellView::of)
        .any(|cell| {
            counters(cell).is_some_and(|counters| {
                counted(cell, counters).iter().all(|(_, was, is)| was == is)
            })
        });
    let Some(counters) = counters(cell).filter(|_| fitted) else {
        return false;
    };
    let mut changed = false;
    for (key, was, is) in counted(cell, counters) {
        let frequency = draft.pointer_mut(&format!("{at}/data/threatFrequency"));
        if let Some(frequency) = frequency.filter(|_| was != is) {
            frequency.set(&key, Draft::number(is.unwrap_or(0)));
            changed = true;
        }
    }
    changed
}

fn counters(cell: CellView<'_>) -> Option<Value<'_>> {
    let counters = cell.data()?.get("threatFrequency")?;
    let few = counters.members().nth(COUNTERS_MAX).is_none();
    (counters.kind() == Kind::Object && few).then_some(counters)
}

/// Each counter's key, its value, and how many threats there are of that category.
fn counted(cell: CellView<'_>, counters: Value<'_>) -> Vec<(String, Option<u64>, Option<u64>)> {
    let mut threats: HashMap<String, u64> = HashMap::new();
    for category in cell.threats().map(ThreatView::category) {
        *threats.entry(plain(&category)).or_default() += 1;
    }
    let counters = counters.members().filter_map(|(key, value)| {
        let key = key.as_text()?.into_owned();
        let count = threats.get(&plain(&key)).copied().unwrap_or(0);
        Some((key, value.as_u64(), Some(count)))
    });
    counters.collect()
}

/// A category's name and its key have the same letters: `Information disclosure` and
/// `informationDisclosure`.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
