//! The words in the texts of things, to be found without reading every text again.

use std::collections::{HashMap, HashSet};

use crate::model::CellView;
use crate::suggest::expression::Text;

/// Which things have which words.
#[derive(Debug)]
pub(super) struct Words {
    /// By the member of a cell's data that has the text.
    members: HashMap<&'static str, Member>,
}

#[derive(Debug, Default)]
struct Member {
    /// Of each thing, its words with a space before and behind each.
    texts: Vec<String>,
    /// By word that is sought, the things that have it, in order.
    index: HashMap<String, Vec<usize>>,
    /// By whole text in lower case, without space around it, the things that have it. Empty ones
    /// are left out.
    whole: HashMap<String, Vec<usize>>,
}

/// The members in which something is sought.
const MEMBERS: [&str; 4] = ["name", "description", "protocol", "privilegeLevel"];

impl Words {
    /// The words of these cells, as far as they are sought: texts may have any number of others.
    pub(super) fn of(cells: &[CellView<'_>], sought: &Sought) -> Self {
        let members = MEMBERS.map(|key| (key, Member::of(cells, key, sought)));
        Self {
            members: HashMap::from(members),
        }
    }

    /// The things in whose text this word or phrase is.
    pub(super) fn mentioning(&self, text: Text, phrase: &str) -> impl Iterator<Item = usize> {
        let phrase = plain(phrase);
        self.members(text)
            .flat_map(move |member| member.mentioning(&phrase))
    }

    /// The things whose text is this, upper and lower case aside.
    pub(super) fn being(&self, text: Text, wanted: &str) -> impl Iterator<Item = usize> {
        let wanted = wanted.to_lowercase();
        let places = self
            .members(text)
            .filter_map(move |member| member.whole.get(&wanted));
        places.flatten().copied()
    }

    /// The things whose text is not empty.
    pub(super) fn given(&self, text: Text) -> impl Iterator<Item = usize> {
        let places = self.members(text).flat_map(|member| member.whole.values());
        places.flatten().copied()
    }

    /// The members in which a text stands.
    fn members(&self, text: Text) -> impl Iterator<Item = &Member> {
        let members = text.members().iter();
        members.filter_map(|key| self.members.get(key))
    }
}

/// The words with which begins what is sought.
#[derive(Debug, Default)]
pub(in crate::suggest) struct Sought(HashSet<String>);

impl Sought {
    /// Besides, a word or phrase.
    pub(in crate::suggest) fn add(&mut self, phrase: &str) {
        let phrase = plain(phrase);
        let first = phrase.split_whitespace().next();
        self.0.extend(first.map(ToOwned::to_owned));
    }
}

impl Member {
    fn of(cells: &[CellView<'_>], key: &str, sought: &Sought) -> Self {
        let mut member = Self::default();
        for (at, cell) in cells.iter().enumerate() {
            let text = cell.datum_text(key);
            let whole = text.trim().to_lowercase();
            if !whole.is_empty() {
                member.whole.entry(whole).or_default().push(at);
            }
            let text = plain(&text);
            let words = text.split_whitespace();
            for word in words.filter(|word| sought.0.contains(*word)) {
                let places = member.index.entry(word.to_owned()).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
            member.texts.push(text);
        }
        member
    }

    fn mentioning(&self, phrase: &str) -> Vec<usize> {
        let first = phrase.split_whitespace().next();
        let places = first.and_then(|word| self.index.get(word));
        let places = places.into_iter().flatten().copied();
        places
            .filter(|at| {
                self.texts
                    .get(*at)
                    .is_some_and(|text| text.contains(phrase))
            })
            .collect()
    }
}

/// The words of a text in lower case, with a space before and behind each; empty without words. A
/// name such as `userDB` or `HTTPServer` is of several words.
fn plain(text: &str) -> String {
    let mut words = String::from(" ");
    let mut before: Option<char> = None;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let begins = |before: char| {
            let ends = signs.peek().is_some_and(|after| after.is_lowercase());
            before.is_lowercase() || (before.is_uppercase() && ends)
        };
        if !sign.is_alphanumeric() || (sign.is_uppercase() && before.is_some_and(begins)) {
            end_word(&mut words);
        }
        if sign.is_alphanumeric() {
            words.extend(sign.to_lowercase());
        }
        before = Some(sign);
    }
    end_word(&mut words);
    if words == " " { String::new() } else { words }
}

fn end_word(words: &mut String) {
    if !words.ends_with(' ') {
        words.push(' ');
    }
}
