//! A Redis of a test's own, on a free port of this machine, gone with the test.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use secrecy::SecretString;

/// What it asks of its clients.
pub(crate) const PASSWORD: &str = "a-redis-password-of-the-tests";

/// A `redis-server` without a file.
pub(crate) struct Redis {
    child: Child,
    port: u16,
}

impl Redis {
    /// Starts one and waits until it accepts connections.
    pub(crate) fn start() -> Self {
        // Between finding a free port and using it another test may take it.
        (0..20)
            .find_map(|_| {
                let free = TcpListener::bind("127.0.0.1:0").unwrap();
                let port = free.local_addr().unwrap().port();
                drop(free);
                serve(port).map(|child| Self { child, port })
            })
            .expect("one of twenty free ports is still free a moment later")
    }

    /// The address for `sessions.redis_url`.
    pub(crate) fn url(&self) -> SecretString {
        format!("redis://:{PASSWORD}@127.0.0.1:{}/0", self.port).into()
    }

    /// Stops it; what it held is lost.
    pub(crate) fn stop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }

    /// Starts it again on the same port, empty.
    pub(crate) fn start_again(&mut self) {
        self.child = serve(self.port).expect("its port is still free");
    }

    /// Has it neither answer nor end, until it goes on.
    pub(crate) fn pause(&self) {
        self.signal("STOP");
    }

    /// Has it go on after a pause, with all that it held.
    pub(crate) fn go_on(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// What a command answers, as `redis-cli` prints it.
    pub(crate) fn ask(&self, command: &[&str]) -> String {
        let port = self.port.to_string();
        let output = Command::new("redis-cli")
            .args(["-p", &port, "--no-auth-warning", "-a", PASSWORD])
            .args(command)
            .output()
            .expect("redis-cli comes with the server");
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.stop();
    }
}

/// `None` when it does not start, as on a port that is in use.
fn serve(port: u16) -> Option<Child> {
    let mut child = Command::new("redis-server")
        .args(["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"])
        .args(["--port", &port.to_string(), "--requirepass", PASSWORD])
        .stdout(Stdio::piped())
        .spawn()
        .expect("redis-server is installed");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.any(|line| line.is_ok_and(|line| line.contains("Ready to accept")));
    // The rest of the log is read away, so that the server never waits for a reader.
    std::thread::spawn(move || lines.count());
    if ready {
        Some(child)
    } else {
        child.wait().ok();
        None
    }
}
