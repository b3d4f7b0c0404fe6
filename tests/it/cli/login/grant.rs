//! The device grant: how often a server is asked, and in which forms it may answer.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::ExposeSecret as _;
use wyvern::auth::oauth::device::{Allowed, Device, DeviceError, DeviceUrls};
use wyvern::clock::{Clock, SystemClock};
use wyvern::config::{self, Sources};
use wyvern::provider::outgoing::Outgoing;

use super::host::{CODE, FORM, Host, JSON, TOKEN, Told};

/// Asks such a host until there is an end. How long it waited between is told in seconds.
fn ask(answers: &[Told]) -> (Result<Allowed, DeviceError>, Vec<u64>) {
    let host = Host::with(answers);
    let settings = config::load(&Sources::default()).unwrap().settings;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let outgoing = Outgoing::new(&settings.outgoing, Arc::clone(&clock)).unwrap();
    let scope = "repo read:org".to_owned();
    let urls = DeviceUrls::github(&host.url);
    let device = Device::new("the-client".to_owned(), scope, urls, outgoing, clock);
    let waits = Mutex::new(Vec::new());
    let sleep = |time: Duration| {
        waits.lock().unwrap().push(time.as_secs());
        std::future::ready(())
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let result = runtime.block_on(async {
        let asked = device.ask().await?;
        assert_eq!(asked.code(), "WDJB-MJHT");
        device.wait(&asked, sleep).await
    });
    (result, waits.into_inner().unwrap())
}

const PENDING: Told = (200, JSON, r#"{"error":"authorization_pending"}"#);
const SLOW_DOWN: Told = (200, JSON, r#"{"error":"slow_down","interval":10}"#);

#[test]
fn a_server_is_asked_as_often_as_it_wants() {
    let (allowed, waits) = ask(&[CODE, PENDING, SLOW_DOWN, PENDING, TOKEN]);
    let allowed = allowed.unwrap();
    assert_eq!(waits, [5, 10, 10]);
    assert_eq!(allowed.token.expose_secret(), "gho_a-secret");
    assert_eq!(allowed.scopes, ["repo", "read:org"]);
    assert_eq!(allowed.until, None);
    assert_eq!(format!("{allowed:?}"), "Allowed(redacted)");
}

#[test]
fn forms_are_read_as_json_is() {
    let code = "device_code=d&user_code=WDJB-MJHT&verification_uri=https%3A%2F%2Fgithub.example\
                &expires_in=900&interval=0";
    let pending = (
        200,
        FORM,
        "error=authorization_pending&error_description=wait",
    );
    let token = "access_token=gho_a-secret&token_type=bearer&scope=repo&expires_in=28800";
    let (allowed, waits) = ask(&[(200, FORM, code), pending, (200, FORM, token)]);
    let allowed = allowed.unwrap();
    assert_eq!(waits, [1], "once a second at most");
    assert_eq!(allowed.token.expose_secret(), "gho_a-secret");
    assert!(allowed.until > Some(SystemClock.now()));
}

#[test]
fn a_server_that_fails_for_a_while_is_asked_again_and_more_seldom() {
    let broken = (502, JSON, "{}");
    let (allowed, waits) = ask(&[CODE, broken, PENDING, TOKEN]);
    assert_eq!(allowed.unwrap().scopes, ["repo", "read:org"]);
    assert_eq!(waits, [10, 10]);
}

#[test]
fn a_person_who_says_no_and_a_code_that_ended_are_told_apart() {
    let denied = (200, JSON, r#"{"error":"access_denied"}"#);
    let (refused, waits) = ask(&[CODE, PENDING, denied]);
    assert!(matches!(refused, Err(DeviceError::Denied)), "{refused:?}");
    assert_eq!(waits, [5]);
    let expired = (400, JSON, r#"{"error":"expired_token"}"#);
    let (refused, _) = ask(&[CODE, expired]);
    assert!(matches!(refused, Err(DeviceError::Expired)), "{refused:?}");
}

#[test]
fn nothing_of_an_answer_that_is_not_understood_is_told() {
    let page = (200, "text/html", "gho_a-secret");
    let (refused, _) = ask(&[CODE, page]);
    let words = "the server's answer is not understood: no code and no token";
    let refused = refused.unwrap_err();
    assert_eq!(refused.to_string(), words);
    assert!(!format!("{refused:?}").contains("secret"));
}
