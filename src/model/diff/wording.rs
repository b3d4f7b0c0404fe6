//! What people call the members of a model, and how things are counted.

use super::change::Contents;

/// Paths inside a subject, and the words for them. `type` is a threat's.
const WORDS: &[(&str, &str)] = &[
    ("summary/title", "title"),
    ("summary/owner", "owner"),
    ("summary/description", "description"),
    ("detail/reviewer", "reviewer"),
    ("detail/contributors", "contributors"),
    ("detail/diagrams", "diagrams"),
    ("cells", "cells"),
    ("diagramJson/cells", "cells"),
    ("data/threats", "threats"),
    ("threats", "threats"),
    ("title", "title"),
    ("description", "description"),
    ("diagramType", "methodology"),
    ("shape", "type"),
    ("source", "start"),
    ("target", "end"),
    ("data/name", "name"),
    ("data/description", "description"),
    ("data/outOfScope", "out of scope"),
    ("data/reasonOutOfScope", "reason out of scope"),
    ("data/protocol", "protocol"),
    ("data/isBidirectional", "bidirectional"),
    ("data/isEncrypted", "encrypted"),
    ("data/isPublicNetwork", "public network"),
    ("data/isALog", "is a log"),
    ("data/isSigned", "signed"),
    ("data/storesCredentials", "stores credentials"),
    ("data/storesInventory", "stores inventory"),
    ("data/providesAuthentication", "provides authentication"),
    ("data/privilegeLevel", "privilege level"),
    ("data/handlesCardPayment", "handles card payment"),
    ("data/handlesGoodsOrServices", "handles goods or services"),
    ("data/isWebApplication", "web application"),
    ("status", "status"),
    ("severity", "severity"),
    ("type", "category"),
    ("mitigation", "mitigation"),
    ("modelType", "methodology"),
    ("number", "number"),
    ("score", "score"),
    ("format", "file format"),
];

/// Members of a thing that are not told one by one.
pub(super) const REST: &str = "other fields";

/// The kinds of cell that Wyvern has words for; the others are the file's own words.
const KINDS: [&str; 6] = [
    "actor",
    "process",
    "data store",
    "text",
    "trust boundary",
    "data flow",
];

/// The words for the member at this path; nothing for one that the format does not have.
pub(super) fn words(path: &str) -> Option<&'static str> {
    let known = WORDS.iter().find(|(known, _)| *known == path);
    known.map(|(_, words)| *words)
}

/// The words for a member and what stands in it.
pub(super) fn label(path: &str) -> Option<&'static str> {
    let parts = |path: &str| path.starts_with("detail/contributors/");
    words(path).or_else(|| parts(path).then_some("contributors"))
}

/// What an added or removed thing contains: `2 elements and 1 threat`; nothing when it is empty.
pub(super) fn contents(contents: Contents) -> Option<String> {
    let some = |number: usize, noun: &str| (number > 0).then(|| count(number, noun));
    let parts = [
        some(contents.cells, "element"),
        some(contents.threats, "threat"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// Whether `kind` is a word of ours.
pub(super) fn is_kind(kind: &str) -> bool {
    KINDS.contains(&kind)
}

/// `1 threat`, `2 threats`.
pub(super) fn count(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
