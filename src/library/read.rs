//! Reads a library out of TOML.

use std::collections::HashMap;

use toml::de::DeTable;

use super::{KnownThreat, Library, Mitigation};
use crate::placed_toml::{Key, PlacedToml, TomlError, Value, in_order, is_long, too_long};
use crate::suggest::{Fault, OwnMethodology, categories, severity};

/// How many threats a library may have, and how many mitigations.
const ENTRIES_MAX: usize = 1_000;
/// How many mitigations a threat may name.
const NAMED_MAX: usize = 20;
/// How long the threats of a library may be together, in bytes: a mitigation is in each that names it.
const TEXT_MAX: usize = 4 << 20;
const MITIGATION_KEYS: [&str; 5] = ["id", "title", "description", "references", "tags"];
const THREAT_KEYS: [&str; 9] = [
    "id",
    "title",
    "description",
    "mitigation",
    "mitigations",
    "severity",
    "references",
    "tags",
    "category",
];

type Read<T> = Result<T, TomlError>;

pub(super) fn read(origin: &str, text: &str, own: &[OwnMethodology]) -> Library {
    let mut library = Library::empty(origin);
    let toml = PlacedToml::new(text);
    let mut reader = Reader {
        toml,
        own,
        name: String::new(),
        lines: HashMap::new(),
        mitigations: HashMap::new(),
        room: TEXT_MAX,
    };
    let read = toml
        .root()
        .and_then(|root| reader.library(root.get_ref(), &mut library));
    library.faults.extend(read.err().map(Fault::from));
    library
}

struct Reader<'a> {
    toml: PlacedToml<'a>,
    /// The methodologies of the team.
    own: &'a [OwnMethodology],
    /// The library's.
    name: String,
    /// The lines of what has been read, by what it is and its id.
    lines: HashMap<(&'static str, String), usize>,
    /// The mitigations as threats have them, by what threats call them.
    mitigations: HashMap<String, String>,
    /// How many bytes threats may still have.
    room: usize,
}

impl Reader<'_> {
    fn library(&mut self, root: &DeTable<'_>, library: &mut Library) -> Read<()> {
        let Some((key, value)) = root.get_key_value("library") else {
            let sentence = "a library begins with its name, such as library = \"acme\"";
            return Err(self.toml.wrong(0, sentence));
        };
        self.name = self.toml.identifier(key, value)?;
        for (key, value) in in_order(root) {
            let read = match key.get_ref().as_ref() {
                "library" | "threat" => Ok(()),
                "mitigation" => self.each(key, value, library, Self::mitigation),
                _ => Err(self
                    .toml
                    .unknown(key, "in a library", "library, mitigation, threat")),
            };
            library.faults.extend(read.err().map(Fault::from));
        }
        // Behind the mitigations, wherever these stand: threats name them.
        match root.get_key_value("threat") {
            Some((key, value)) => self.each(key, value, library, Self::threat),
            None => Ok(()),
        }
    }

    fn each(
        &mut self,
        key: &Key<'_>,
        value: &Value<'_>,
        library: &mut Library,
        read: impl Fn(&mut Self, &DeTable<'_>, usize, &mut Library) -> Read<()>,
    ) -> Read<()> {
        let toml = self.toml;
        let faults = toml.each(key, value, |table, at| read(self, table, at, library))?;
        library.faults.extend(faults.into_iter().map(Fault::from));
        Ok(())
    }

    fn mitigation(&mut self, table: &DeTable<'_>, at: usize, library: &mut Library) -> Read<()> {
        let toml = self.toml;
        self.room(library.mitigations.len(), "mitigations", at)?;
        toml.only(table, &MITIGATION_KEYS, "in [[mitigation]]")?;
        let needed = |key| toml.needed(table, at, key, "a mitigation");
        let mitigation = Mitigation {
            title: needed("title")?,
            description: needed("description")?,
            references: toml.texts(table, "references")?,
            tags: toml.texts(table, "tags")?,
            line: toml.place(at).0,
            id: self.id(table, at, "mitigation")?,
        };
        let name = mitigation.id.rsplit('/').next().unwrap_or_default();
        let told = format!("{}: {}", mitigation.title, mitigation.description);
        self.mitigations.insert(name.to_owned(), told);
        library.mitigations.push(mitigation);
        Ok(())
    }

    fn threat(&mut self, table: &DeTable<'_>, at: usize, library: &mut Library) -> Read<()> {
        let toml = self.toml;
        self.room(library.threats.len(), "threats", at)?;
        toml.only(table, &THREAT_KEYS, "in [[threat]]")?;
        let needed = |key| toml.needed(table, at, key, "a threat");
        let threat = KnownThreat {
            title: needed("title")?,
            description: needed("description")?,
            mitigation: self.whole_mitigation(table, at)?,
            severity: severity(toml, table)?,
            references: toml.texts(table, "references")?,
            tags: toml.texts(table, "tags")?,
            categories: categories(toml, table, (at, "a threat"), self.own)?,
            line: toml.place(at).0,
            id: self.id(table, at, "threat")?,
        };
        let Some(room) = self.room.checked_sub(threat.size()) else {
            let sentence = "the threats of a library have at most 4 MiB, with the mitigations that they \
                            name: make another file";
            return Err(toml.wrong(at, sentence));
        };
        self.room = room;
        library.threats.push(threat);
        Ok(())
    }

    fn room(&self, taken: usize, what: &str, at: usize) -> Read<()> {
        if taken < ENTRIES_MAX {
            return Ok(());
        }
        let sentence = format!("a library has at most {ENTRIES_MAX} {what}: make another file");
        Err(self.toml.wrong(at, sentence))
    }

    /// What helps: the threat's own text, then the mitigations that it names.
    fn whole_mitigation(&self, table: &DeTable<'_>, at: usize) -> Read<String> {
        let own = self.toml.optional(table, "mitigation")?;
        let named = self.toml.placed_texts(table, "mitigations")?;
        if named.len() > NAMED_MAX {
            let sentence = format!("a threat names at most {NAMED_MAX} mitigations");
            return Err(self.toml.wrong(at, sentence));
        }
        let mut whole = own.unwrap_or_default();
        for (name, place) in named {
            let Some(told) = self.mitigations.get(&name) else {
                let sentence = format!("there is no mitigation {name:?} in this file");
                return Err(self.toml.wrong(place, sentence));
            };
            if !whole.is_empty() {
                whole.push_str("\n\n");
            }
            whole.push_str(told);
            if is_long(&whole) {
                let sentence = format!("with the mitigations that it names, {}", too_long());
                return Err(self.toml.wrong(place, sentence));
            }
        }
        Ok(whole)
    }

    /// The id by which something is known everywhere. It is read last: what is broken takes none.
    fn id(&mut self, table: &DeTable<'_>, at: usize, what: &'static str) -> Read<String> {
        let Some((key, value)) = table.get_key_value("id") else {
            return Err(self.toml.wrong(at, format!("a {what} lacks its id")));
        };
        let id = format!("{}/{}", self.name, self.toml.identifier(key, value)?);
        let line = self.toml.place(at).0;
        if let Some(first) = self.lines.insert((what, id.clone()), line) {
            let sentence = format!("line {first} has a {what} with this id already");
            return Err(self.toml.wrong(value.span().start, sentence));
        }
        Ok(id)
    }
}
