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

use super::vault::{Purpose, Vault};
use super::{Identity, ProviderId, Session, SignInId};
use crate::provider::{Credential, User};

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
/// The longest token that is looked at, in bytes.
const TOKEN_MAX: usize = 16 * 1024;

/// The body. `provider` has one member, named for the provider, that holds the sealed credential.
#[derive(Serialize, Deserialize)]
struct Claims {
    provider: serde_json::Map<String, serde_json::Value>,
    user: ClaimedUser,
    sid: String,
    iat: i64,
    exp: i64,
}

#[derive(Serialize, Deserialize)]
struct ClaimedUser {
    username: String,
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
enum Sealed {
    Person {
        username: String,
        name: String,
        email: String,
    },
    Token(String),
}

/// Writes the access token of a session.
pub(super) fn write(vault: &Vault, session: &Session, now: Timestamp, life: Duration) -> String {
    let Identity {
        provider,
        username,
        credential,
    } = &session.identity;
    let sealed = serde_json::to_vec(&Sealed::from(credential)).expect("plain text always writes");
    let sealed = vault.seal(Purpose::Credential, &sealed);
    let iat = now.as_second();
    let claims = Claims {
        provider: [(provider.to_string(), sealed.into())]
            .into_iter()
            .collect(),
        user: ClaimedUser {
            username: username.clone(),
        },
        sid: session.id.as_str().to_owned(),
        iat,
        exp: iat.saturating_add_unsigned(life.as_secs()),
    };
    let body = serde_json::to_string(&claims).expect("plain text always writes");
    let [header, body] = [HEADER, &for_atob(&body)].map(|part| URL_SAFE_NO_PAD.encode(part));
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
    let (header, body) = message.split_once('.')?;
    // There is one kind of token, so a header that says anything else is somebody else's.
    if URL_SAFE_NO_PAD.decode(header).ok()? != HEADER.as_bytes() {
        return None;
    }
    if !vault.verifies(message, signature) {
        return None;
    }
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
    if claims.exp <= now.as_second() {
        return None;
    }
    let (name, sealed) = claims.provider.iter().next()?;
    let opened = vault.open(Purpose::Credential, sealed.as_str()?)?;
    let credential = serde_json::from_slice::<Sealed>(&opened).ok()?.into();
    let identity = Identity {
        provider: ProviderId::parse(name)?,
        username: claims.user.username,
        credential,
    };
    Some(Session {
        id: SignInId(claims.sid),
        identity,
    })
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

impl From<&Credential> for Sealed {
    fn from(credential: &Credential) -> Self {
        match credential {
            Credential::Person(User {
                username,
                name,
                email,
            }) => Self::Person {
                username: username.clone(),
                name: name.clone(),
                email: email.clone(),
            },
            Credential::Token(token) => {
                Self::Token(secrecy::ExposeSecret::expose_secret(token).to_owned())
            }
        }
    }
}

impl From<Sealed> for Credential {
    fn from(sealed: Sealed) -> Self {
        match sealed {
            Sealed::Person {
                username,
                name,
                email,
            } => Self::Person(User {
                username,
                name,
                email,
            }),
            Sealed::Token(token) => Self::Token(token.into()),
        }
    }
}
