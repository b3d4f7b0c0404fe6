//! The device flow.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use super::client::Client;
use crate::forge::{Forge, ForgeOptions};
use crate::support::SetClock;

struct Device {
    ada: Client,
    clock: Arc<SetClock>,
    begun: Value,
}

impl Device {
    async fn begin() -> Self {
        let clock = Arc::new(SetClock(Mutex::new(
            "2026-01-01T12:00:00Z".parse().unwrap(),
        )));
        let options = ForgeOptions {
            clock: Arc::clone(&clock) as Arc<dyn wyvern::clock::Clock>,
            ..ForgeOptions::default()
        };
        let ada = Client::of(Forge::start_with(options).await);
        let fields = [("client_id", ada.forge.client_id()), ("scope", "repo")];
        let begun = ada.form("login/device/code", &fields).await.is(200).json();
        Self { ada, clock, begun }
    }

    fn text(&self, name: &str) -> &str {
        self.begun[name].as_str().unwrap()
    }

    /// Asks after so many seconds.
    async fn poll(&self, after: u64) -> Value {
        self.clock.advance(Duration::from_secs(after));
        let fields = [
            ("client_id", self.ada.forge.client_id()),
            ("device_code", self.text("device_code")),
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ];
        self.ada
            .form("login/oauth/access_token", &fields)
            .await
            .is(200)
            .json()
    }
}

#[tokio::test]
async fn a_device_waits_until_it_is_allowed() {
    let device = Device::begin().await;
    let page = format!("{}login/device", device.ada.forge.url());
    assert_eq!(
        (device.text("verification_uri"), &device.begun["interval"]),
        (page.as_str(), &5.into())
    );
    assert_eq!(device.poll(5).await["error"], "authorization_pending");
    assert_eq!(device.poll(4).await["error"], "slow_down");
    assert_eq!(device.poll(9).await["error"], "slow_down");
    assert_eq!(device.poll(15).await["error"], "authorization_pending");
    device
        .ada
        .forge
        .approve_device(device.text("user_code"), "ada");
    let tokens = device.poll(15).await;
    assert!(tokens["access_token"].as_str().unwrap().starts_with("gho_"));
    assert_eq!(device.poll(15).await["error"], "incorrect_device_code");
}

#[tokio::test]
async fn a_device_is_told_that_it_is_denied_or_too_late() {
    let device = Device::begin().await;
    device.ada.forge.deny_device(device.text("user_code"));
    assert_eq!(device.poll(5).await["error"], "access_denied");
    let device = Device::begin().await;
    assert_eq!(device.poll(900).await["error"], "expired_token");
}

#[tokio::test]
async fn the_page_of_a_device_takes_its_code() {
    let device = Device::begin().await;
    let code = device.text("user_code");
    let fields = [
        ("user_code", code),
        ("login", "ada"),
        ("decision", "authorize"),
    ];
    device.ada.form("login/device", &fields).await.is(200);
    device.ada.form("login/device", &fields).await.is(404);
    assert_eq!(device.poll(5).await["scope"], "repo");
}
