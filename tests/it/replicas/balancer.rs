//! A balancer: each connection goes to another server than the one before.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

/// A balancer that listens. It stops when it is dropped.
pub(super) struct Balancer {
    pub(super) address: SocketAddr,
    task: AbortHandle,
}

impl Balancer {
    /// Stands before these servers. One that takes no connection is left out.
    pub(super) async fn before(servers: [SocketAddr; 2]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(balance(listener, servers)).abort_handle();
        Self { address, task }
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn balance(listener: TcpListener, mut servers: [SocketAddr; 2]) {
    let mut connections = JoinSet::new();
    loop {
        let (client, _) = listener.accept().await.unwrap();
        connections.spawn(forward(client, servers));
        servers.reverse();
    }
}

async fn forward(mut client: TcpStream, servers: [SocketAddr; 2]) {
    for server in servers {
        if let Ok(mut stream) = TcpStream::connect(server).await {
            copy_bidirectional(&mut client, &mut stream).await.ok();
            return;
        }
    }
}
