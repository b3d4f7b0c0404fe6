//! `wyvern config` and `wyvern hash-password`.

use std::io::Read as _;

use secrecy::SecretString;

use super::{DONE, FAILED, USAGE, print, say};
use crate::auth::local;
use crate::config::{self, Sources};

/// Reports every fault.
pub(super) fn check(sources: &Sources) -> u8 {
    match config::load(sources) {
        Ok(loaded) => {
            loaded.notes.iter().for_each(say);
            say("the configuration is good");
            DONE
        }
        Err(faults) => {
            say(faults);
            USAGE
        }
    }
}

/// Prints the settings in force.
pub(super) fn show(sources: &Sources) -> u8 {
    match config::load(sources) {
        Ok(loaded) => {
            loaded.notes.iter().for_each(say);
            print(loaded.shown.trim_end());
            DONE
        }
        Err(faults) => {
            say(faults);
            USAGE
        }
    }
}

/// Prints the hash of the password on standard input.
pub(super) fn hash_password() -> u8 {
    let mut password = String::new();
    let read = std::io::stdin().read_to_string(&mut password);
    let password = SecretString::from(password.trim_end_matches(['\r', '\n']));
    if let Err(error) = read {
        say(format_args!("cannot read the password: {error}"));
        return FAILED;
    }
    match local::hash_password(&password) {
        Ok(hash) => {
            print(hash);
            DONE
        }
        Err(error) => {
            say(error);
            USAGE
        }
    }
}
