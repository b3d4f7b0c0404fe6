//! What a team keeps in `.wyvern` besides its rules: threats and mitigations to be taken from a
//! library, templates that models begin with, and the packs of other repositories that it pins.
//!
//! All of it is read like packs of rules: what is wrong is told with its place and what mends it, and
//! leaves the rest as it is.

mod kept;
mod read;
mod sources;
mod template;
mod threats;
mod version;

#[cfg(test)]
mod tests;

use crate::suggest;

pub use self::kept::{Entry, Kept, PlacedFault, join};
pub use self::sources::{Source, Sources};
pub use self::template::{BuiltIn, Template, TemplateFile, TemplateKind, built_in_templates};
pub use self::threats::{KnownThreat, Library, Mitigation};

/// The JSON Schema of libraries, 2020-12, for editors.
pub const SCHEMA: &str = include_str!("library.schema.json");

/// The origin of what comes with Wyvern.
pub const BUILT_IN: &str = suggest::ORIGIN;
/// Where a team keeps its packs of rules, one file each.
pub const RULES: &str = ".wyvern/rules";
/// Where it keeps its libraries.
pub const LIBRARIES: &str = ".wyvern/library";
/// Where it keeps its templates.
pub const TEMPLATES: &str = ".wyvern/templates";
/// The file that names the packs of other repositories.
pub const SOURCES: &str = ".wyvern/sources.toml";
