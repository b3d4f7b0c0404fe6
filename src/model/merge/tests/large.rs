//! Documents that are made to take time or memory: what is told of them stays in bounds.

use super::*;

/// Thousands of conflicts under a key that is longer than all of them.
#[test]
fn a_long_way_is_not_told_for_each_of_many_conflicts() {
    let key = "k".repeat(100_000);
    let with = |value: u64| {
        let members: serde_json::Map<String, Value> = (0..5_000)
            .map(|at| (at.to_string(), json!(value)))
            .collect();
        document(&edited(|shop| {
            shop["summary"][key.as_str()] = Value::Object(members);
        }))
    };
    let [base, ours, theirs] = [1, 2, 3].map(with);
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    assert_eq!(told(&merged), ["the model: it was changed on both sides"]);
    assert_eq!(merged.document.bytes(), theirs.bytes());
}

#[test]
fn many_conflicts_of_usual_length_are_all_told() {
    let with = |owner: u64| {
        document(&edited(|shop| {
            for at in 0..2_000 {
                shop["summary"][format!("field {at}")] = json!(owner);
            }
        }))
    };
    let [base, ours, theirs] = [1, 2, 3].map(with);
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    assert_eq!(merged.conflicts.len(), 2_000);
}

/// An error in a thing whose id is longer than what is told of it.
#[test]
fn a_long_id_is_still_its_own() {
    let long = "i".repeat(5_000);
    let with = |status: &str, mitigation: &str, owner: &str| {
        document(&edited(|shop| {
            set(shop, "/summary/owner", json!(owner));
            set(shop, &format!("{API}/id"), json!(long));
            set(shop, "/detail/diagrams/0/cells/2/source/cell", json!(long));
            set(shop, &format!("{API}/data/threats/0/status"), json!(status));
            set(
                shop,
                &format!("{API}/data/threats/0/mitigation"),
                json!(mitigation),
            );
        }))
    };
    let base = with("Open", "Sign it", "Ada");
    let ours = with("Mitigated", "Sign it", "Ada");
    let theirs = with("Open", "", "Eve");
    let merged = merge(Some(&base), &ours, &theirs, Side::Theirs);
    let [conflict] = merged.conflicts.as_slice() else {
        panic!("one conflict: {:?}", told(&merged))
    };
    assert_eq!(conflict.trouble, Trouble::Incompatible);
    assert_eq!(conflict.subject.threat.as_ref().unwrap().id, "t1");
}
