//! A balancer: each connection goes to another server than the one before.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

/// A balancer that listens. It stops when it is dropped.
pub(super) struct Balancer {
    pub(super) address: SocketAddr,
    open: watch::Receiver<[usize; 2]>,
    task: AbortHandle,
}

/// The servers, and how many connections each has.
struct Behind {
    servers: [SocketAddr; 2],
    open: watch::Sender<[usize; 2]>,
}

impl Balancer {
    /// Stands before these servers. One that takes no connection is left out.
    pub(super) async fn before(servers: [SocketAddr; 2]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, open) = watch::channel([0; 2]);
        let behind = Behind {
            servers,
            open: sender,
        };
        let task = tokio::spawn(behind.balance(listener)).abort_handle();
        Self {
            address,
            open,
            task,
        }
    }

    /// Waits until a server has at least so many connections.
    pub(super) async fn until_open(&self, server: usize, count: usize) {
        let mut open = self.open.clone();
        let enough = open.wait_for(|open| open[server] >= count).await;
        enough.expect("the balancer stands");
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Behind {
    async fn balance(self, listener: TcpListener) {
        let this = Arc::new(self);
        let mut connections = JoinSet::new();
        let mut order = [0, 1];
        loop {
            let (client, _) = listener.accept().await.unwrap();
            let this = Arc::clone(&this);
            connections.spawn(async move { this.forward(client, order).await });
            while connections.try_join_next().is_some() {}
            order.reverse();
        }
    }

    async fn forward(&self, mut client: TcpStream, order: [usize; 2]) {
        for server in order {
            if let Ok(mut stream) = TcpStream::connect(self.servers[server]).await {
                self.open.send_modify(|open| open[server] += 1);
                copy_bidirectional(&mut client, &mut stream).await.ok();
                self.open.send_modify(|open| open[server] -= 1);
                return;
            }
        }
    }
}
