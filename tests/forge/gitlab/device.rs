//! The device flow (RFC 8628): a code is shown in one place and entered in another.

use serde_json::{Value, json};

use super::super::World;
use super::super::asked::Asked;
use super::super::authorize::scopes;
use super::super::devices::Poll;
use super::super::sign_in::Tokens;
use super::oauth::Wrong;

/// How the token endpoint is told of a device.
pub(super) const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// `POST /oauth/authorize_device`
pub(super) fn code(world: &World, asked: &Asked) -> Result<Value, Wrong> {
    known(world, asked)?;
    let begun = world.devices.begin(scopes(asked.field("scope")));
    let page = format!("{}oauth/device", world.url);
    Ok(json!({
        "device_code": begun.device_code, "user_code": begun.user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={}", begun.user_code),
        "expires_in": begun.seconds, "interval": begun.interval,
    }))
}

fn known(world: &World, asked: &Asked) -> Result<(), Wrong> {
    let known = asked.field("client_id").as_deref() == Some(world.client_id());
    let sentence = "Client authentication failed due to unknown client.";
    known.then_some(()).ok_or((401, "invalid_client", sentence))
}

/// The device asks whether somebody has allowed it.
pub(super) fn poll(world: &World, asked: &Asked) -> Result<Tokens, Wrong> {
    known(world, asked)?;
    let code = asked.field("device_code").unwrap_or_default();
    let (code, sentence) = match world.devices.poll(&code) {
        Poll::Allowed { login, scopes } => return Ok(world.sign_ins.grant(&login, &scopes)),
        Poll::Pending => (
            "authorization_pending",
            "The authorization request is still pending.",
        ),
        Poll::TooSoon => ("slow_down", "The client is polling too quickly."),
        Poll::Denied => ("access_denied", "The authorization request was denied."),
        Poll::Expired => ("expired_token", "The device code has expired."),
        Poll::Unknown => ("invalid_grant", "The device code is not valid."),
    };
    Err((400, code, sentence))
}
