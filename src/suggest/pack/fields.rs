//! What is said of a threat in every kind of file: how bad it is, and its categories.

use toml::de::DeTable;

use super::OwnMethodology;
use crate::model::{self, Methodology, Severity};
use crate::placed_toml::{PlacedToml, TomlError, in_order};

const SEVERITIES: &str = "\"Low\", \"Medium\", \"High\" or \"Critical\"";

/// How bad it is; without a word that is still to be decided.
pub(crate) fn severity(toml: PlacedToml<'_>, table: &DeTable<'_>) -> Result<Severity, TomlError> {
    let Some((key, value)) = table.get_key_value("severity") else {
        return Ok(Severity::Undecided);
    };
    match Severity::read(&toml.string(key, value)?) {
        Severity::Other(word) => {
            let sentence = format!("a severity is {SEVERITIES}, not {word:?}");
            Err(toml.wrong(value.span().start, sentence))
        }
        known => Ok(known),
    }
}

/// The category in each methodology, one at least. The table stands at `at` and describes `whose`;
/// `own` are the methodologies of the team.
pub(crate) fn categories(
    toml: PlacedToml<'_>,
    table: &DeTable<'_>,
    (at, whose): (usize, &str),
    own: &[OwnMethodology],
) -> Result<Vec<(String, String)>, TomlError> {
    let lacks = format!("{whose} lacks its categories, such as category.STRIDE = \"Tampering\"");
    let Some((key, value)) = table.get_key_value("category") else {
        return Err(toml.wrong(at, lacks));
    };
    let mut found = Vec::new();
    for (key, value) in in_order(toml.table(key, value)?) {
        let methodology: &str = key.get_ref();
        let category = toml.filled(key, value)?;
        let own = own.iter().find(|each| each.id == methodology);
        let known = model::categories(&Methodology::read(methodology));
        let Some(known) = own.map(|own| &own.categories).or(known) else {
            let sentence = format!("there is no methodology {methodology}");
            return Err(toml.wrong(key.span().start, sentence));
        };
        if !known.has(&category) {
            let sentence = format!("{methodology} has no category {category:?}");
            return Err(toml.wrong(value.span().start, sentence));
        }
        found.push((methodology.to_owned(), category));
    }
    if found.is_empty() {
        return Err(toml.wrong(value.span().start, lacks));
    }
    Ok(found)
}
