//! Reads a pack out of TOML.

use std::collections::HashMap;

use toml::de::DeTable;

use super::{Fault, OwnMethodology, Pack, Rule};
use crate::model::{Categories, Methodology, Severity, categories};
use crate::placed_toml::{Key, PlacedToml, TomlError, Value, in_order};
use crate::suggest::expression::Expression;

/// How many rules a pack may have.
const RULES_MAX: usize = 1_000;
/// How many characters a text of a rule may have.
const TEXT_MAX: usize = 4_000;
const RULE_KEYS: &str =
    "id, when, title, because, description, mitigation, severity, references, tags, category";
const SEVERITIES: &str = "\"Low\", \"Medium\", \"High\" or \"Critical\"";

type Read<T> = Result<T, TomlError>;

pub(super) fn read(origin: &str, text: &str) -> Pack {
    let mut pack = Pack {
        origin: origin.to_owned(),
        rules: Vec::new(),
        methodologies: Vec::new(),
        faults: Vec::new(),
    };
    let toml = PlacedToml::new(text);
    let mut reader = Reader {
        toml,
        name: String::new(),
        lines: HashMap::new(),
    };
    if let Err(error) = toml
        .root()
        .and_then(|root| reader.pack(root.get_ref(), &mut pack))
    {
        pack.faults.push(error.into());
    }
    pack
}

impl From<TomlError> for Fault {
    fn from(error: TomlError) -> Self {
        Self {
            line: error.line,
            column: error.column,
            sentence: error.sentence,
        }
    }
}

struct Reader<'a> {
    toml: PlacedToml<'a>,
    /// The pack's.
    name: String,
    /// The lines of the rules that have been read, by their ids.
    lines: HashMap<String, usize>,
}

