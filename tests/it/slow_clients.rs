//! Clients that keep the server waiting: they lose their connection, and nobody else waits for them.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::support::TestApp;

/// Far longer than the limits that these servers are given.
const DEADLINE: Duration = Duration::from_secs(20);

/// A listening server whose patience is one second.
async fn impatient() -> (TestApp, SocketAddr) {
    let limits = [
        "server.header_timeout = '1 s'",
        "server.request_timeout = '1 s'",
    ];
    let app = TestApp::with(&limits).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = wyvern::http::serve(Arc::clone(&app.app), listener, std::future::pending());
    tokio::spawn(server);
    (app, address)
}

#[tokio::test]
async fn who_does_not_send_a_whole_header_is_cut_off() {
    let (_app, address) = impatient().await;
    for begun in [
        "",
        "P",
        "PRI * HT",
        "PRI * HTTP/2.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:",
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(begun.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let ended = timeout(DEADLINE, stream.read_to_end(&mut answer)).await;
        ended
            .unwrap_or_else(|_| panic!("{begun:?} holds its connection"))
            .unwrap();
        let refused = answer.is_empty() || answer.starts_with(b"HTTP/1.1 400 ");
        assert!(refused, "{begun:?}: {}", String::from_utf8_lossy(&answer));
    }
}

#[tokio::test]
async fn who_reads_no_answer_is_cut_off() {
    let (_app, address) = impatient().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = b"GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let asking = async {
        loop {
            if let Err(error) = stream.write_all(request).await {
                break error.kind();
            }
        }
    };
    let ended = timeout(DEADLINE, asking).await.expect("it is cut off");
    assert!(
        matches!(ended, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe),
        "{ended}"
    );
}
