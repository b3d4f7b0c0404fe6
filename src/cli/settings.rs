//! `wyvern config` and `wyvern hash-password`.

use std::io::Read as _;
use std::sync::Arc;

use secrecy::SecretString;

use super::exit::{DONE, FAILED, USAGE};
use super::{print, say};
use crate::app::check_hosts;
use crate::auth::local;
use crate::auth::roll::Roll;
use crate::clock::SystemClock;
use crate::config::{self, Fault, Sources};

/// Reports every fault.
pub(super) fn check(sources: &Sources) -> u8 {
    let loaded = match config::load(sources) {
        Ok(loaded) => loaded,
        Err(faults) => {
            say(faults);
            return USAGE;
        }
    };
    loaded.notes.iter().for_each(say);
    if let Err(faults) = check_hosts(&loaded.settings) {
        say(faults);
        return USAGE;
    }
    match Roll::open(&loaded.settings, Arc::new(SystemClock)) {
        Err(error) => {
            say(error);
            return USAGE;
        }
        Ok(None) => loaded.settings.open_to_anybody().iter().for_each(left_out),
        Ok(Some(_)) => {}
    }
    say("the configuration is good");
    DONE
}

fn left_out(fault: &Fault) {
    say(format_args!(
        "the local provider is not served: {}",
        fault.wrong
    ));
}

/// Prints the settings in force.
pub(super) fn show(sources: &Sources) -> u8 {
    match config::load(sources) {
        Ok(loaded) => {
            loaded.notes.iter().for_each(say);
            print(loaded.shown.trim_end())
        }
        Err(faults) => {
            say(faults);
            USAGE
        }
    }
}

/// Prints the hash of the password on standard input, which may end with a line end.
pub(super) fn hash_password() -> u8 {
    let mut input = Vec::new();
    if let Err(error) = std::io::stdin().read_to_end(&mut input) {
        say(format_args!("cannot read the password: {error}"));
        return FAILED;
    }
    match hash(input) {
        Ok(hash) => print(hash),
        Err(error) => {
            say(error);
            USAGE
        }
    }
}

fn hash(input: Vec<u8>) -> anyhow::Result<String> {
    let text =
        String::from_utf8(input).map_err(|_| anyhow::anyhow!("the password is not UTF-8"))?;
    let password = text.trim_end_matches(['\r', '\n']);
    anyhow::ensure!(!password.is_empty(), "the password is empty");
    local::hash_password(&SecretString::from(password))
}
