//! Whether a change says anything.

use crate::model::align::align;
use crate::model::anatomy::{About, Member, Way};
use crate::model::json::{Kind, Value};

use super::Side;
use super::members::members;
use super::three::Three;

/// Whether two versions of a part differ in more than what programs work out from the rest.
pub(super) fn says_other(member: Member, a: Value<'_>, b: Value<'_>) -> bool {
    if member.about == About::Derived || a == b {
        return false;
    }
    match member.way {
        Way::Members(_) if a.kind() == Kind::Object && b.kind() == Kind::Object => {
            let both = Three {
                ours: Some(a),
                theirs: Some(b),
                ..Three::NOWHERE
            };
            members(both, Side::Ours).into_iter().any(|(key, three)| {
                let member = member.member(&key);
                match (three.ours, three.theirs) {
                    (Some(a), Some(b)) => says_other(member, a, b),
                    _ => member.about != About::Derived,
                }
            })
        }
        Way::Things(thing) if a.kind() == Kind::Array && b.kind() == Kind::Array => {
            let [a, b] = [a, b].map(|array| array.elements().collect::<Vec<_>>());
            let partners = align(thing, &a, &b);
            let same = |(place, (value, partner)): (usize, (&Value<'_>, Option<usize>))| {
                let old = partner
                    .filter(|partner| *partner == place)
                    .and_then(|old| a.get(old));
                old.is_some_and(|old| !says_other(member.element(), *old, *value))
            };
            a.len() != b.len() || !b.iter().zip(partners).enumerate().all(same)
        }
        _ => true,
    }
}
