//! The rules that come with Wyvern.

use std::sync::LazyLock;

use super::pack::Pack;

/// The name of their pack, which no other may have.
pub(crate) const NAME: &str = "wyvern";
/// Where they come from, as it is told.
pub(crate) const ORIGIN: &str = "built-in";

/// One for each theme.
const FILES: &[&str] = &[
    include_str!("rules/access.toml"),
    include_str!("rules/actors.toml"),
    include_str!("rules/ai.toml"),
    include_str!("rules/automated.toml"),
    include_str!("rules/boundaries.toml"),
    include_str!("rules/consent.toml"),
    include_str!("rules/llm.toml"),
    include_str!("rules/network.toml"),
    include_str!("rules/privacy.toml"),
    include_str!("rules/processes.toml"),
    include_str!("rules/services.toml"),
    include_str!("rules/stores.toml"),
];

static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    let read = |text: &&str| Pack::read_built_in(text);
    FILES.iter().map(read).collect()
});

/// Them.
#[must_use]
pub fn built_in() -> &'static [Pack] {
    &PACKS
}
