//! Who has an account.

use std::sync::Mutex;

/// A person or an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) id: u64,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) email: String,
    /// Organisations own repositories and cannot sign in.
    pub(crate) organisation: bool,
}

/// All accounts.
#[derive(Default)]
pub(crate) struct People(Mutex<Vec<Person>>);

impl People {
    /// Adds a person, or says anew what an account is called.
    pub(crate) fn add(&self, login: &str, name: &str, email: &str) {
        self.put(login, name, email, false);
    }

    /// Adds an organisation unless there is an account of this name. It has an address, as whoever
    /// makes a commit has.
    pub(crate) fn add_owner(&self, login: &str) {
        if self.find(login).is_none() {
            self.put(login, login, &format!("{login}@example.com"), true);
        }
    }

    pub(crate) fn find(&self, login: &str) -> Option<Person> {
        let people = self.0.lock().unwrap();
        let same = |person: &&Person| person.login.eq_ignore_ascii_case(login);
        people.iter().find(same).cloned()
    }

    /// Everybody who can sign in.
    pub(crate) fn all(&self) -> Vec<Person> {
        let people = self.0.lock().unwrap();
        let people = people.iter().filter(|person| !person.organisation);
        people.cloned().collect()
    }

    fn put(&self, login: &str, name: &str, email: &str, organisation: bool) {
        let mut people = self.0.lock().unwrap();
        let known = people.iter().position(|person| person.login == login);
        let place = known.unwrap_or(people.len());
        let person = Person {
            id: 1001 + place as u64,
            login: login.to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            organisation,
        };
        people.splice(place..known.map_or(place, |place| place + 1), [person]);
    }
}
