//! Allowing the client to act for somebody: what is the same on every host's page for it.

use aws_lc_rs::digest::{SHA256, digest};
use axum::http::{HeaderMap, Method};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::{Url, form_urlencoded};

use super::asked::{Answer, Asked};
use super::sign_in::Allowed;
use super::{World, pages};

/// What the page hands on from its address to its form.
pub(super) const PARAMETERS: [&str; 7] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];

/// What a browser is sent to when its person decides on the page at `address`; without a login,
/// against the client.
pub(super) fn decide(world: &World, address: &Url, login: Option<&str>) -> Url {
    let query = address.query_pairs().into_owned();
    let decision = if login.is_some() {
        "authorize"
    } else {
        "cancel"
    };
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .append_pair("login", login.unwrap_or_default())
        .append_pair("decision", decision)
        .finish();
    let asked = Asked {
        method: Method::POST,
        uri: address.path().parse().expect("a path is an address"),
        headers: HeaderMap::new(),
        body: form.into(),
        between: None,
    };
    let answer = (world.dialect.speech().answer)(world, &asked);
    let location = answer
        .headers
        .into_iter()
        .find(|(name, _)| name == "location");
    let (_, location) = location.expect("the page sends every browser on");
    location.parse().expect("it is an address")
}

/// Whether somebody may be sent there: where the client is registered, or, where the host allows
/// that, `below` it. On a loopback address the port is free.
pub(super) fn is_registered(world: &World, redirect: &str, below: bool) -> bool {
    let callback = Url::parse(world.sign_ins.callback()).expect("the callback is an address");
    let Ok(redirect) = Url::parse(redirect) else {
        return false;
    };
    let loopback = |url: &Url| matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let port =
        loopback(&callback) || redirect.port_or_known_default() == callback.port_or_known_default();
    let host =
        redirect.host_str() == callback.host_str() || (loopback(&callback) && loopback(&redirect));
    let path = redirect.path() == callback.path()
        || (below && redirect.path().starts_with(callback.path()));
    redirect.scheme() == callback.scheme() && host && port && path
}

/// The form was sent: somebody allows the client, or does not, which the host says with `denial`.
pub(super) fn decided(world: &World, asked: &Asked, denial: &str) -> Answer {
    let parameter = |name: &str| asked.field(name).filter(|value| !value.is_empty());
    let redirect = parameter("redirect_uri");
    let to = redirect.clone();
    let to = to.unwrap_or_else(|| world.sign_ins.callback().to_owned());
    let person = parameter("login").and_then(|login| world.people.find(&login));
    let state = parameter("state");
    let allows = parameter("decision").as_deref() == Some("authorize");
    let Some(person) = person.filter(|_| allows) else {
        let pairs = [("error", "access_denied"), ("error_description", denial)];
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

/// Sends a browser back to the client.
pub(super) fn back(to: &str, pairs: &[(&str, &str)], state: Option<String>) -> Answer {
    let mut to = Url::parse(to).expect("it was looked at before");
    to.query_pairs_mut().extend_pairs(pairs);
    if let Some(state) = state {
        to.query_pairs_mut().append_pair("state", &state);
    }
    Answer::empty(302).with("location", to.as_str())
}

/// Scopes are asked for with spaces or commas between them.
pub(super) fn scopes(asked: Option<String>) -> Vec<String> {
    let asked = asked.unwrap_or_default();
    let scopes = asked.split([' ', ',']).filter(|scope| !scope.is_empty());
    scopes.map(ToOwned::to_owned).collect()
}

/// Whether the verifier proves that it is the same client which sent the challenge.
pub(super) fn proves(verifier: Option<&str>, allowed: &Allowed) -> bool {
    let proof =
        verifier.map(|verifier| URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())));
    allowed.challenge.is_none() || allowed.challenge == proof
}

/// The form that a device leads to was sent: somebody allows it, or does not.
pub(super) fn decided_device(world: &World, asked: &Asked) -> Answer {
    let field = |name: &str| asked.field(name).unwrap_or_default();
    let person = world.people.find(&field("login"));
    let login = person.filter(|_| field("decision") == "authorize");
    let login = login.map(|person| person.login);
    if world.devices.decide(&field("user_code"), login) {
        return Answer::page(200, pages::message("Your device has its answer."));
    }
    Answer::page(404, pages::message("There is no such code."))
}
