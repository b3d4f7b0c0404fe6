//! Signing in: the page where people allow the client, and the codes and tokens that follow.

use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::super::World;
use super::super::asked::{Answer, Asked};
use super::super::authorize::{self, back};
use super::super::pages;
use super::super::sign_in::{App, Tokens};
use super::device;

const MISMATCH: &str =
    "The redirect_uri MUST match the registered callback URL for this application.";

/// An error of the token endpoint: its code and its sentence.
pub(super) type Wrong = (&'static str, &'static str);

/// Answers what is below `/login`.
pub(super) fn answer(world: &World, asked: &Asked) -> Answer {
    match (asked.method.as_str(), asked.uri.path()) {
        ("GET", "/login/oauth/authorize") => page(world, asked),
        ("POST", "/login/oauth/authorize") => decided(world, asked),
        ("POST", "/login/oauth/access_token") => {
            let outcome = token(world, asked);
            encoded(asked, &outcome.unwrap_or_else(|wrong| error(&wrong)))
        }
        ("POST", "/login/device/code") => {
            let outcome = device::code(world, asked);
            encoded(asked, &outcome.unwrap_or_else(|wrong| error(&wrong)))
        }
        ("GET", "/login/device") => Answer::page(200, pages::device(world, asked)),
        ("POST", "/login/device") => authorize::decided_device(world, asked),
        _ => Answer::page(404, pages::message("Not found")),
    }
}

fn page(world: &World, asked: &Asked) -> Answer {
    let parameter = |name: &str| asked.query(name);
    if let Some(refused) = refused(world, &parameter) {
        return refused;
    }
    Answer::page(200, pages::authorize(world, asked))
}

/// What is wrong with the way in, before anybody is asked.
fn refused(world: &World, parameter: &impl Fn(&str) -> Option<String>) -> Option<Answer> {
    if parameter("client_id").as_deref() != Some(world.client_id()) {
        return Some(Answer::page(404, pages::message("Not found")));
    }
    let state = parameter("state");
    let redirect = parameter("redirect_uri");
    if redirect
        .as_ref()
        .is_some_and(|to| !authorize::is_registered(world, to, true))
    {
        let to = world.sign_ins.callback();
        return Some(back(
            to,
            &[
                ("error", "redirect_uri_mismatch"),
                ("error_description", MISMATCH),
            ],
            state,
        ));
    }
    let method = parameter("code_challenge_method");
    if parameter("code_challenge").is_some() && method.as_deref() != Some("S256") {
        let to = redirect.as_deref().unwrap_or(world.sign_ins.callback());
        let sentence = "The code_challenge_method must be S256.";
        return Some(back(
            to,
            &[
                ("error", "invalid_request"),
                ("error_description", sentence),
            ],
            state,
        ));
    }
    None
}

/// The form was sent: somebody allows the client, or does not.
fn decided(world: &World, asked: &Asked) -> Answer {
    let parameter = |name: &str| asked.field(name).filter(|value| !value.is_empty());
    if let Some(refused) = refused(world, &parameter) {
        return refused;
    }
    authorize::decided(world, asked, "The user has denied your application access.")
}

/// `POST /login/oauth/access_token`
fn token(world: &World, asked: &Asked) -> Result<Value, Wrong> {
    let field = |name: &str| asked.field(name);
    let grant_type = field("grant_type").unwrap_or_default();
    if grant_type == device::GRANT_TYPE {
        return Ok(granted(world, &device::poll(world, asked)?));
    }
    let (id, secret) = (field("client_id"), field("client_secret"));
    if !world.sign_ins.is_client(id.as_deref(), secret.as_deref()) {
        let sentence = "The client_id and/or client_secret passed are incorrect.";
        return Err(("incorrect_client_credentials", sentence));
    }
    match grant_type.as_str() {
        "refresh_token" => {
            let tokens = world
                .sign_ins
                .refresh(&field("refresh_token").unwrap_or_default());
            let sentence = "The refresh token passed is incorrect or expired.";
            Ok(granted(
                world,
                &tokens.ok_or(("bad_refresh_token", sentence))?,
            ))
        }
        "" | "authorization_code" => {
            let sentence = "The code passed is incorrect or expired.";
            let wrong = ("bad_verification_code", sentence);
            let allowed = world.sign_ins.take_code(&field("code").unwrap_or_default());
            let allowed = allowed.ok_or(wrong)?;
            if field("redirect_uri").is_some_and(|to| Some(to) != allowed.redirect) {
                return Err(("redirect_uri_mismatch", MISMATCH));
            }
            if !authorize::proves(field("code_verifier").as_deref(), &allowed) {
                return Err(wrong);
            }
            let tokens = world.sign_ins.grant(&allowed.login, &allowed.scopes);
            Ok(granted(world, &tokens))
        }
        _ => Err(("unsupported_grant_type", "The grant type is not supported.")),
    }
}

fn granted(world: &World, tokens: &Tokens) -> Value {
    match world.sign_ins.app() {
        App::OAuth => json!({
            "access_token": tokens.access, "scope": tokens.scopes.join(","), "token_type": "bearer",
        }),
        App::Expiring {
            access_seconds,
            refresh_seconds,
        } => json!({
            "access_token": tokens.access, "expires_in": access_seconds,
            "refresh_token": tokens.refresh, "refresh_token_expires_in": refresh_seconds,
            "scope": "", "token_type": "bearer",
        }),
    }
}

fn error((code, sentence): &Wrong) -> Value {
    let uri = "https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors";
    json!({ "error": code, "error_description": sentence, "error_uri": uri })
}

/// A form, unless JSON is asked for; errors come with status 200 as well.
fn encoded(asked: &Asked, body: &Value) -> Answer {
    let accept = asked.header("accept").unwrap_or_default();
    if accept.contains("application/json") {
        return Answer::json(200, body);
    }
    let empty = Map::new();
    let pairs = body.as_object().unwrap_or(&empty).iter();
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), ToOwned::to_owned)
    };
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs.map(|(name, value)| (name, text(value))))
        .finish();
    Answer::of(
        200,
        "application/x-www-form-urlencoded; charset=utf-8",
        form,
    )
}
