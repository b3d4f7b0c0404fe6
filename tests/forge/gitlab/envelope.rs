//! What surrounds every call of the API: the token, the rate limit, the tag of the answer.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::World;
use super::super::asked::{Answer, Answered, Asked};
use super::super::callers::Caller;
use super::super::graphql;
use super::super::sign_in::random;
use super::super::tags;
use super::{Api, GRAPHQL, REST, errors};

/// Answers a call with what `act` makes of it.
pub(super) fn around(
    world: &World,
    asked: &Asked,
    act: impl FnOnce(&Api<'_>) -> Answered,
) -> Answer {
    let Ok(caller) = Caller::of(world, asked) else {
        return unknown(world, asked);
    };
    let api = Api {
        world,
        asked,
        caller,
    };
    let answer = refused(&api).unwrap_or_else(|| {
        if let Some(caller) = &api.caller {
            world.rates.count(&caller.person.login);
        }
        tagged(asked, act(&api).unwrap_or_else(|refused| refused))
    });
    limits(&api, answer).with("x-request-id", random("").to_uppercase())
}

fn unknown(world: &World, asked: &Asked) -> Answer {
    if asked.uri.path() == GRAPHQL {
        let body = graphql::wrong("Invalid token").body;
        return Answer::of(401, "application/json; charset=utf-8", body);
    }
    let header = asked.header("authorization").unwrap_or_default();
    let (_, token) = header.split_once(' ').unwrap_or_default();
    errors::unauthorized(world.sign_ins.has_expired(token))
}

/// Why the call is not looked at: there are too many, or the token is for something else.
fn refused(api: &Api<'_>) -> Option<Answer> {
    let caller = api.caller.as_ref()?;
    let rate = api.world.rates.of(&caller.person.login);
    if rate.remaining == 0 {
        let seconds = rate.reset.as_second() - api.world.clock.now().as_second();
        return Some(errors::too_many().with("retry-after", seconds.max(1).to_string()));
    }
    let has = |scope: &str| caller.scopes.iter().any(|one| one == scope);
    let path = api.asked.uri.path();
    let reads = matches!(api.asked.method.as_str(), "GET" | "HEAD") || path == GRAPHQL;
    let own = path.strip_prefix(REST) == Some("user");
    let fits = has("api") || (reads && has("read_api")) || (own && has("read_user"));
    let needed = if reads { "api read_api" } else { "api" };
    (!fits).then(|| errors::insufficient_scope(needed))
}

/// The list of projects does not say how much its caller has left.
fn limits(api: &Api<'_>, answer: Answer) -> Answer {
    let unsaid = api.asked.uri.path().strip_prefix(REST) == Some("projects");
    let Some(caller) = api.caller.as_ref().filter(|_| !unsaid) else {
        return answer;
    };
    let rate = api.world.rates.of(&caller.person.login);
    let observed = rate.limit - rate.remaining;
    let headers = [
        ("ratelimit-limit", rate.limit.to_string()),
        ("ratelimit-name", "throttle_authenticated_api".to_owned()),
        ("ratelimit-observed", observed.to_string()),
        ("ratelimit-remaining", rate.remaining.to_string()),
        ("ratelimit-reset", rate.reset.as_second().to_string()),
    ];
    let said = |answer: &Answer, name: &str| answer.headers.iter().any(|(one, _)| one == name);
    headers.into_iter().fold(answer, |answer, (name, value)| {
        if said(&answer, name) {
            answer
        } else {
            answer.with(name, value)
        }
    })
}

/// JSON has a tag, which differs by nothing but its content.
fn tagged(asked: &Asked, answer: Answer) -> Answer {
    let json = answer
        .headers
        .iter()
        .any(|(name, value)| name == "content-type" && value.starts_with("application/json"));
    if asked.method != "GET" || answer.status != 200 || !json {
        return answer;
    }
    let hash = digest::digest(&digest::SHA256, &answer.body);
    let tag = format!("W/\"{}\"", STANDARD.encode(hash));
    tags::tagged(asked, answer, &tag)
        .with("cache-control", "max-age=0, private, must-revalidate")
        .with("vary", "Origin")
}
