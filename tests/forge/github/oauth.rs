//! Signing in: the page where people allow the client, and the codes and tokens that follow.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use url::{Url, form_urlencoded};

use super::super::World;
use super::super::asked::{Answer, Asked};
use super::super::sign_in::{Allowed, App, Tokens};
use super::{device, pages};

/// What the page hands on from its address to its form.
pub(super) const PARAMETERS: [&str; 6] = [
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];

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
        ("POST", "/login/device") => device::decided(world, asked),
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
    if redirect.as_ref().is_some_and(|to| !registered(world, to)) {
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

/// Whether somebody may be sent there: where the client is registered, or below it; on a loopback
/// address the port is free.
fn registered(world: &World, redirect: &str) -> bool {
    let callback = Url::parse(world.sign_ins.callback()).expect("the callback is an address");
    let Ok(redirect) = Url::parse(redirect) else {
        return false;
    };
    let loopback = |url: &Url| matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let port =
        loopback(&callback) || redirect.port_or_known_default() == callback.port_or_known_default();
    let host =
        redirect.host_str() == callback.host_str() || (loopback(&callback) && loopback(&redirect));
    redirect.scheme() == callback.scheme()
        && host
        && port
        && redirect.path().starts_with(callback.path())
}

/// The form was sent: somebody allows the client, or does not.
fn decided(world: &World, asked: &Asked) -> Answer {
    let parameter = |name: &str| asked.field(name).filter(|value| !value.is_empty());
    if let Some(refused) = refused(world, &parameter) {
        return refused;
    }
    let redirect = parameter("redirect_uri");
    let to = redirect.clone();
    let to = to.unwrap_or_else(|| world.sign_ins.callback().to_owned());
    let person = parameter("login").and_then(|login| world.people.find(&login));
    let state = parameter("state");
    let allows = parameter("decision").as_deref() == Some("authorize");
    let Some(person) = person.filter(|_| allows) else {
        let sentence = "The user has denied your application access.";
        let pairs = [("error", "access_denied"), ("error_description", sentence)];
        return back(&to, &pairs, state);
    };
    let code = world.sign_ins.code(Allowed {
        login: person.login,
        scopes: scopes(parameter("scope")),
        redirect,
        challenge: parameter("code_challenge"),
    });
    back(&to, &[("code", &code)], state)
}

/// Scopes are asked for with spaces or commas between them.
pub(super) fn scopes(asked: Option<String>) -> Vec<String> {
    let asked = asked.unwrap_or_default();
    let scopes = asked.split([' ', ',']).filter(|scope| !scope.is_empty());
    scopes.map(ToOwned::to_owned).collect()
}

fn back(to: &str, pairs: &[(&str, &str)], state: Option<String>) -> Answer {
    let mut to = Url::parse(to).expect("it was looked at before");
    to.query_pairs_mut().extend_pairs(pairs);
    if let Some(state) = state {
        to.query_pairs_mut().append_pair("state", &state);
    }
    Answer::empty(302).with("location", to.as_str())
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
            let proof = field("code_verifier").map(|verifier| challenge(&verifier));
            if allowed.challenge.is_some() && allowed.challenge != proof {
                return Err(wrong);
            }
            let tokens = world.sign_ins.grant(&allowed.login, &allowed.scopes);
            Ok(granted(world, &tokens))
        }
        _ => Err(("unsupported_grant_type", "The grant type is not supported.")),
    }
}

fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()))
}

fn granted(world: &World, tokens: &Tokens) -> Value {
    match world.sign_ins.app() {
        App::OAuth => json!({
            "access_token": tokens.access, "scope": tokens.scopes.join(","), "token_type": "bearer",
        }),
        App::GitHub {
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
