//! Reads a policy out of TOML, telling the place of whatever is wrong.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Span, SpanRelativeTo};
use toml::de::{DeTable, DeValue};

use super::{Exemption, Level, Policy, PolicyError};
use crate::placed_toml::{Key, PlacedToml, Value, found, in_order, shown};

type Read<T> = Result<T, PolicyError>;
type ReadValue<'r, T> = fn(&Reader<'r>, &Key<'_>, &Value<'_>) -> Read<T>;

pub(super) fn read(text: &str, known: &[(&str, &str)]) -> Read<Policy> {
    let toml = PlacedToml::new(text);
    let reader = Reader { toml, known };
    let root = toml.root()?;
    let mut policy = Policy::default();
    for (key, value) in in_order(root.get_ref()) {
        match key.get_ref().as_ref() {
            "check" => policy.stale_after = reader.check(reader.toml.table(key, value)?)?,
            "rules" => policy.levels = reader.levels(reader.toml.table(key, value)?)?,
            "exempt" => policy.exemptions = reader.exemptions(key, value)?,
            // For other programs than the check.
            "report" | "library" => {}
            _ => {
                return Err(reader
                    .toml
                    .unknown(key, "in a policy", "check, rules, exempt"));
            }
        }
    }
    Ok(policy)
}

struct Reader<'a> {
    toml: PlacedToml<'a>,
    known: &'a [(&'a str, &'a str)],
}

