//! What surrounds every call of the API: the token, the rate limit, the tag of the answer.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::World;
use super::super::asked::{Answer, Answered, Asked};
use super::super::callers::Caller;
use super::super::sign_in::{App, random};
use super::super::tags;
use super::{Api, GRAPHQL, errors};

/// Answers a call with what `act` makes of it.
pub(super) fn around(
    world: &World,
    asked: &Asked,
    resource: &str,
    act: impl FnOnce(&Api<'_>) -> Answered,
) -> Answer {
    if asked.header("user-agent").is_none_or(str::is_empty) {
        let message = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.";
        return Answer::of(403, "text/plain; charset=utf-8", message);
    }
    let Ok(caller) = Caller::of(world, asked) else {
        return errors::error(401, "Bad credentials");
    };
    let api = Api {
        world,
        asked,
        caller,
    };
    if let Some(refused) = exhausted(&api) {
        return limits(&api, resource, refused);
    }
    let answer = tagged(&api, act(&api).unwrap_or_else(|refused| refused));
    // An answer that says no more than "as before" is free.
    if let Some(caller) = api.caller.as_ref().filter(|_| answer.status != 304) {
        world.rates.count(&caller.person.login);
    }
    described(&api, limits(&api, resource, answer))
}

fn exhausted(api: &Api<'_>) -> Option<Answer> {
    let person = &api.caller.as_ref()?.person;
    if api.world.rates.of(&person.login).remaining > 0 {
        return None;
    }
    if api.asked.uri.path() == GRAPHQL {
        let message = format!("API rate limit exceeded for user ID {}.", person.id);
        let body =
            serde_json::json!({ "errors": [{ "type": "RATE_LIMITED", "message": message }] });
        return Some(Answer::json(200, &body));
    }
    Some(errors::primary(person.id))
}

fn limits(api: &Api<'_>, resource: &str, answer: Answer) -> Answer {
    let Some(caller) = &api.caller else {
        return answer;
    };
    let rate = api.world.rates.of(&caller.person.login);
    answer
        .with("x-ratelimit-limit", rate.limit.to_string())
        .with("x-ratelimit-remaining", rate.remaining.to_string())
        .with(
            "x-ratelimit-used",
            (rate.limit - rate.remaining).to_string(),
        )
        .with("x-ratelimit-reset", rate.reset.as_second().to_string())
        .with("x-ratelimit-resource", resource)
}

fn described(api: &Api<'_>, answer: Answer) -> Answer {
    let answer = answer
        .with("x-github-request-id", random("").to_uppercase())
        .with("x-github-enterprise-version", "3.19.0");
    match &api.caller {
        Some(caller) if api.world.sign_ins.app() == App::OAuth => {
            answer.with("x-oauth-scopes", caller.scopes.join(", "))
        }
        _ => answer,
    }
}

/// The tag of an answer differs by its content, by who asks, and by the form asked for.
fn tagged(api: &Api<'_>, answer: Answer) -> Answer {
    if api.asked.method != "GET" || answer.status != 200 {
        return answer;
    }
    let mut hash = digest::Context::new(&digest::SHA256);
    hash.update(&answer.body);
    hash.update(
        api.caller
            .as_ref()
            .map_or("", |caller| &caller.token)
            .as_bytes(),
    );
    hash.update(api.asked.header("accept").unwrap_or_default().as_bytes());
    let hash = hash.finish();
    let tag = format!("W/\"{}\"", STANDARD.encode(hash));
    tags::tagged(api.asked, answer, &tag)
        .with("cache-control", "private, max-age=60, s-maxage=60")
        .with("vary", "Accept, Authorization, Cookie, X-GitHub-OTP")
}
