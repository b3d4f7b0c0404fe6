//! Asking for a password: at a terminal without showing it, otherwise on standard input.

use std::io::{self, BufRead as _, IsTerminal as _};

use console::Term;
use secrecy::{ExposeSecret as _, SecretString};
use thiserror::Error;

/// In characters, as OWASP ASVS 5.0 has it in 6.2.1 and 6.2.9: no rule but length.
const SHORTEST: usize = 12;
/// In bytes; more is not hashed.
const LONGEST: usize = 1024;

/// Why there is no password.
#[derive(Debug, Error)]
pub(super) enum NoPassword {
    #[error("a password has at least {SHORTEST} characters")]
    Short,
    #[error("a password has at most {LONGEST} bytes")]
    Long,
    #[error("the two passwords are not the same")]
    Different,
    #[error("the password is not UTF-8")]
    Unreadable,
    #[error("the password cannot be read: {0}")]
    Input(#[from] io::Error),
}

/// Asks for a new password, twice at a terminal. Elsewhere it is the first line of standard input.
pub(super) fn new_password() -> Result<SecretString, NoPassword> {
    if !io::stdin().is_terminal() {
        return first_line(io::stdin().lock()).and_then(fit);
    }
    let first = fit(typed("New password: ")?)?;
    let again = typed("Once more: ")?;
    if again.expose_secret() == first.expose_secret() {
        Ok(first)
    } else {
        Err(NoPassword::Different)
    }
}

fn typed(prompt: &str) -> io::Result<SecretString> {
    let terminal = Term::stderr();
    terminal.write_str(prompt)?;
    terminal.read_secure_line().map(Into::into)
}

fn first_line(input: impl io::BufRead) -> Result<SecretString, NoPassword> {
    let mut line = Vec::new();
    let most = u64::try_from(LONGEST + "\r\n".len() + 1).unwrap_or(u64::MAX);
    input.take(most).read_until(b'\n', &mut line)?;
    let line = String::from_utf8(line).map_err(|_| NoPassword::Unreadable)?;
    Ok(line.trim_end_matches(['\r', '\n']).into())
}

fn fit(password: SecretString) -> Result<SecretString, NoPassword> {
    let text = password.expose_secret();
    if text.len() > LONGEST {
        Err(NoPassword::Long)
    } else if text.chars().count() < SHORTEST {
        Err(NoPassword::Short)
    } else {
        Ok(password)
    }
}
