//! What is said to token pages, where hosts want it said in different ways.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::IntoResponse;
use axum::routing::any;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;
use url::{Url, form_urlencoded};
use wyvern::auth::Returned;
use wyvern::auth::records::MemoryRecords;

use super::ground::{HERS, HOUR, authority, hosted, redirect};
use crate::forge::Dialect;
use crate::support::SetClock;

/// Whoever asks is Ada, in the words of every host.
const ADA: &str = r#"{"id":7,"login":"ada","username":"ada","nickname":"ada","name":"Ada Lovelace",
    "display_name":"Ada Lovelace","account_id":"7:ada","uuid":"{7}","email":"ada@example.com","values":[]}"#;
const TOKENS: &str = r#"{"access_token":"a-token","refresh_token":"renews","token_type":"bearer",
    "expires_in":7200,"created_at":1767268800,"scopes":"account repository:write"}"#;

type Said = Arc<Mutex<Vec<String>>>;

/// A host that gives everybody what they ask for, and keeps what was posted.
struct Host {
    url: Url,
    said: Said,
    server: AbortHandle,
}

impl Host {
    async fn start() -> Self {
        let said = Said::default();
        let router = Router::new().fallback(any(answer));
        let router = router.with_state(Arc::clone(&said));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/git/", listener.local_addr().unwrap());
        let server = tokio::spawn(async { axum::serve(listener, router).await });
        Self {
            url: url.parse().unwrap(),
            said,
            server: server.abort_handle(),
        }
    }

    fn said(&self) -> Vec<String> {
        std::mem::take(&mut *self.said.lock().unwrap())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(
    State(said): State<Said>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: String,
) -> impl IntoResponse {
    let json = [("content-type", "application/json")];
    if method == Method::GET {
        return (json, ADA);
    }
    let members: BTreeMap<_, _> = form_urlencoded::parse(body.as_bytes()).collect();
    let members = members.iter().map(|(name, value)| match &**name {
        "code_verifier" => name.to_string(),
        _ => format!("{name}={value}"),
    });
    let basic = headers.get("authorization").map(|value| {
        let value = value.to_str().unwrap().strip_prefix("Basic ").unwrap();
        let pair = STANDARD.decode(value).unwrap();
        String::from_utf8(pair).unwrap()
    });
    let words: Vec<_> = basic.into_iter().chain(members).collect();
    let line = format!("{} {}", uri.path(), words.join(" "));
    said.lock().unwrap().push(line);
    (json, TOKENS)
}

/// What is said when somebody signs in, when their token is renewed, and when they sign out.
async fn said_by(dialect: Dialect) -> [Vec<String>; 3] {
    let (host, clock) = (Host::start().await, SetClock::new());
    let client = ["the-client", "the-secret"];
    let hosted = hosted(dialect, &host.url, client, &clock);
    let (id, records) = (hosted.id, Arc::new(MemoryRecords::new(clock.clone())));
    let authority = authority(&clock, records, hosted);
    let at = redirect(dialect);
    let address = authority.begin(id, HERS, at).await.unwrap();
    let address: Url = address.parse().unwrap();
    let state = address.query_pairs().find(|(name, _)| name == "state");
    let returned = Returned {
        at: at.to_owned(),
        code: Some("the-code".to_owned()),
        state: state.map(|(_, value)| value.into_owned()),
        ..Returned::default()
    };
    let code = authority.complete(Some(HERS), returned).await.unwrap();
    let session = authority.open(&code, Some(HERS)).await.unwrap();
    let begun = host.said();
    clock.advance(2 * HOUR);
    authority.session_of(&session.id).await.unwrap();
    let renewed = host.said();
    authority.sign_out(&session.id).await.unwrap();
    [begun, renewed, host.said()]
}

#[tokio::test]
async fn gitlab_is_told_the_secret_in_the_form_and_the_address_each_time() {
    let at = "redirect_uri=http://127.0.0.1:3000/api/oauth/return/gitlab";
    let client = "client_id=the-client client_secret=the-secret";
    let code = "code=the-code code_verifier grant_type=authorization_code";
    let renewal = format!("grant_type=refresh_token {at} refresh_token=renews");
    let expected = [
        [format!("/git/oauth/token {client} {code} {at}")],
        [format!("/git/oauth/token {client} {renewal}")],
        [format!("/git/oauth/revoke {client} token=a-token")],
    ];
    assert_eq!(said_by(Dialect::GitLab).await, expected.map(Vec::from));
}

#[tokio::test]
async fn bitbucket_is_told_the_secret_in_a_header_and_nothing_at_the_end() {
    let at = "redirect_uri=http://127.0.0.1:3000/api/oauth/return/bitbucket";
    let page = "/git/site/oauth2/access_token the-client:the-secret";
    let code = "code=the-code code_verifier grant_type=authorization_code";
    let expected = [
        vec![format!("{page} {code} {at}")],
        vec![format!(
            "{page} grant_type=refresh_token refresh_token=renews"
        )],
        Vec::new(),
    ];
    assert_eq!(said_by(Dialect::Bitbucket).await, expected);
}
