//! What is written when a model is saved that others may have changed as well. Pure.

use super::StoreError;
use crate::model::json::Kind;
use crate::model::{Aspect, Conflict, Document, Merged, Side, Trouble, diff, merge};
use crate::provider::Version;

/// How many earlier versions a document may bring something back of. Each takes a merge more, and
/// of so many the bases hardly ever agree.
const IN_QUESTION_MAX: usize = 3;

/// The documents that a save may have been made from.
pub(super) struct Bases {
    /// The one that was read last.
    pub(super) last: Document,
    /// Those that were read before it.
    pub(super) earlier: Vec<Document>,
}

impl Bases {
    /// How many bytes they have.
    pub(super) fn size(&self) -> usize {
        let all = self.earlier.iter().chain([&self.last]);
        all.map(|document| document.bytes().len()).sum()
    }
}

/// What is written over `stored` (which is `now`) when `incoming` is saved.
///
/// With one base there is one answer: the merge. A client that does not say which version its
/// document was made from may have read several, in two tabs, say. The document was plainly made
/// from the last one when it brings nothing back of any earlier one: where an earlier one and the
/// last differ, the document has what the last has, or something that neither has. Whoever reads
/// anew and then edits passes this; whoever saves from a tab that was opened before does not, since
/// that tab's document lacks what came between. Then it does not matter only if the few bases in
/// question all give the same result without a conflict; otherwise the save is refused, because one
/// of the two guesses takes something back that nobody wanted to take back.
///
/// # Errors
/// [`StoreError::Collision`] and [`StoreError::UnclearBase`].
pub(super) fn settle(
    stored: &Document,
    incoming: &Document,
    bases: &Bases,
    now: &Version,
) -> Result<Merged, StoreError> {
    let from = |base| merge(Some(base), incoming, stored, Side::Theirs);
    let in_question: Vec<_> = bases
        .earlier
        .iter()
        .filter(|earlier| brings_back(incoming, earlier, &bases.last))
        .take(IN_QUESTION_MAX + 1)
        .collect();
    if in_question.len() > IN_QUESTION_MAX {
        return Err(StoreError::UnclearBase { now: now.clone() });
    }
    let merged = from(&bases.last);
    let alike = |base| {
        let other = from(base);
        other.conflicts.is_empty() && same(&other.document, &merged.document)
    };
    if in_question.is_empty() {
        if merged.conflicts.is_empty() {
            return Ok(merged);
        }
        return Err(StoreError::Collision {
            now: now.clone(),
            conflicts: merged.conflicts,
        });
    }
    if merged.conflicts.is_empty() && in_question.into_iter().all(alike) {
        Ok(merged)
    } else {
        Err(StoreError::UnclearBase { now: now.clone() })
    }
}

/// Whether the document has anything of `earlier` that `last` does not have any more, as far as
/// that can be told.
fn brings_back(incoming: &Document, earlier: &Document, last: &Document) -> bool {
    let kept = merge(Some(earlier), incoming, last, Side::Ours);
    !kept.conflicts.iter().all(is_third_value) || !same(&kept.document, incoming)
}

/// Whether the document has in this place what neither version has. Of all other conflicts the
/// merge only gives back the document: what is kept may be what was deleted or taken back since.
fn is_third_value(conflict: &Conflict) -> bool {
    let both = matches!(conflict.trouble, Trouble::BothChanged | Trouble::BothAdded);
    // An array that is taken whole may still have old elements.
    let ours = conflict.ours.as_ref().map(|ours| ours.root().kind());
    let single = conflict.layout || ours != Some(Kind::Array);
    both && single && !conflict.field.is_empty()
}

