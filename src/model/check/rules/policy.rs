//! Whether the exemptions of the policy still hold. What is found here
//! depends on the other findings, so that `find` finds nothing.

use super::{Exemption, Found, Level, Place, Rule};

pub(super) const RULES: &[Rule] = &[EXPIRED];

const EXPIRED: Rule = Rule {
    id: "WYV090",
    name: "expired-exemption",
    level: Level::Warning,
    reason: "An exemption is for a time; after that the finding counts again.",
    remedy: "Mend what the exemption was for, or renew it with a reason.",
    find: |_, _| {},
};

/// Tells an exemption that has expired.
pub(in super::super) fn tell_expired(exemption: &Exemption, found: &mut Found) {
    let Exemption {
        rule,
        line,
        expires,
        ..
    } = exemption;
    found.by(&EXPIRED);
    let message =
        format!("The exemption from {rule} on line {line} of the policy expired on {expires}.");
    found.add(Place::Model, "", message);
}
