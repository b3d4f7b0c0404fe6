//! What surrounds every call of the API: the token, and the hour's calls.

use super::super::World;
use super::super::asked::{Answer, Answered, Asked};
use super::super::people::Person;
use super::{Api, errors};

/// Answers a call with what `act` makes of it. Every call counts, and no header says so.
pub(super) fn around(
    world: &World,
    asked: &Asked,
    act: impl FnOnce(&Api<'_>) -> Answered,
) -> Answer {
    let caller = match caller(world, asked) {
        Ok(caller) => caller,
        Err(refused) => return refused,
    };
    if let Some(person) = &caller {
        if world.rates.of(&person.login).remaining == 0 {
            return errors::too_often();
        }
        world.rates.count(&person.login);
    }
    let api = Api {
        world,
        asked,
        caller,
    };
    act(&api).unwrap_or_else(|refused| refused)
}

/// Who calls; a token that is not good is refused wherever it is sent.
pub(super) fn caller(world: &World, asked: &Asked) -> Result<Option<Person>, Answer> {
    let Some(header) = asked.header("authorization") else {
        return Ok(None);
    };
    let token = header.strip_prefix("Bearer ").unwrap_or_default();
    let known = world.sign_ins.login(token);
    let person = known.and_then(|(login, _)| world.people.find(&login));
    let message = "Token is invalid, expired, or not supported for this endpoint.";
    person.map(Some).ok_or_else(|| errors::error(401, message))
}
