//! Access tokens: what is in them, and that nobody else makes one.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use futures_util::future::FutureExt as _;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// A token with this header and these claims, signed with the key of `keys`.
fn signed(keys: &Vault, header: &str, claims: &Value) -> String {
    let [header, body] = [header, &claims.to_string()].map(|part| URL_SAFE_NO_PAD.encode(part));
    let message = format!("{header}.{body}");
    format!("{message}.{}", keys.sign(&message))
}

#[tokio::test]
async fn a_token_says_who_for_whom_and_until_when() {
    let (authority, clock) = authority();
    let token = signed_in(&authority).await.access;
    let [header, body] = token
        .split('.')
        .take(2)
        .map(decoded)
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    let key = vault(&["one"]).key_id().to_owned();
    assert_eq!(header, json!({"alg": "HS256", "kid": key, "typ": "JWT"}));
    let now = clock.now().as_second();
    assert_eq!(body["iss"], "wyvern");
    assert_eq!(body["aud"], "wyvern api");
    assert_eq!(
        (&body["iat"], &body["exp"]),
        (&json!(now), &json!(now + 3600))
    );
    assert_eq!(body["user"], json!({"username": "ada"}));
    let id = authority.session(&token).await.unwrap().id;
    assert_eq!(body["sid"], id.as_str());
    let another = signed_in(&authority).await.access;
    let another = decoded(another.split('.').nth(1).unwrap());
    assert_ne!(body["jti"], another["jti"]);
}

#[tokio::test]
async fn no_token_with_a_bit_flipped_is_read() {
    let (authority, _) = authority();
    let token = signed_in(&authority).await.access;
    for index in 0..token.len() {
        for bit in 0..8 {
            let mut altered = token.clone().into_bytes();
            altered[index] ^= 1 << bit;
            // What is no text cannot be a header's value, and does not come this far.
            let Ok(altered) = String::from_utf8(altered) else {
                continue;
            };
            let read = authority.session(&altered).await;
            assert!(refused(read), "bit {bit} of character {index}");
        }
    }
    for hostile in ["", ".", "..", "...", "a.b.c", &"x.".repeat(20_000)] {
        assert!(refused(authority.session(hostile).await), "{hostile:.40}");
    }
    assert!(authority.session(&token).await.is_ok());
}

fn head(alg: &str, kid: &str, typ: &str) -> String {
    format!(r#"{{"alg":"{alg}","kid":"{kid}","typ":"{typ}"}}"#)
}

#[tokio::test]
async fn a_header_that_is_not_ours_to_the_letter_is_refused_however_it_is_signed() {
    let (authority, _) = authority();
    let token = signed_in(&authority).await.access;
    let claims = decoded(token.split('.').nth(1).unwrap());
    let ours = vault(&["one"]);
    let kid = ours.key_id();
    let good = head("HS256", kid, "JWT");
    assert!(
        authority
            .session(&signed(&ours, &good, &claims))
            .await
            .is_ok()
    );
    for header in [
        head("none", kid, "JWT"),
        head("None", kid, "JWT"),
        head("HS512", kid, "JWT"),
        head("RS256", kid, "JWT"),
        head("ES256", kid, "JWT"),
        head("HS256", "", "JWT"),
        head("HS256", "unknown", "JWT"),
        head("HS256", vault(&["two"]).key_id(), "JWT"),
        head("HS256", kid, "at+jwt"),
        head("HS256", kid, "jwt"),
        r#"{"alg":"HS256","typ":"JWT"}"#.to_owned(),
        r#"{"alg":"none","typ":"JWT"}"#.to_owned(),
        good.replace('{', r#"{"jku":"https://keys.example.com","#),
        good.replace('{', r#"{"x5u":"https://keys.example.com","#),
        good.replace('{', r#"{"jwk":{"kty":"oct","k":""},"#),
        good.replace('{', r#"{"crit":[],"#),
        good.replace(':', ": "),
        String::new(),
    ] {
        let token = signed(&ours, &header, &claims);
        assert!(refused(authority.session(&token).await), "{header}");
        let (message, _) = token.rsplit_once('.').unwrap();
        let unsigned = format!("{message}.");
        assert!(refused(authority.session(&unsigned).await), "{header}");
    }
}

#[tokio::test]
async fn claims_for_another_or_from_another_or_of_another_time_are_refused() {
    let (authority, clock) = authority();
    let token = signed_in(&authority).await.access;
    let claims = decoded(token.split('.').nth(1).unwrap());
    let ours = vault(&["one"]);
    let header = head("HS256", ours.key_id(), "JWT");
    let now = clock.now().as_second();
    let with = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        signed(&ours, &header, &claims)
    };
    let accepted = with("iat", json!(now + 60));
    assert!(
        authority.session(&accepted).await.is_ok(),
        "a clock that is ahead"
    );
    for (name, value) in [
        ("iss", json!("another")),
        ("aud", json!("another")),
        ("aud", json!(["wyvern api"])),
        ("iss", Value::Null),
        ("exp", json!(now)),
        ("exp", json!(now - 1)),
        ("exp", json!("never")),
        ("iat", json!(now + 61)),
        ("sid", json!("another")),
        ("user", json!("ada")),
        ("provider", json!({})),
        ("provider", json!({"local": "AAAA"})),
        ("provider", json!({"github": claims["provider"]["local"]})),
    ] {
        let token = with(name, value.clone());
        assert!(refused(authority.session(&token).await), "{name}: {value}");
    }
}

#[tokio::test]
async fn keys_are_replaced_by_putting_a_new_one_in_front() {
    let (before, clock) = authority();
    let token = signed_in(&before).await.access;
    let between = authority_with(&["two", "one"], &clock);
    assert!(
        between.session(&token).await.is_ok(),
        "the old key still reads"
    );
    let newer = signed_in(&between).await.access;
    let header = decoded(newer.split('.').next().unwrap());
    assert_eq!(header["kid"], vault(&["two"]).key_id());
    let after = authority_with(&["two"], &clock);
    assert!(after.session(&newer).await.is_ok());
    assert!(refused(after.session(&token).await), "the old key is gone");
    assert!(refused(before.session(&newer).await), "it has no such key");
}

proptest! {
    /// What the Threat Dragon browser app does with a token: base64 (not base64url) to bytes, each
    /// byte a character, then JSON.
    #[test]
    fn any_user_name_survives_atob(username in "\\PC{0,40}") {
        let (authority, _) = authority();
        let identity = Identity { username: username.clone(), ..ada() };
        let (tokens, read) = async {
            let code = authority.code(identity, None).await.unwrap();
            let tokens = authority.exchange(LOCAL, &code, None).await.unwrap();
            let read = authority.session(&tokens.access).await.unwrap();
            (tokens, read)
        }
        .now_or_never()
        .unwrap();
        let body = tokens.access.split('.').nth(1).unwrap();
        prop_assert!(!body.contains(['-', '_']));
        let bytes = STANDARD_NO_PAD.decode(body).unwrap();
        let text: String = bytes.into_iter().map(char::from).collect();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(json["user"]["username"].as_str(), Some(username.as_str()));
        prop_assert_eq!(read.identity.username, username);
    }
}
