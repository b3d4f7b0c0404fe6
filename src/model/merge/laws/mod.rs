//! Laws of merging, for models and edits of every kind.

mod arrive;
mod models;

use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::Value;

use self::models::{objects, versions};
use super::{Conflict, Merged, Side, Trouble, merge};
use crate::model::{DiagramView, Document, Facts, Level, Policy, Subject, check};

/// How often the id of a cell or of a threat occurs, by what it is and the id.
fn ids(document: &Document) -> HashMap<(&'static str, String), usize> {
    let cells = document.diagrams().flat_map(DiagramView::cells);
    let cells = cells.map(|cell| ("cell", cell.id().into_owned()));
    let threats = document
        .threats()
        .map(|threat| ("threat", threat.id().into_owned()));
    let mut ids = HashMap::new();
    for id in cells.chain(threats).filter(|(_, id)| !id.is_empty()) {
        *ids.entry(id).or_default() += 1;
    }
    ids
}

/// How often each rule finds an error, by the cell and the threat that it is about.
fn errors(document: &Document) -> HashMap<(&'static str, Option<String>, Option<String>), usize> {
    let mut counts = HashMap::new();
    let findings = check(document, &Facts::default(), &Policy::default());
    for finding in findings
        .into_iter()
        .filter(|finding| finding.level == Level::Error)
    {
        let Subject { cell, threat, .. } = finding.subject;
        let kin = (
            finding.rule.id,
            cell.map(|cell| cell.id),
            threat.map(|threat| threat.id),
        );
        *counts.entry(kin).or_default() += 1;
    }
    counts
}

/// The document with every array in the order of its elements' texts.
fn sorted(document: &Document) -> Value {
    fn sort(value: &mut Value) {
        match value {
            Value::Array(array) => {
                array.iter_mut().for_each(sort);
                array.sort_by_key(Value::to_string);
            }
            Value::Object(object) => {
                object.values_mut().for_each(sort);
                object.sort_keys();
            }
            _ => {}
        }
    }
    let mut value = serde_json::from_slice(&document.bytes()).unwrap();
    sort(&mut value);
    value
}

fn mirrored(conflict: Conflict) -> Conflict {
    Conflict {
        trouble: match conflict.trouble {
            Trouble::DeletedByUs => Trouble::DeletedByThem,
            Trouble::DeletedByThem => Trouble::DeletedByUs,
            Trouble::NeededByUs => Trouble::NeededByThem,
            Trouble::NeededByThem => Trouble::NeededByUs,
            same => same,
        },
        ours: conflict.theirs,
        theirs: conflict.ours,
        ..conflict
    }
}

/// Without the members that are taken from the settled side when they cannot be worked out.
fn without_derived(mut value: Value) -> Value {
    let derived = [
        "version",
        "threatTop",
        "diagramTop",
        "hasOpenThreats",
        "threatFrequency",
    ];
    let mut found = Vec::new();
    objects(&value, "", &mut found);
    for object in found {
        if let Some(object) = value.pointer_mut(&object).and_then(Value::as_object_mut) {
            object.retain(|key, _| !derived.contains(&key.as_str()));
        }
    }
    value
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_only_one_side_changed_is_taken_as_it_is([base, ours, theirs] in versions()) {
        for settled in [Side::Ours, Side::Theirs] {
            let merged = |ours, theirs| merge(Some(&base), ours, theirs, settled);
            for (merged, expected) in [
                (merged(&ours, &ours), &ours),
                (merged(&ours, &base), &ours),
                (merged(&base, &theirs), &theirs),
            ] {
                prop_assert_eq!(merged.document.bytes(), expected.bytes());
                prop_assert!(merged.conflicts.is_empty() && merged.notes.is_empty());
            }
        }
    }

    #[test]
    fn swapping_the_sides_swaps_the_answer([base, ours, theirs] in versions()) {
        let merged = merge(Some(&base), &ours, &theirs, Side::Ours);
        let swapped = merge(Some(&base), &theirs, &ours, Side::Theirs);
        prop_assert_eq!(merged.document.bytes(), swapped.document.bytes());
        prop_assert_eq!(&merged.notes, &swapped.notes);
        let mirrored: Vec<_> = swapped.conflicts.into_iter().map(mirrored).collect();
        prop_assert_eq!(merged.conflicts, mirrored);
    }

    /// Who is settled decides over numbers, order and conflicts, and over nothing else.
    #[test]
    fn a_merge_without_questions_is_the_same_for_both_up_to_order([base, ours, theirs] in versions()) {
        let merged = merge(Some(&base), &ours, &theirs, Side::Ours);
        let other = merge(Some(&base), &ours, &theirs, Side::Theirs);
        prop_assert_eq!(merged.conflicts.is_empty(), other.conflicts.is_empty());
        if merged.conflicts.is_empty() && merged.notes.is_empty() && other.notes.is_empty() {
            prop_assert_eq!(without_derived(sorted(&merged.document)), without_derived(sorted(&other.document)));
        }
    }

    #[test]
    fn nothing_is_lost_that_nobody_deleted([base, ours, theirs] in versions()) {
        let Merged { document, .. } = merge(Some(&base), &ours, &theirs, Side::Theirs);
        let [base, ours, theirs, merged] = [&base, &ours, &theirs, &document].map(ids);
        let count = |ids: &HashMap<_, usize>, id| ids.get(id).copied().unwrap_or(0);
        for id in ours.keys().chain(theirs.keys()) {
            let was = count(&base, id);
            let deleted = was.saturating_sub(count(&ours, id)) + was.saturating_sub(count(&theirs, id));
            prop_assert!(was > 0 && deleted >= was || merged.contains_key(id), "{id:?} is lost");
        }
    }

    #[test]
    fn no_error_is_new([base, ours, theirs] in versions()) {
        let Merged { document, .. } = merge(Some(&base), &ours, &theirs, Side::Ours);
        let [ours, theirs, merged] = [&ours, &theirs, &document].map(errors);
        for (kin, count) in merged {
            let known = ours.get(&kin).unwrap_or(&0) + theirs.get(&kin).unwrap_or(&0);
            prop_assert!(count <= known, "{kin:?} is new");
        }
    }

    #[test]
    fn the_result_is_a_model_and_two_unrelated_ones_merge_too([ours, _, theirs] in versions()) {
        for base in [None, Some(&ours)] {
            let Merged { document, .. } = merge(base, &ours, &theirs, Side::Ours);
            prop_assert_eq!(Document::parse(document.bytes()).unwrap(), document);
        }
    }
}
