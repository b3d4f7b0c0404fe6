//! Signing in: the page where people allow the client, and the codes and tokens that follow.

use serde_json::{Value, json};

use super::super::World;
use super::super::asked::{Answer, Asked};
use super::super::authorize::{self, back};
use super::super::pages;
use super::super::sign_in::{App, Tokens};

/// What the client may do is said where it is registered, whatever it asks for.
const SCOPES: &str = "account email repository:write";

/// An error of the token endpoint: its code and its sentence.
type Wrong = (&'static str, String);

/// Answers what is below `/site/oauth2/`.
pub(super) fn answer(world: &World, asked: &Asked) -> Answer {
    match (asked.method.as_str(), asked.uri.path()) {
        ("GET", "/site/oauth2/authorize") => {
            let refused = refused(world, |name| asked.query(name));
            refused.unwrap_or_else(|| Answer::page(200, pages::authorize(world, asked)))
        }
        ("POST", "/site/oauth2/authorize") => {
            let refused = refused(world, |name| asked.field(name));
            refused.unwrap_or_else(|| authorize::decided(world, asked, "The user denied access"))
        }
        ("POST", "/site/oauth2/access_token") => token(world, asked).unwrap_or_else(|wrong| {
            let (code, sentence) = wrong;
            let body = json!({ "error": code, "error_description": sentence });
            Answer::json(400, &body)
        }),
        _ => Answer::page(404, pages::message("Not found")),
    }
}

/// What is wrong with the way in, before anybody is asked. Only people who are sure to come back to
/// the client are sent there.
fn refused(world: &World, parameter: impl Fn(&str) -> Option<String>) -> Option<Answer> {
    if parameter("client_id").as_deref() != Some(world.client_id()) {
        return Some(Answer::page(400, pages::message("Invalid client_id")));
    }
    let redirect = parameter("redirect_uri");
    if redirect
        .as_ref()
        .is_some_and(|to| !authorize::is_registered(world, to, true))
    {
        return Some(Answer::page(400, pages::message("Invalid redirect_uri")));
    }
    let to = redirect.as_deref().unwrap_or(world.sign_ins.callback());
    let wrong = |code, sentence| {
        let pairs = [("error", code), ("error_description", sentence)];
        Some(back(to, &pairs, parameter("state")))
    };
    if parameter("response_type").as_deref() != Some("code") {
        return wrong(
            "unsupported_response_type",
            "The response_type must be code.",
        );
    }
    let method = parameter("code_challenge_method");
    if parameter("code_challenge").is_some() && method.as_deref() != Some("S256") {
        return wrong("invalid_request", "The code_challenge_method must be S256.");
    }
    None
}

/// `POST /site/oauth2/access_token`, by the client itself. Whatever is no form says nothing.
fn token(world: &World, asked: &Asked) -> Result<Answer, Wrong> {
    let kind = asked.header("content-type").unwrap_or_default();
    let is_form = kind.starts_with("application/x-www-form-urlencoded");
    let field = |name: &str| asked.field(name).filter(|_| is_form);
    let (id, secret) = asked.basic().unzip();
    if !world.sign_ins.is_client(id.as_deref(), secret.as_deref()) {
        return Err((
            "unauthorized_client",
            "Invalid OAuth client credentials".to_owned(),
        ));
    }
    let invalid = |sentence: &str| ("invalid_grant", sentence.to_owned());
    let grant_type = field("grant_type").unwrap_or_else(|| "None".to_owned());
    let tokens = match grant_type.as_str() {
        "authorization_code" => {
            let wrong = || invalid("The specified code is not valid.");
            let code = field("code").unwrap_or_default();
            let allowed = world.sign_ins.take_code(&code).ok_or_else(wrong)?;
            let elsewhere = field("redirect_uri").is_some_and(|to| Some(to) != allowed.redirect);
            if elsewhere || !authorize::proves(field("code_verifier").as_deref(), &allowed) {
                return Err(wrong());
            }
            world.sign_ins.grant(&allowed.login, &[])
        }
        "refresh_token" => {
            let tokens = world
                .sign_ins
                .refresh(&field("refresh_token").unwrap_or_default());
            tokens.ok_or_else(|| invalid("Invalid refresh_token"))?
        }
        _ => return Err(invalid(&format!("Unsupported grant type: {grant_type}"))),
    };
    Ok(Answer::json(200, &granted(world, &tokens, &grant_type)))
}

fn granted(world: &World, tokens: &Tokens, grant_type: &str) -> Value {
    let expires = match world.sign_ins.app() {
        App::Expiring { access_seconds, .. } => Some(access_seconds),
        App::OAuth => None,
    };
    json!({
        "access_token": tokens.access, "refresh_token": tokens.refresh, "token_type": "bearer",
        "expires_in": expires, "scopes": SCOPES, "state": grant_type,
    })
}
