//! How a server stops.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::program::{Server, answer, wyvern};

const STOPPING: &str = "stopping: requests in flight may finish";
const BODY: &str = r#"{"refreshToken":"none"}"#;

/// A request whose head and half of whose body have come.
fn half_a_request(server: &Server) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let length = BODY.len();
    let head = format!(
        "POST /api/token/refresh HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\nexpect: 100-continue\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server asks for the body, so the request is in its hands.
    let mut asked = [0; 25];
    std::io::Read::read_exact(&mut stream, &mut asked).unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(&BODY.as_bytes()[..10]).unwrap();
    stream
}

#[test]
fn a_request_in_flight_is_answered_before_the_server_ends() {
    for signal in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Server::start(folder.path(), &[]);
        let mut stream = half_a_request(&server);
        server.signal(signal);
        server.wait_for(STOPPING);
        refuses_connections(&server.address);
        stream.write_all(&BODY.as_bytes()[10..]).unwrap();
        let (status, text) = answer(stream);
        assert_eq!(status, 401, "{text}");
        assert!(text.contains(r#""code":"sign_in_refused""#), "{text}");
        assert_eq!(server.end().code, Some(0), "{signal}");
    }
}

#[test]
fn it_says_that_it_is_not_ready_before_it_takes_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = wyvern(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let mut server = Server::spawn(command.env("WYVERN__SERVER__NOTICE", "4 s"));
    let owner = server.sign_in();
    assert_eq!(server.get("/readyz", "").0, 200);
    server.signal("TERM");
    server.wait_for(STOPPING);
    let mut kept = TcpStream::connect(&server.address).unwrap();
    let deadline = Instant::now() + Duration::from_secs(3);
    while server.get("/readyz", "").0 == 200 {
        assert!(Instant::now() < deadline, "it says that it is ready");
    }
    // Who has not noticed yet is served, and asked to go elsewhere the next time.
    assert_eq!(server.get("/api/threatmodel/repos", &owner).0, 200);
    kept.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .unwrap();
    let (status, text) = answer(kept);
    assert_eq!(status, 200);
    assert!(text.contains("connection: close\r\n"), "{text}");
    refuses_connections(&server.address);
    assert_eq!(server.end().code, Some(0));
}

#[test]
fn connections_that_are_idle_are_closed_and_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = wyvern(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    let mut server = Server::spawn(
        command
            .env("WYVERN__SERVER__HEADER_TIMEOUT", "1 hour")
            .env("WYVERN__SERVER__DRAIN", "5 s"),
    );
    let unused = TcpStream::connect(&server.address).unwrap();
    let mut kept = TcpStream::connect(&server.address).unwrap();
    kept.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .unwrap();
    let mut begins = [0; 15];
    std::io::Read::read_exact(&mut kept, &mut begins).unwrap();
    assert_eq!(&begins, b"HTTP/1.1 200 OK");
    server.signal("TERM");
    server.wait_for(STOPPING);
    let ended = server.end();
    assert_eq!(ended.code, Some(0));
    assert!(!ended.words.contains("not waited for"), "{}", ended.words);
    drop((unused, kept));
}

#[test]
fn a_second_signal_waits_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path(), &[]);
    let stream = half_a_request(&server);
    server.signal("TERM");
    server.wait_for(STOPPING);
    let start = Instant::now();
    server.signal("TERM");
    assert_eq!(server.end().code, Some(4));
    // Without it the request in flight would be waited for: 25 s by default.
    assert!(start.elapsed() < Duration::from_secs(20));
    drop(stream);
}

/// Waits until nobody listens there any more.
fn refuses_connections(address: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(address).is_ok() {
        assert!(
            Instant::now() < deadline,
            "{address} still takes connections"
        );
        std::thread::yield_now();
    }
}
