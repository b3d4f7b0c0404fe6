//! The order of a merged sequence.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Everything that is in `skeleton` or in `other`, each once: in the order of the skeleton, and
/// what only the other has behind what it follows there. What both have inserted at one place
/// keeps together, the skeleton's first.
pub(super) fn interleave<T: Copy + Eq + Hash>(skeleton: &[T], other: &[T]) -> Vec<T> {
    let in_skeleton: HashSet<T> = skeleton.iter().copied().collect();
    let in_other: HashSet<T> = other.iter().copied().collect();
    let mut behind: HashMap<Option<T>, Vec<T>> = HashMap::new();
    let mut anchor = None;
    for item in other {
        if in_skeleton.contains(item) {
            anchor = Some(*item);
        } else {
            behind.entry(anchor).or_default().push(*item);
        }
    }
    let mut order = Vec::with_capacity(skeleton.len() + other.len());
    let mut pending = behind.remove(&None).unwrap_or_default();
    for item in skeleton {
        if in_other.contains(item) {
            order.append(&mut pending);
            pending = behind.remove(&Some(*item)).unwrap_or_default();
        }
        order.push(*item);
    }
    order.append(&mut pending);
    order
}

#[cfg(test)]
mod tests {
    use super::interleave;

    fn order(skeleton: &str, other: &str) -> String {
        let [skeleton, other] = [skeleton, other].map(|text| text.chars().collect::<Vec<_>>());
        interleave(&skeleton, &other).into_iter().collect()
    }

    #[test]
    fn what_only_the_other_has_follows_what_it_followed() {
        assert_eq!(order("abc", "axbc"), "axbc");
        assert_eq!(order("abc", "xabc"), "xabc");
        assert_eq!(order("abc", "abcx"), "abcx");
        assert_eq!(order("", "xy"), "xy");
        assert_eq!(order("ab", ""), "ab");
    }

    #[test]
    fn insertions_at_one_place_keep_together() {
        assert_eq!(order("a12b", "axyb"), "a12xyb");
        assert_eq!(order("12a", "xya"), "12xya");
    }

    #[test]
    fn the_skeleton_gives_the_order() {
        assert_eq!(order("cba", "abxc"), "cbxa");
    }
}
