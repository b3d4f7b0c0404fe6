//! Arrays that no table knows, and how their elements are told apart.

use std::collections::HashSet;

use crate::model::align::id;
use crate::model::anatomy::Thing;
use crate::model::json::{Kind, Value};

use super::three::Three;

/// How the elements of three arrays are told apart.
pub(super) enum Unnamed<'a> {
    /// By identity.
    Things(Thing),
    /// By place: those at the same place.
    Places(Vec<Three<'a>>),
}

/// By ids where all have one; by what they say where they are no objects and only came and went;
/// by place where all three have as many and none has moved. Nothing otherwise: then the array is
/// one value.
pub(super) fn kind(arrays: Three<'_>) -> Option<Unnamed<'_>> {
    let all = |test: fn(Value<'_>) -> bool| {
        let arrays = [arrays.base, arrays.ours, arrays.theirs];
        let mut elements = arrays.into_iter().flatten().flat_map(Value::elements);
        elements.all(test)
    };
    if all(|element| id(element).is_some()) {
        return Some(Unnamed::Things(Thing::Other));
    }
    if all(|element| !matches!(element.kind(), Kind::Object | Kind::Array)) {
        return (!is_replaced_twice(arrays)).then_some(Unnamed::Things(Thing::Element));
    }
    by_place(arrays).map(Unnamed::Places)
}

/// Whether both sides have put something in the place of the same elements.
fn is_replaced_twice(arrays: Three<'_>) -> bool {
    let set = |array: Option<Value<'_>>| -> HashSet<String> {
        let elements = array.into_iter().flat_map(Value::elements);
        elements.map(|element| element.raw().to_owned()).collect()
    };
    let [base, ours, theirs] = [arrays.base, arrays.ours, arrays.theirs].map(set);
    let gone = base
        .iter()
        .any(|element| !ours.contains(element) && !theirs.contains(element));
    let adds = |side: &HashSet<String>| side.iter().any(|element| !base.contains(element));
    gone && adds(&ours) && adds(&theirs)
}

/// The elements of three arrays of the same length, each with those at its place; nothing when a
/// side has one at another place than the base.
fn by_place(arrays: Three<'_>) -> Option<Vec<Three<'_>>> {
    let base: Vec<Value<'_>> = arrays.base?.elements().collect();
    let ours: Vec<Value<'_>> = arrays.ours?.elements().collect();
    let theirs: Vec<Value<'_>> = arrays.theirs?.elements().collect();
    if base.len() != ours.len() || base.len() != theirs.len() {
        return None;
    }
    let known: HashSet<&str> = base.iter().map(|element| element.raw()).collect();
    let threes = base.iter().zip(ours).zip(theirs);
    let threes = threes.map(|((base, ours), theirs)| {
        let moved = |now: Value<'_>| now != *base && known.contains(now.raw());
        (!moved(ours) && !moved(theirs)).then_some(Three {
            base: Some(*base),
            ours: Some(ours),
            theirs: Some(theirs),
        })
    });
    threes.collect()
}
