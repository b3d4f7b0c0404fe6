//! Members that need no question when both sides have changed them: the right value follows from
//! the three.

use std::cmp::Ordering;

use crate::model::json::{Draft, Kind, Value};

use super::three::Three;

/// The larger of two numbers or of two versions such as `2.3.0`; nothing when they cannot be
/// compared.
pub(super) fn larger(three: Three<'_>) -> Option<Value<'_>> {
    let (ours, theirs) = (three.ours?, three.theirs?);
    let order = match (ours.kind(), theirs.kind()) {
        (Kind::Number, Kind::Number) => ours.as_u64()?.cmp(&theirs.as_u64()?),
        (Kind::Text, Kind::Text) => compare_versions(&ours.as_text()?, &theirs.as_text()?),
        _ => return None,
    };
    match order {
        Ordering::Less => Some(theirs),
        Ordering::Equal => None,
        Ordering::Greater => Some(ours),
    }
}

/// Part by part, numbers as numbers; what is a part longer is later, and so is a release after its
/// candidates (`2.0.0` after `2.0.0-RC1`).
fn compare_versions(a: &str, b: &str) -> Ordering {
    let (a_main, a_suffix) = a.split_once('-').unwrap_or((a, ""));
    let (b_main, b_suffix) = b.split_once('-').unwrap_or((b, ""));
    let part = |part: &str| (part.parse::<u64>().unwrap_or(0), part.to_owned());
    let parts = |text: &str| text.split('.').map(part).collect::<Vec<_>>();
    parts(a_main)
        .cmp(&parts(b_main))
        .then_with(|| a_suffix.is_empty().cmp(&b_suffix.is_empty()))
        .then_with(|| a_suffix.cmp(b_suffix))
}

/// How many counters an object may have to be counted together.
const COUNTERS_MAX: usize = 100;

/// Counters that both sides have counted on: what each added, added. Nothing when one is no object
/// of whole numbers.
pub(super) fn counts<'a>(three: Three<'a>) -> Option<Draft<'a>> {
    let (ours, theirs) = (three.ours?, three.theirs?);
    let is_counters = |value: Value<'_>| {
        value.kind() == Kind::Object && value.members().nth(COUNTERS_MAX).is_none()
    };
    if !is_counters(ours) || !is_counters(theirs) {
        return None;
    }
    let mut keys: Vec<_> = ours
        .members()
        .filter_map(|(key, _)| key.as_text())
        .collect();
    for (key, _) in theirs.members() {
        let key = key.as_text()?;
        if ours.get(&key).is_none() {
            keys.push(key);
        }
    }
    let count = |of: Option<Value<'_>>, key: &str| match of.and_then(|of| of.get(key)) {
        None => Some(0),
        Some(value) => value.as_number()?.parse::<i64>().ok(),
    };
    let total = |key: &str| {
        let more = count(Some(ours), key)?.checked_add(count(Some(theirs), key)?)?;
        u64::try_from(more.checked_sub(count(three.base, key)?)?.max(0)).ok()
    };
    let member = |key: std::borrow::Cow<'a, str>| Some((key.clone(), Draft::number(total(&key)?)));
    let members: Option<Vec<_>> = keys.into_iter().map(member).collect();
    members.map(Draft::Object)
}
