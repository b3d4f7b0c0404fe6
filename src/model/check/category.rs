//! The categories of the methodologies, by their English names.

use crate::model::vocabulary::Methodology;

const CIA: &[&str] = &["Confidentiality", "Integrity", "Availability"];
const DIE: &[&str] = &["Distributed", "Immutable", "Ephemeral"];
const STRIDE: &[&str] = &[
    "Spoofing",
    "Tampering",
    "Repudiation",
    "Information disclosure",
    "Denial of service",
    "Elevation of privilege",
];
const LINDDUN: &[&str] = &[
    "Linkability",
    "Identifiability",
    "Non-repudiation",
    "Detectability",
    "Disclosure of information",
    "Unawareness",
    "Non-compliance",
];
const PLOT4AI: &[&str] = &[
    "Technique & Processes",
    "Accessibility",
    "Identifiability & Linkability",
    "Security",
    "Safety",
    "Unawareness",
    "Ethics & Human Rights",
    "Non-compliance",
];

/// The methodologies that have categories of their own. CIADIE has both of its halves.
const OF: &[(Methodology, &[&[&str]])] = &[
    (Methodology::Cia, &[CIA]),
    (Methodology::CiaDie, &[CIA, DIE]),
    (Methodology::Stride, &[STRIDE]),
    (Methodology::Linddun, &[LINDDUN]),
    (Methodology::Plot4ai, &[PLOT4AI]),
];

/// Whether this is a category of some methodology and not of this one. A word in another language
/// is a category of none.
pub(super) fn is_foreign(category: &str, methodology: &Methodology) -> bool {
    let has = |tables: &[&[&str]]| {
        tables
            .iter()
            .copied()
            .flatten()
            .any(|name| name.eq_ignore_ascii_case(category))
    };
    let own = OF.iter().find(|(name, _)| name == methodology);
    own.is_some_and(|(_, own)| !has(own)) && OF.iter().any(|(_, tables)| has(tables))
}