impl Reader<'_> {
    fn pack(&mut self, root: &DeTable<'_>, pack: &mut Pack) -> Read<()> {
        let Some((key, value)) = root.get_key_value("pack") else {
            let sentence = "a pack begins with its name, such as pack = \"acme\"";
            return Err(self.toml.wrong(0, sentence));
        };
        self.name = self.identifier(key, value)?;
        for (key, value) in in_order(root) {
            let read = match key.get_ref().as_ref() {
                "pack" | "rule" => Ok(()),
                "methodology" => self.each(key, value, pack, Self::methodology),
                _ => Err(self
                    .toml
                    .unknown(key, "in a pack", "pack, rule, methodology")),
            };
            pack.faults.extend(read.err().map(Fault::from));
        }
        // Behind the methodologies, wherever these stand: rules name their categories.
        match root.get_key_value("rule") {
            Some((key, value)) => self.each(key, value, pack, Self::rule),
            None => Ok(()),
        }
    }

    /// Reads each table of an array; what is wrong with one leaves the others.
    fn each(
        &mut self,
        key: &Key<'_>,
        value: &Value<'_>,
        pack: &mut Pack,
        read: impl Fn(&mut Self, &DeTable<'_>, usize, &mut Pack) -> Read<()>,
    ) -> Read<()> {
        let Some(values) = value.get_ref().as_array() else {
            let sentence = format!(
                "each {0} begins with [[{0}]], in double brackets",
                key.get_ref()
            );
            return Err(self.toml.wrong(key.span().start, sentence));
        };
        for value in values {
            let at = value.span().start;
            let table = self.toml.table(key, value);
            let read = table.and_then(|table| read(self, table, at, pack));
            pack.faults.extend(read.err().map(Fault::from));
        }
        Ok(())
    }

    fn methodology(&mut self, table: &DeTable<'_>, at: usize, pack: &mut Pack) -> Read<()> {
        let known = "id, name, categories";
        self.only(
            table,
            &["id", "name", "categories"],
            "in [[methodology]]",
            known,
        )?;
        let id = self.needed(table, at, "id", "a methodology")?;
        if categories(&Methodology::read(&id)).is_some() {
            let sentence = format!("the methodology {id} is known already: choose another id");
            return Err(self.toml.wrong(at, sentence));
        }
        let name = self.needed(table, at, "name", "a methodology")?;
        let Some((key, value)) = table.get_key_value("categories") else {
            return Err(self.toml.wrong(at, "a methodology lacks its categories"));
        };
        let kinds = self.toml.table(key, value)?;
        let words = ["actor", "process", "store", "flow"];
        self.only(kinds, &words, "among categories", &words.join(", "))?;
        let [actor, process, store, flow] = words.map(|kind| self.texts(kinds, kind));
        pack.methodologies.push(OwnMethodology {
            id,
            name,
            categories: Categories {
                actor: actor?,
                process: process?,
                store: store?,
                flow: flow?,
            },
        });
        Ok(())
    }

    fn rule(&mut self, table: &DeTable<'_>, at: usize, pack: &mut Pack) -> Read<()> {
        if pack.rules.len() == RULES_MAX {
            let sentence = format!("a pack has at most {RULES_MAX} rules: make another file");
            return Err(self.toml.wrong(at, sentence));
        }
        let keys: Vec<_> = RULE_KEYS.split(", ").collect();
        self.only(table, &keys, "in [[rule]]", RULE_KEYS)?;
        let needed = |key| self.needed(table, at, key, "a rule");
        let rule = Rule {
            title: needed("title")?,
            because: needed("because")?,
            description: needed("description")?,
            mitigation: needed("mitigation")?,
            when: self.when(table, at)?,
            severity: self.severity(table)?,
            references: self.texts(table, "references")?,
            tags: self.texts(table, "tags")?,
            categories: self.categories(table, at, &pack.methodologies)?,
            id: self.rule_id(table, at)?,
        };
        pack.rules.push(rule);
        Ok(())
    }

    fn rule_id(&mut self, table: &DeTable<'_>, at: usize) -> Read<String> {
        let Some((key, value)) = table.get_key_value("id") else {
            return Err(self.toml.wrong(at, "a rule lacks its id"));
        };
        let id = format!("{}/{}", self.name, self.identifier(key, value)?);
        let line = self.toml.place(at).0;
        if let Some(first) = self.lines.insert(id.clone(), line) {
            let sentence = format!("line {first} has a rule with this id already");
            return Err(self.toml.wrong(value.span().start, sentence));
        }
        Ok(id)
    }

    fn when(&self, table: &DeTable<'_>, at: usize) -> Read<Expression> {
        let text = self.needed(table, at, "when", "a rule")?;
        Expression::parse(&text).map_err(|error| {
            let value = table.get("when").map_or(at..at, Value::span);
            let within = self.toml.within(value, error.at);
            self.toml.wrong(within, format!("when: {}", error.sentence))
        })
    }

    fn severity(&self, table: &DeTable<'_>) -> Read<Severity> {
        let Some((key, value)) = table.get_key_value("severity") else {
            return Ok(Severity::Undecided);
        };
        match Severity::read(&self.toml.string(key, value)?) {
            Severity::Other(word) => {
                let sentence = format!("a severity is {SEVERITIES}, not {word:?}");
                Err(self.toml.wrong(value.span().start, sentence))
            }
            known => Ok(known),
        }
    }

    fn categories(
        &self,
        table: &DeTable<'_>,
        at: usize,
        own: &[OwnMethodology],
    ) -> Read<Vec<(String, String)>> {
        let lacks = "a rule lacks its categories, such as category.STRIDE = \"Tampering\"";
        let Some((key, value)) = table.get_key_value("category") else {
            return Err(self.toml.wrong(at, lacks));
        };
        let mut found = Vec::new();
        for (key, value) in in_order(self.toml.table(key, value)?) {
            let methodology: &str = key.get_ref();
            let category = self.toml.filled(key, value)?;
            let own = own.iter().find(|each| each.id == methodology);
            let known = categories(&Methodology::read(methodology));
            let Some(known) = own.map(|own| &own.categories).or(known) else {
                let sentence = format!("there is no methodology {methodology}");
                return Err(self.toml.wrong(key.span().start, sentence));
            };
            if !known.has(&category) {
                let sentence = format!("{methodology} has no category {category:?}");
                return Err(self.toml.wrong(value.span().start, sentence));
            }
            found.push((methodology.to_owned(), category));
        }
        if found.is_empty() {
            return Err(self.toml.wrong(value.span().start, lacks));
        }
        Ok(found)
    }

    fn only(&self, table: &DeTable<'_>, keys: &[&str], within: &str, known: &str) -> Read<()> {
        let is_known = |key: &Key<'_>| keys.contains(&key.get_ref().as_ref());
        let members = in_order(table);
        match members.iter().find(|(key, _)| !is_known(key)) {
            Some((key, _)) => Err(self.toml.unknown(key, within, known)),
            None => Ok(()),
        }
    }

    fn needed(&self, table: &DeTable<'_>, at: usize, key: &str, whose: &str) -> Read<String> {
        let Some((key, value)) = table.get_key_value(key) else {
            return Err(self.toml.wrong(at, format!("{whose} lacks its {key}")));
        };
        let text = self.toml.filled(key, value)?;
        self.short(text, value)
    }

    fn short(&self, text: String, value: &Value<'_>) -> Read<String> {
        if text.chars().count() > TEXT_MAX {
            let sentence = format!("a text has at most {TEXT_MAX} characters");
            return Err(self.toml.wrong(value.span().start, sentence));
        }
        Ok(text)
    }

    /// The texts of an array; none where there is no such member.
    fn texts(&self, table: &DeTable<'_>, key: &str) -> Read<Vec<String>> {
        let Some((key, value)) = table.get_key_value(key) else {
            return Ok(Vec::new());
        };
        let Some(values) = value.get_ref().as_array() else {
            return Err(self.toml.other_kind(key, value, "an array of strings"));
        };
        let text = |value| {
            self.toml
                .filled(key, value)
                .and_then(|text| self.short(text, value))
        };
        values.iter().map(text).collect()
    }

    /// A name of words in lower case that are joined by `-`.
    fn identifier(&self, key: &Key<'_>, value: &Value<'_>) -> Read<String> {
        let text = self.toml.filled(key, value)?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.len() <= 80 && text.chars().all(fits) {
            return Ok(text);
        }
        let sentence = format!(
            "{} has letters a to z, digits and \"-\", at most 80 of them",
            key.get_ref()
        );
        Err(self.toml.wrong(value.span().start, sentence))
    }
}
