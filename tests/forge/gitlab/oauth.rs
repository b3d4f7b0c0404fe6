//! Signing in, as RFC 6749 has it: the page where people allow the client, and the tokens.

use serde_json::{Value, json};

use super::super::World;
use super::super::asked::{Answer, Asked};
use super::super::authorize::{self, back};
use super::super::pages;
use super::super::sign_in::{App, Tokens};
use super::device;

/// What the client may ask for.
const SCOPES: [&str; 8] = [
    "api",
    "read_api",
    "read_user",
    "read_repository",
    "write_repository",
    "openid",
    "profile",
    "email",
];

/// An error of the token endpoint: its status, its code and its sentence.
pub(super) type Wrong = (u16, &'static str, &'static str);

const NO_CLIENT: Wrong = (
    401,
    "invalid_client",
    "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.",
);
const NO_GRANT: Wrong = (
    400,
    "invalid_grant",
    "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.",
);

/// Answers what is below `/gitlab/` and not of the API.
pub(super) fn answer(world: &World, asked: &Asked) -> Answer {
    match (asked.method.as_str(), asked.uri.path()) {
        ("GET", "/gitlab/oauth/authorize") => page(world, asked),
        ("POST", "/gitlab/oauth/authorize") => decided(world, asked),
        ("POST", "/gitlab/oauth/token") => told(token(world, asked)),
        ("POST", "/gitlab/oauth/revoke") => told(revoke(world, asked)),
        ("POST", "/gitlab/oauth/authorize_device") => told(device::code(world, asked)),
        ("GET", "/gitlab/oauth/device") => Answer::page(200, pages::device(world, asked)),
        ("POST", "/gitlab/oauth/device") => authorize::decided_device(world, asked),
        _ => Answer::page(404, pages::message("Page not found")),
    }
}

fn told(outcome: Result<Value, Wrong>) -> Answer {
    match outcome {
        Ok(body) => Answer::json(200, &body),
        Err((status, code, sentence)) => {
            let body = json!({ "error": code, "error_description": sentence });
            Answer::json(status, &body)
        }
    }
    .with("cache-control", "no-store")
}

fn page(world: &World, asked: &Asked) -> Answer {
    let refused = refused(world, |name| asked.query(name));
    refused.unwrap_or_else(|| Answer::page(200, pages::authorize(world, asked)))
}

/// The form was sent: somebody allows the client, or does not.
fn decided(world: &World, asked: &Asked) -> Answer {
    let parameter = |name: &str| asked.field(name).filter(|value| !value.is_empty());
    let denial = "The resource owner or authorization server denied the request.";
    let refused = refused(world, parameter);
    refused.unwrap_or_else(|| authorize::decided(world, asked, denial))
}

/// What is wrong with the way in, before anybody is asked. The address to be sent back to is to be
/// the registered one and no other.
fn refused(world: &World, parameter: impl Fn(&str) -> Option<String>) -> Option<Answer> {
    if parameter("client_id").as_deref() != Some(world.client_id()) {
        return Some(Answer::page(401, pages::message(NO_CLIENT.2)));
    }
    let redirect = parameter("redirect_uri").unwrap_or_default();
    if !authorize::is_registered(world, &redirect, false) {
        let sentence = "The redirect URI included is not valid.";
        return Some(Answer::page(400, pages::message(sentence)));
    }
    let scopes = authorize::scopes(parameter("scope"));
    let known = scopes.iter().all(|scope| SCOPES.contains(&scope.as_str()));
    let method = parameter("code_challenge_method");
    let challenged = parameter("code_challenge").is_some();
    let wrong = if parameter("response_type").as_deref() != Some("code") {
        (
            "unsupported_response_type",
            "The authorization server does not support this response type.",
        )
    } else if !known {
        (
            "invalid_scope",
            "The requested scope is invalid, unknown, or malformed.",
        )
    } else if challenged && method.as_deref() != Some("S256") {
        (
            "invalid_code_challenge_method",
            "The code challenge method must be plain or S256.",
        )
    } else {
        return None;
    };
    let pairs = [("error", wrong.0), ("error_description", wrong.1)];
    Some(back(&redirect, &pairs, parameter("state")))
}

/// `POST /oauth/token`
fn token(world: &World, asked: &Asked) -> Result<Value, Wrong> {
    let field = |name: &str| asked.field(name).unwrap_or_default();
    if field("grant_type") == device::GRANT_TYPE {
        return Ok(granted(world, &device::poll(world, asked)?));
    }
    is_client(world, asked)?;
    let tokens = match field("grant_type").as_str() {
        "refresh_token" => world.sign_ins.refresh(&field("refresh_token")),
        "authorization_code" => {
            let allowed = world.sign_ins.take_code(&field("code")).ok_or(NO_GRANT)?;
            let verifier = asked.field("code_verifier");
            let proven = authorize::proves(verifier.as_deref(), &allowed);
            let same = asked.field("redirect_uri") == allowed.redirect;
            (proven && same).then(|| world.sign_ins.grant(&allowed.login, &allowed.scopes))
        }
        _ => {
            let sentence =
                "The authorization grant type is not supported by the authorization server.";
            return Err((400, "unsupported_grant_type", sentence));
        }
    };
    Ok(granted(world, &tokens.ok_or(NO_GRANT)?))
}

/// The client names itself in the body or in the header.
fn is_client(world: &World, asked: &Asked) -> Result<(), Wrong> {
    let (id, secret) = match asked.basic() {
        Some((id, secret)) => (Some(id), Some(secret)),
        None => (asked.field("client_id"), asked.field("client_secret")),
    };
    let is = world.sign_ins.is_client(id.as_deref(), secret.as_deref());
    is.then_some(()).ok_or(NO_CLIENT)
}

/// `POST /oauth/revoke` (RFC 7009): also of a token that is good no more.
fn revoke(world: &World, asked: &Asked) -> Result<Value, Wrong> {
    let sentence = "You are not authorized to revoke this token";
    is_client(world, asked).map_err(|_| (403, "unauthorized_client", sentence))?;
    world
        .sign_ins
        .revoke(&asked.field("token").unwrap_or_default());
    Ok(json!({}))
}

fn granted(world: &World, tokens: &Tokens) -> Value {
    let mut body = json!({
        "access_token": tokens.access, "token_type": "Bearer", "scope": tokens.scopes.join(" "),
        "created_at": world.clock.now().as_second(),
    });
    if let App::Expiring { access_seconds, .. } = world.sign_ins.app() {
        body["expires_in"] = access_seconds.into();
        body["refresh_token"] = tokens.refresh.clone().into();
    }
    body
}
