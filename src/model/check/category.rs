//! Which methodology a category of threats belongs to.

use crate::model::methodologies::{categories, methodologies};
use crate::model::vocabulary::Methodology;

/// Whether this is a category of some methodology and not of this one. A word in another language
/// is a category of none, and the games of EOP are none either.
pub(super) fn is_foreign(category: &str, methodology: &Methodology) -> bool {
    let own = categories(methodology).filter(|_| *methodology != Methodology::Eop);
    let games = Methodology::Eop.as_str();
    own.is_some_and(|own| !own.has(category))
        && methodologies().any(|(id, other)| id != games && other.has(category))
}