/// Whether they say the same; what programs work out from the rest does not count.
fn same(a: &Document, b: &Document) -> bool {
    let changes = diff(a, b).changes;
    changes
        .iter()
        .all(|change| change.aspect == Aspect::Derived)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model with this owner and reviewer, and threats with these statuses.
    fn model(owner: &str, reviewer: &str, statuses: &[&str], open: bool) -> Document {
        let threat = |(number, status): (usize, &&str)| {
            format!(r#"{{"id":"t{number}","number":{number},"title":"T","status":"{status}"}}"#)
        };
        let threats: Vec<_> = statuses.iter().enumerate().map(threat).collect();
        let threats = threats.join(",");
        let text = format!(
            r#"{{"version":"2.0","summary":{{"title":"M","owner":"{owner}"}},"detail":{{
            "contributors":[],"diagramTop":1,"threatTop":{},"reviewer":"{reviewer}","diagrams":[
            {{"id":0,"title":"D","diagramType":"STRIDE","cells":[{{"id":"c","shape":"process",
            "data":{{"name":"P","hasOpenThreats":{open},"threats":[{threats}]}}}}]}}]}}}}"#,
            statuses.len(),
        );
        Document::parse(text.into()).unwrap()
    }

    fn plain(owner: &str, reviewer: &str) -> Document {
        model(owner, reviewer, &["Open"], true)
    }

    #[track_caller]
    fn settled(
        stored: &Document,
        incoming: &Document,
        earlier: &[&Document],
        last: &Document,
    ) -> Result<Document, StoreError> {
        let bases = Bases {
            last: last.clone(),
            earlier: earlier.iter().copied().cloned().collect(),
        };
        let now = Version::of(&stored.bytes());
        settle(stored, incoming, &bases, &now).map(|merged| merged.document)
    }

    #[test]
    fn what_was_made_from_the_last_version_is_merged_with_what_is_stored() {
        let (old, last) = (plain("a", "a"), plain("a", "b"));
        let stored = plain("x", "b");
        let mine = plain("a", "c");
        let both = settled(&stored, &mine, &[&old], &last).unwrap();
        assert_eq!(both, plain("x", "c"));
    }

    #[test]
    fn what_an_open_tab_brings_back_is_not_saved() {
        let (old, last) = (plain("a", "a"), plain("a", "b"));
        let mine = plain("c", "a");
        let refused = settled(&last, &mine, &[&old], &last).unwrap_err();
        assert!(matches!(refused, StoreError::UnclearBase { .. }));
        // Of one base there is nothing to be unclear about.
        assert_eq!(settled(&last, &mine, &[], &last).unwrap(), mine);
        assert_eq!(settled(&last, &mine, &[], &old).unwrap(), plain("c", "b"));
    }

    #[test]
    fn it_does_not_matter_where_a_change_was_made_from_that_gives_the_same() {
        let (one, other) = (plain("a", "a"), plain("b", "a"));
        // Somebody has looked at an old version, and then saves what is there with one change.
        let mine = plain("b", "c");
        let both = settled(&other, &mine, &[&other], &one).unwrap();
        assert_eq!(both, mine);
    }

    #[test]
    fn what_programs_work_out_brings_nothing_back() {
        let old = model("a", "a", &["Open"], true);
        let last = model("a", "a", &["Open", "Open"], true);
        // A client that has left the flag as it was.
        let mine = model("a", "a", &["Mitigated", "Mitigated"], true);
        assert_eq!(settled(&last, &mine, &[&old], &last).unwrap(), mine);
    }

    #[test]
    fn a_collision_is_one_whichever_version_was_read_before() {
        let (old, last, stored) = (plain("a", "a"), plain("a", "b"), plain("a", "x"));
        let refused = settled(&stored, &plain("a", "c"), &[&old], &last).unwrap_err();
        let StoreError::Collision { now, conflicts } = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(now, Version::of(&stored.bytes()));
        let fields: Vec<_> = conflicts.iter().map(|c| c.field.as_str()).collect();
        assert_eq!(fields, ["detail/reviewer"]);
    }

    /// A model with this many threats, all of this status and mitigation.
    fn threats(count: usize, status: &str, mitigation: &str) -> Document {
        let text = model("a", "a", &vec![status; count], status == "Open").bytes();
        let text = String::from_utf8(text.to_vec()).unwrap();
        let told = format!(r#""status":"{status}","mitigation":"{mitigation}"}}"#);
        let text = text.replace(&format!(r#""status":"{status}"}}"#), &told);
        Document::parse(text.into()).unwrap()
    }

    #[test]
    fn what_is_wrong_with_an_earlier_version_and_the_last_together_is_not_saved() {
        // Of more than a hundred things that go wrong the merge gives back the whole model.
        for count in [1, 101] {
            let old = threats(count, "Open", "Sign it");
            let last = threats(count, "Open", "");
            let mine = threats(count, "Mitigated", "Sign it");
            let kept = merge(Some(&old), &mine, &last, Side::Ours);
            let found: Vec<_> = kept.conflicts.iter().map(|c| c.trouble).collect();
            let trouble = match count {
                1 => Trouble::Incompatible,
                _ => Trouble::BothChanged,
            };
            assert_eq!((found, &kept.document), (vec![trouble], &mine));
            let refused = settled(&last, &mine, &[&old], &last).unwrap_err();
            assert!(matches!(refused, StoreError::UnclearBase { .. }), "{count}");
            // Whoever has seen that there is no mitigation any more may write another one.
            let mine = threats(count, "Mitigated", "Encrypt it");
            let saved = settled(&last, &mine, &[&old], &last).unwrap();
            assert_eq!(saved, mine, "{count}");
        }
    }

    #[test]
    fn what_was_deleted_since_is_not_brought_back_by_a_change_of_it() {
        let (one, none) = (threats(1, "Open", ""), threats(0, "Open", ""));
        let changed = threats(1, "Mitigated", "Sign it");
        for (mine, last) in [(&changed, &none), (&none, &changed)] {
            let refused = settled(last, mine, &[&one], last).unwrap_err();
            assert!(matches!(refused, StoreError::UnclearBase { .. }));
        }
    }

    #[test]
    fn old_elements_of_an_array_without_identities_are_not_brought_back() {
        let noted = |notes: &str| {
            let text = format!(
                r#"{{"version":"2.0","summary":{{"title":"M","notes":{notes}}},
                "detail":{{"contributors":[],"diagrams":[]}}}}"#
            );
            Document::parse(text.into()).unwrap()
        };
        let old = noted(r#"[{"text":"old"}]"#);
        let last = noted(r#"[{"text":"new"},{"text":"b"}]"#);
        let mine = noted(r#"[{"text":"old"},{"text":"x"},{"text":"y"}]"#);
        let refused = settled(&last, &mine, &[&old], &last).unwrap_err();
        assert!(matches!(refused, StoreError::UnclearBase { .. }));
    }

    #[test]
    fn what_was_drawn_elsewhere_may_be_drawn_as_neither_version_has_it() {
        let drawn = |vertices: &str| {
            let text = String::from_utf8(plain("a", "a").bytes().to_vec()).unwrap();
            let cell = r#""id":"c""#;
            let text = text.replace(cell, &format!("{cell}{vertices}"));
            Document::parse(text.into()).unwrap()
        };
        let old = drawn(r#","vertices":[{"x":1,"y":1}]"#);
        let last = drawn(r#","vertices":[{"x":2,"y":2}]"#);
        let mine = drawn(r#","vertices":[{"x":1,"y":1},{"x":3,"y":3}]"#);
        assert_eq!(settled(&last, &mine, &[&old], &last).unwrap(), mine);
    }

    #[test]
    fn of_more_than_three_versions_in_question_none_is_looked_at() {
        let (last, stored) = (plain("a", "x"), plain("b", "x"));
        let mine = model("b", "x", &["Mitigated"], false);
        let old: Vec<_> = ["1", "2", "3", "4"].map(|name| plain("b", name)).into();
        let old: Vec<_> = old.iter().collect();
        let saved = settled(&stored, &mine, old.get(..3).unwrap(), &last);
        assert_eq!(saved.unwrap(), mine);
        let refused = settled(&stored, &mine, &old, &last).unwrap_err();
        assert!(matches!(refused, StoreError::UnclearBase { .. }));
    }
}
