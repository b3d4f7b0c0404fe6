//! A call to the forge that is held up until the test lets it go.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use crate::forge::Fault;

/// The call, as the test sees it.
pub(crate) struct HeldUp {
    arrived: Receiver<()>,
    gate: Sender<()>,
}

impl HeldUp {
    /// What the call meets, and the call.
    pub(crate) fn new() -> (Fault, Self) {
        let (arrive, arrived) = channel();
        let (gate, opened) = channel();
        let opened = Mutex::new(opened);
        let hold = move |_: &_| {
            arrive.send(()).unwrap();
            opened.lock().unwrap().recv().unwrap();
        };
        (Fault::Before(Arc::new(hold)), Self { arrived, gate })
    }

    /// Whether it has come, since the last time that this was true.
    pub(crate) fn has_arrived(&self) -> bool {
        self.arrived.try_recv().is_ok()
    }

    pub(crate) fn let_go(&self) {
        self.gate.send(()).unwrap();
    }
}
