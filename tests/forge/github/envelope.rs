//! What surrounds every call of the API: the token, the rate limit, the tag of the answer.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::World;
use super::super::asked::{Answer, Answered, Asked};
use super::super::sign_in::{App, random};
use super::{Api, Caller, GRAPHQL, errors};

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
    let caller = match caller(world, asked) {
        Ok(caller) => caller,
        Err(refused) => return refused,
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

/// Who calls; a token that is not good is refused wherever it is sent.
pub(super) fn caller(world: &World, asked: &Asked) -> Result<Option<Caller>, Answer> {
    let Some(header) = asked.header("authorization") else {
        return Ok(None);
    };
    let (scheme, token) = header.split_once(' ').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("basic") {
        return Ok(None);
    }
    let known = world.sign_ins.login(token);
    let person = known.and_then(|(login, scopes)| Some((world.people.find(&login)?, scopes)));
    let (person, scopes) = person.ok_or_else(|| errors::error(401, "Bad credentials"))?;
    Ok(Some(Caller {
        person,
        token: token.to_owned(),
        scopes,
    }))
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
    let known = api.asked.header("if-none-match").unwrap_or_default();
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let same = known.split(',').any(|one| bare(one) == bare(&tag));
    let answer = if same { Answer::empty(304) } else { answer };
    answer
        .with("etag", tag)
        .with("cache-control", "private, max-age=60, s-maxage=60")
        .with("vary", "Accept, Authorization, Cookie, X-GitHub-OTP")
}