impl<'r> Reader<'r> {
    fn check(&self, table: &DeTable<'_>) -> Read<Option<SignedDuration>> {
        let mut stale_after = None;
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "stale_after" => stale_after = Some(self.duration(value)?),
                _ => return Err(self.toml.unknown(key, "in [check]", "stale_after")),
            }
        }
        Ok(stale_after)
    }

    fn levels(&self, table: &DeTable<'_>) -> Read<BTreeMap<String, Option<Level>>> {
        let mut levels = BTreeMap::new();
        let mut first: BTreeMap<&str, &Key<'_>> = BTreeMap::new();
        for (key, value) in in_order(table) {
            let id = self.rule(key.get_ref(), key.span().start)?;
            if let Some(first) = first.insert(id, key) {
                let (line, _) = self.toml.place(first.span().start);
                let (now, first) = (shown(key.get_ref()), shown(first.get_ref()));
                let sentence = format!("{now} is the rule that line {line} has as {first}");
                return Err(self.toml.wrong(key.span().start, sentence));
            }
            levels.insert(id.to_owned(), self.level(key, value)?);
        }
        Ok(levels)
    }

    fn level(&self, key: &Key<'_>, value: &Value<'_>) -> Read<Option<Level>> {
        match self.toml.string(key, value)?.as_str() {
            "off" => Ok(None),
            "note" => Ok(Some(Level::Note)),
            "warning" => Ok(Some(Level::Warning)),
            "error" => Ok(Some(Level::Error)),
            other => {
                let sentence =
                    format!("a rule is \"off\", \"note\", \"warning\" or \"error\", not {other:?}");
                Err(self.toml.wrong(value.span().start, sentence))
            }
        }
    }

    fn exemptions(&self, key: &Key<'_>, value: &Value<'_>) -> Read<Vec<Exemption>> {
        let Some(tables) = value.get_ref().as_array() else {
            let sentence = "each exemption begins with [[exempt]], in double brackets";
            return Err(self.toml.wrong(key.span().start, sentence));
        };
        let exemption = |value| self.exemption(self.toml.table(key, value)?, value.span().start);
        tables.iter().map(exemption).collect()
    }

    fn exemption(&self, table: &DeTable<'_>, at: usize) -> Read<Exemption> {
        let known = |key: &Key<'_>| EXEMPTION_KEYS.contains(&key.get_ref().as_ref());
        if let Some((key, _)) = in_order(table).into_iter().find(|(key, _)| !known(key)) {
            return Err(self
                .toml
                .unknown(key, "in [[exempt]]", &EXEMPTION_KEYS.join(", ")));
        }
        let lacks = |what| move || self.toml.wrong(at, format!("this exemption lacks {what}"));
        let exemption = Exemption {
            rule: self
                .member(table, "rule", Self::rule_value)?
                .ok_or_else(lacks("its rule"))?,
            fingerprint: self.member(table, "fingerprint", Self::filled)?,
            diagram: self.member(table, "diagram", Self::name_or_number)?,
            cell: self.member(table, "cell", Self::filled)?,
            threat: self.member(table, "threat", Self::name_or_number)?,
            reason: self
                .member(table, "reason", Self::filled)?
                .ok_or_else(lacks("a reason"))?,
            expires: self
                .member(table, "expires", Self::date)?
                .ok_or_else(lacks("expires, the last day on which it holds"))?,
            owner: self.member(table, "owner", Self::filled)?,
            line: self.toml.place(at).0,
        };
        let places = ["diagram", "cell", "threat", "fingerprint"];
        if places.iter().any(|place| table.contains_key(*place)) {
            return Ok(exemption);
        }
        Err(lacks(
            "a place: one or more of diagram, cell, threat and fingerprint",
        )())
    }

    fn member<T>(
        &self,
        table: &DeTable<'_>,
        name: &str,
        read: ReadValue<'r, T>,
    ) -> Read<Option<T>> {
        let member = table.get_key_value(name);
        member
            .map(|(key, value)| read(self, key, value))
            .transpose()
    }

    fn rule_value(&self, key: &Key<'_>, value: &Value<'_>) -> Read<String> {
        let named = self.toml.string(key, value)?;
        Ok(self.rule(&named, value.span().start)?.to_owned())
    }

    /// The id of a rule that is named by id or name.
    fn rule(&self, named: &str, at: usize) -> Read<&str> {
        let mut known = self.known.iter();
        let found = known.find(|(id, name)| named == *id || named == *name);
        found.map(|(id, _)| *id).ok_or_else(|| {
            let sentence = format!("there is no rule {}", shown(named));
            self.toml.wrong(at, sentence + &self.like(named))
        })
    }

    /// The end of a sentence about a rule that there is not.
    fn like(&self, named: &str) -> String {
        let all: Vec<&str> = self.known.iter().map(|(_, name)| *name).collect();
        let near = similar::get_close_matches(named, &all, 1, 0.7);
        match (near.first(), self.known.first()) {
            (Some(near), _) => format!("; the nearest is {near}"),
            (None, Some((id, name))) => {
                format!("; rules have an id such as {id} and a name such as {name}")
            }
            (None, None) => String::new(),
        }
    }

    fn duration(&self, value: &Value<'_>) -> Read<SignedDuration> {
        let text = value.get_ref().as_str();
        let span = text.and_then(|text| text.parse::<Span>().ok());
        let days = SpanRelativeTo::days_are_24_hours();
        span.and_then(|span| span.to_duration(days).ok())
            .filter(SignedDuration::is_positive)
            .ok_or_else(|| {
                let found = found(value.get_ref());
                let sentence =
                    format!("stale_after is a time such as \"180d\" or \"26w\", not {found}");
                self.toml.wrong(value.span().start, sentence)
            })
    }

    /// A date of TOML, or a string that is one.
    fn date(&self, _: &Key<'_>, value: &Value<'_>) -> Read<Date> {
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let date = text.parse::<Date>().ok();
        // Only the day: a time of the day would have to be in some zone.
        date.filter(|date| date.to_string() == text).ok_or_else(|| {
            let found = match value.get_ref() {
                DeValue::Datetime(_) => text,
                other => found(other),
            };
            let sentence = format!("expires is a date such as 2027-03-31, not {found}");
            self.toml.wrong(value.span().start, sentence)
        })
    }

    fn filled(&self, key: &Key<'_>, value: &Value<'_>) -> Read<String> {
        self.toml.filled(key, value)
    }

    fn name_or_number(&self, key: &Key<'_>, value: &Value<'_>) -> Read<String> {
        match value.get_ref().as_integer() {
            Some(number) if number.radix() == 10 => Ok(number.as_str().to_owned()),
            _ => self.toml.filled(key, value),
        }
    }
}

const EXEMPTION_KEYS: [&str; 8] = [
    "rule",
    "diagram",
    "cell",
    "threat",
    "fingerprint",
    "reason",
    "expires",
    "owner",
];
