//! Nothing that is secret in a call or an answer is printed, whatever becomes of the call.

use std::error::Error;
use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tracing_subscriber::fmt::MakeWriter;
use wyvern::config::OutgoingSettings;
use wyvern::provider::outgoing::{Call, Outgoing};

use super::peer::{Act, Peer, Then};
use super::{SOON, by, get, outgoing, post, settings};

/// A word that stands in every part of a call and of an answer that may be secret.
const SECRET: &str = "cAnArY";

/// All that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Writes to it whatever is logged, however unimportant.
    fn dispatch(&self) -> tracing::Dispatch {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(self.clone())
            .into()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

fn secretive(mut call: Call) -> Call {
    call.url.set_query(Some(&format!("code={SECRET}")));
    call.headers.insert("cookie", SECRET.parse().unwrap());
    call.body = format!("client_secret={SECRET}").into();
    by(SECRET, call)
}

/// That it is nowhere here, in whatever case.
fn assert_silent(printed: &str) {
    let found = printed.to_lowercase().contains(&SECRET.to_lowercase());
    assert!(!found, "{printed}");
}

/// Makes the call, and looks through all that can be printed of it and of what came of it.
async fn try_to_print(outgoing: &Outgoing, call: Call) {
    let result = outgoing.send(call.clone()).await;
    let mut printed = format!("{outgoing:?} {call:?} {result:?} {result:#?}");
    let mut cause = result.as_ref().err().map(|error| error as &dyn Error);
    while let Some(error) = cause {
        write!(printed, " {error} {error:?}").unwrap();
        cause = error.source();
    }
    assert_silent(&printed);
}

const ACTS: [fn() -> Act; 5] = [
    || {
        Act::answer(
            "200 OK",
            &["set-cookie: cAnArY", "etag: \"cAnArY\""],
            "cAnArY",
        )
    },
    || {
        Act::answer(
            "302 Found",
            &["location: http://elsewhere/?token=cAnArY"],
            "cAnArY",
        )
    },
    || Act::answer("502 Gateway", &[], "cAnArY"),
    || {
        Act::says(
            "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\ncAnArY",
            Then::Close,
        )
    },
    || Act::says("cAnArY", Then::Hang),
];

#[tokio::test]
async fn no_secret_is_in_the_log_or_in_what_can_be_printed() {
    let log = Log::default();
    // While there is only one, whatever another test's thread reaches first is never logged here.
    let [dispatch, _second] = [log.dispatch(), log.dispatch()];
    let _guard = tracing::dispatcher::set_default(&dispatch);
    let hasty = OutgoingSettings {
        timeout: SOON,
        answer_limit: 16,
        ..settings()
    };
    for act in ACTS {
        let peer = Peer::new(move |_, _| act()).await;
        let outgoing = outgoing(&hasty);
        for call in [get, get, post] {
            try_to_print(&outgoing, secretive(call(&peer.url("/path")))).await;
        }
        try_to_print(&outgoing, secretive(get("http://127.0.0.1:1/path"))).await;
    }
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_silent(&log);
    let lines = log.lines().filter(|line| line.contains("path=\"/path\""));
    assert!(lines.count() >= 4 * ACTS.len(), "{log}");
}
