//! Who calls.

use super::World;
use super::asked::Asked;
use super::people::Person;

/// Somebody with a good token.
pub(super) struct Caller {
    pub(super) person: Person,
    pub(super) token: String,
    pub(super) scopes: Vec<String>,
}

/// The token is good no more, or never was.
pub(super) struct NotKnown;

impl Caller {
    /// Who calls: without a token, nobody. What a client authenticates itself with is no token.
    pub(super) fn of(world: &World, asked: &Asked) -> Result<Option<Self>, NotKnown> {
        let Some(header) = asked.header("authorization") else {
            return Ok(None);
        };
        let (scheme, token) = header.split_once(' ').unwrap_or_default();
        if scheme.eq_ignore_ascii_case("basic") {
            return Ok(None);
        }
        let known = world.sign_ins.login(token);
        let person = known.and_then(|(login, scopes)| Some((world.people.find(&login)?, scopes)));
        let (person, scopes) = person.ok_or(NotKnown)?;
        Ok(Some(Self {
            person,
            token: token.to_owned(),
            scopes,
        }))
    }

    /// Their login, if they are known.
    pub(super) fn login(world: &World, asked: &Asked) -> Option<String> {
        let caller = Self::of(world, asked).ok().flatten();
        caller.map(|caller| caller.person.login)
    }
}
