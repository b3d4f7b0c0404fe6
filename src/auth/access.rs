//! Access tokens: JWTs that the Threat Dragon browser app can read.
//!
//! That app decodes the middle part with `atob`, which knows neither `-` nor `_` and yields one
//! character for each byte. The body is therefore written as pure ASCII, in which base64url's two
//! special characters can only come from `>`, `?`, `~` and DEL: these are escaped as well.

use std::fmt::Write as _;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::oauth::Grant;
use super::proof::{Proof, Proven};
use super::renewal::MARGIN;
use super::vault::{Purpose, Vault};
use super::{Session, SignInId};

/// Who writes these tokens and who reads them. That they are constants does no harm: servers that
/// share a key are replicas of one another, and the key, not the name, says whose a token is. They
/// keep these tokens apart from whatever else the same key may sign one day.
const ISSUER: &str = "wyvern";
const AUDIENCE: &str = "wyvern api";
/// The longest token that is looked at, in bytes.
const TOKEN_MAX: usize = 16 * 1024;
/// How far the clocks of two replicas may differ, in seconds.
const SKEW: i64 = 60;

/// The body. `provider` has one member, named for the provider, that holds the sealed credential.
#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    provider: serde_json::Map<String, serde_json::Value>,
    user: ClaimedUser,
    sid: String,
    jti: String,
    iat: i64,
    exp: i64,
}

#[derive(Serialize, Deserialize)]
struct ClaimedUser {
    username: String,
}

/// When an access token ends that is written now: before what the provider gave does, so that
/// nobody finds that out in the middle of their work. In the provider's last minute only that end
/// is left.
pub(super) fn ends(who: &Proven, now: Timestamp, life: Duration) -> Timestamp {
    let own = now + life;
    match who.grant().and_then(|grant| grant.expires) {
        None => own,
        Some(expires) if expires - MARGIN > now => own.min(expires - MARGIN),
        Some(expires) => own.min(expires),
    }
}

/// Writes the access token of a sign-in.
pub(super) fn write(
    vault: &Vault,
    id: &SignInId,
    who: &Proven,
    [now, until]: [Timestamp; 2],
) -> String {
    let sealed = serde_json::to_vec(&without_renewal(who)).expect("plain text always writes");
    let sealed = vault.seal(Purpose::Credential(id.as_str()), &sealed);
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        provider: [(who.provider.to_string(), sealed.into())]
            .into_iter()
            .collect(),
        user: ClaimedUser {
            username: who.username.clone(),
        },
        sid: id.as_str().to_owned(),
        jti: crate::random::text::<16>(),
        iat: now.as_second(),
        exp: until.as_second(),
    };
    let body = serde_json::to_string(&claims).expect("plain text always writes");
    let [header, body] = [header(vault.key_id()), for_atob(&body)];
    let [header, body] = [header, body].map(|part| URL_SAFE_NO_PAD.encode(part));
    let message = format!("{header}.{body}");
    let signature = vault.sign(&message);
    format!("{message}.{signature}")
}

/// Reads an access token that [`write()`] made and that has not expired.
pub(super) fn read(vault: &Vault, token: &str, now: Timestamp) -> Option<Session> {
    if token.len() > TOKEN_MAX {
        return None;
    }
    let (message, signature) = token.rsplit_once('.')?;
    let (head, body) = message.split_once('.')?;
    let head = URL_SAFE_NO_PAD.decode(head).ok()?;
    // There is one kind of token, so a header that says anything else is somebody else's.
    let mut keys = vault.key_ids();
    let key = keys.find(|key| header(key).as_bytes() == head)?;
    if !vault.verifies(key, message, signature) {
        return None;
    }
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
    let now = now.as_second();
    let ours = claims.iss == ISSUER && claims.aud == AUDIENCE;
    if !ours || claims.exp <= now || claims.iat > now.saturating_add(SKEW) {
        return None;
    }
    let (name, sealed) = claims.provider.iter().next()?;
    let opened = vault.open(Purpose::Credential(&claims.sid), sealed.as_str()?)?;
    let who: Proven = serde_json::from_slice(&opened).ok()?;
    (name == who.provider.as_str()).then(|| Session {
        id: SignInId(claims.sid),
        identity: who.into(),
    })
}

/// The kind of key is not read from the token: every one of ours is for HMAC with SHA-256.
fn header(key_id: &str) -> String {
    format!(r#"{{"alg":"HS256","kid":"{key_id}","typ":"JWT"}}"#)
}

/// Who, with what calls need. What renews it stays on the server.
fn without_renewal(who: &Proven) -> Proven {
    let Some(grant) = who.grant() else {
        return who.clone();
    };
    let proof = Proof::Grant(Grant {
        access: grant.access.clone(),
        expires: grant.expires,
        refresh: None,
        refresh_expires: None,
        scopes: Vec::new(),
        redirect: None,
    });
    Proven {
        proof,
        ..who.clone()
    }
}

/// JSON text whose base64url form is base64 too, once decoded byte by byte still the same text.
fn for_atob(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() && !matches!(character, '>' | '?' | '~' | '\u{7f}') {
            ascii.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(ascii, "\\u{unit:04x}").expect("writing to a string cannot fail");
            }
        }
    }
    ascii
}
