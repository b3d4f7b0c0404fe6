//! Reads a pack out of TOML.

use std::collections::HashMap;

use toml::de::DeTable;

use super::fields::{categories, severity};
use super::{Fault, OwnMethodology, Pack, Rule};
use crate::model::{Categories, Methodology, categories as known_categories};
use crate::placed_toml::{Key, PlacedToml, TomlError, Value, in_order};
use crate::suggest::expression::Expression;

/// How many rules a pack may have.
const RULES_MAX: usize = 1_000;
const RULE_KEYS: [&str; 10] = [
    "id",
    "when",
    "title",
    "because",
    "description",
    "mitigation",
    "severity",
    "references",
    "tags",
    "category",
];

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
        self.name = self.toml.identifier(key, value)?;
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
        let toml = self.toml;
        let faults = toml.each(key, value, |table, at| read(self, table, at, pack))?;
        pack.faults.extend(faults.into_iter().map(Fault::from));
        Ok(())
    }

    fn methodology(&mut self, table: &DeTable<'_>, at: usize, pack: &mut Pack) -> Read<()> {
        let keys = ["id", "name", "categories"];
        self.toml.only(table, &keys, "in [[methodology]]")?;
        let id = self.toml.needed(table, at, "id", "a methodology")?;
        if known_categories(&Methodology::read(&id)).is_some() {
            let sentence = format!("the methodology {id} is known already: choose another id");
            return Err(self.toml.wrong(at, sentence));
        }
        let name = self.toml.needed(table, at, "name", "a methodology")?;
        let Some((key, value)) = table.get_key_value("categories") else {
            return Err(self.toml.wrong(at, "a methodology lacks its categories"));
        };
        let kinds = self.toml.table(key, value)?;
        let words = ["actor", "process", "store", "flow"];
        self.toml.only(kinds, &words, "among categories")?;
        let [actor, process, store, flow] = words.map(|kind| self.toml.texts(kinds, kind));
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
        self.toml.only(table, &RULE_KEYS, "in [[rule]]")?;
        let needed = |key| self.toml.needed(table, at, key, "a rule");
        let rule = Rule {
            title: needed("title")?,
            because: needed("because")?,
            description: needed("description")?,
            mitigation: needed("mitigation")?,
            when: self.when(table, at)?,
            severity: severity(self.toml, table)?,
            references: self.toml.texts(table, "references")?,
            tags: self.toml.texts(table, "tags")?,
            categories: categories(self.toml, table, (at, "a rule"), &pack.methodologies)?,
            id: self.rule_id(table, at)?,
        };
        pack.rules.push(rule);
        Ok(())
    }

    fn rule_id(&mut self, table: &DeTable<'_>, at: usize) -> Read<String> {
        let Some((key, value)) = table.get_key_value("id") else {
            return Err(self.toml.wrong(at, "a rule lacks its id"));
        };
        let id = format!("{}/{}", self.name, self.toml.identifier(key, value)?);
        let line = self.toml.place(at).0;
        if let Some(first) = self.lines.insert(id.clone(), line) {
            let sentence = format!("line {first} has a rule with this id already");
            return Err(self.toml.wrong(value.span().start, sentence));
        }
        Ok(id)
    }

    fn when(&self, table: &DeTable<'_>, at: usize) -> Read<Expression> {
        let text = self.toml.needed(table, at, "when", "a rule")?;
        Expression::parse(&text).map_err(|error| {
            let value = table.get("when").map_or(at..at, Value::span);
            let within = self.toml.within(value, error.at);
            self.toml.wrong(within, format!("when: {}", error.sentence))
        })
    }
}
