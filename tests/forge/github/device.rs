//! The device flow: a code is shown in one place and entered in another.

use serde_json::{Value, json};

use super::super::World;
use super::super::asked::Asked;
use super::super::authorize::scopes;
use super::super::devices::Poll;
use super::super::sign_in::Tokens;
use super::oauth::Wrong;

/// How the token endpoint is told of a device.
pub(super) const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// `POST /login/device/code`
pub(super) fn code(world: &World, asked: &Asked) -> Result<Value, Wrong> {
    if asked.field("client_id").as_deref() != Some(world.client_id()) {
        return Err(("Not Found", "There is no such client."));
    }
    let begun = world.devices.begin(scopes(asked.field("scope")));
    Ok(json!({
        "device_code": begun.device_code, "user_code": begun.user_code,
        "verification_uri": format!("{}login/device", world.url),
        "expires_in": begun.seconds, "interval": begun.interval,
    }))
}

/// The device asks whether somebody has allowed it.
pub(super) fn poll(world: &World, asked: &Asked) -> Result<Tokens, Wrong> {
    if asked.field("client_id").as_deref() != Some(world.client_id()) {
        let sentence = "The client_id and/or client_secret passed are incorrect.";
        return Err(("incorrect_client_credentials", sentence));
    }
    let code = asked.field("device_code").unwrap_or_default();
    match world.devices.poll(&code) {
        Poll::Allowed { login, scopes } => Ok(world.sign_ins.grant(&login, &scopes)),
        Poll::Pending => Err((
            "authorization_pending",
            "The authorization request is still pending.",
        )),
        Poll::TooSoon => Err((
            "slow_down",
            "Too many requests have been made in the same timeframe.",
        )),
        Poll::Denied => Err(("access_denied", "The authorization request was denied.")),
        Poll::Expired => Err(("expired_token", "The `device_code` has expired.")),
        Poll::Unknown => Err((
            "incorrect_device_code",
            "The device_code provided is not valid.",
        )),
    }
}
