//! What surrounds every call of the API: the token, and the hour's calls.

use super::super::World;
use super::super::asked::{Answer, Answered, Asked};
use super::super::callers::Caller;
use super::{Api, errors};

/// Answers a call with what `act` makes of it. Every call counts, and no header says so.
pub(super) fn around(
    world: &World,
    asked: &Asked,
    act: impl FnOnce(&Api<'_>) -> Answered,
) -> Answer {
    let Ok(caller) = Caller::of(world, asked) else {
        let message = "Token is invalid, expired, or not supported for this endpoint.";
        return errors::error(401, message);
    };
    let caller = caller.map(|caller| caller.person);
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
