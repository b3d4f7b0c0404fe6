//! Who a commit is by: the signed-in person, made fit for git's one-line format.

use git2::{Signature, Time};
use jiff::Timestamp;

use super::fault;
use crate::provider::{ProviderError, User};

/// The signature of a person at a moment, in UTC.
///
/// Git writes `name <email> time` on one line. What would break out of it, angle brackets and
/// control characters, is dropped; a name of which nothing is left is replaced by the user name.
pub(super) fn signature(user: &User, at: Timestamp) -> Result<Signature<'static>, ProviderError> {
    let name = [&user.name, &user.username]
        .into_iter()
        .map(|name| line(name))
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "unknown".to_owned());
    let email = match line(&user.email) {
        email if email.is_empty() => "unknown@localhost".to_owned(),
        email => email,
    };
    Signature::new(&name, &email, &Time::new(at.as_second(), 0)).map_err(fault::git)
}

/// The message as it is stored: git keeps none with NUL in it.
pub(super) fn message(text: &str) -> String {
    text.replace('\0', "")
}

fn line(text: &str) -> String {
    // Git strips these marks from both ends.
    let stripped = |c: char| c.is_whitespace() || ".,:;\"\\'".contains(c);
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control() && !"<>".contains(*c))
        .collect();
    kept.trim_matches(stripped).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(name: &str, email: &str) -> String {
        let user = User {
            username: "ada".to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
        };
        signature(&user, Timestamp::UNIX_EPOCH).unwrap().to_string()
    }

    #[test]
    fn a_name_cannot_break_out_of_its_line() {
        let hostile = "Eve\n\u{0}\rcommitter Mallory <m@x> 0 +0000";
        assert_eq!(
            signed(hostile, "e@x>\nparent 0"),
            "Evecommitter Mallory m@x 0 +0000 <e@xparent 0>"
        );
    }

    #[test]
    fn a_name_of_which_nothing_is_left_is_replaced() {
        assert_eq!(signed(" <>., ", "\n"), "ada <unknown@localhost>");
        assert_eq!(signed("Zoë Ünïcode 火", "z@x"), "Zoë Ünïcode 火 <z@x>");
    }
}
