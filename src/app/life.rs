//! How a server ends: at first it wants no new work, then it waits for none any more.

use tokio::sync::watch;

/// How far a server has come. It only goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Stage {
    #[default]
    Serving,
    Stopping,
    Ending,
}

/// The life of a server, which begins with serving.
#[derive(Debug, Default)]
pub struct Life(watch::Sender<Stage>);

impl Life {
    /// From now on no new work is to be sent here. What is sent is done.
    pub fn stop(&self) {
        self.0.send_replace(Stage::Stopping);
    }

    /// Whether no new work is to be sent here.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        *self.0.borrow() != Stage::Serving
    }

    /// From now on nothing is waited for.
    pub fn end(&self) {
        self.0.send_replace(Stage::Ending);
    }

    /// Completes when nothing is waited for any more.
    pub async fn ended(&self) {
        let mut stage = self.0.subscribe();
        let ended = stage.wait_for(|stage| *stage == Stage::Ending).await;
        ended.expect("this is its sender");
    }
}
