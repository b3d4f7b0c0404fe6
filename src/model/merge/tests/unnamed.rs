//! Arrays that no table knows.

use super::*;

/// What becomes of an array under a key of its own, with the conflicts.
fn array(base: &Value, ours: &Value, theirs: &Value) -> (Value, Vec<String>) {
    let with = |array: &Value| document(&edited(|shop| shop["summary"]["more"] = array.clone()));
    let [base, ours, theirs] = [base, ours, theirs].map(with);
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    (value(&merged)["summary"]["more"].clone(), told(&merged))
}

const WHOLE: &str = "the model: summary/more was changed on both sides";

#[test]
fn what_only_came_and_went_goes_together() {
    let (merged, told) = array(&json!([1, 2]), &json!([1, 2, 3]), &json!([0, 1]));
    assert_eq!((merged, told), (json!([0, 1, 3]), vec![]));
}

#[test]
fn an_element_that_both_replaced_is_a_conflict() {
    let (merged, told) = array(&json!([10, 20]), &json!([11, 20]), &json!([12, 20]));
    assert_eq!((merged, told), (json!([12, 20]), vec![WHOLE.to_owned()]));
}

#[test]
fn objects_without_ids_are_told_apart_by_place_unless_one_has_moved() {
    let array_of = |values: &[(u64, u64)]| -> Value {
        values
            .iter()
            .map(|(k, v)| json!({"k": k, "v": v}))
            .collect()
    };
    let base = array_of(&[(1, 1), (2, 1)]);
    let (merged, told) = array(
        &base,
        &array_of(&[(1, 5), (2, 1)]),
        &array_of(&[(1, 1), (2, 9)]),
    );
    assert_eq!((merged, told), (array_of(&[(1, 5), (2, 9)]), vec![]));
    let edited = array_of(&[(1, 9), (2, 1)]);
    let (merged, told) = array(&base, &array_of(&[(2, 1), (1, 1)]), &edited);
    assert_eq!((merged, told), (edited, vec![WHOLE.to_owned()]));
}
