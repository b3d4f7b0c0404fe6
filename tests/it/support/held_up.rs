//! A call to the forge that is held up until the test lets it go.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};

use crate::forge::Fault;

/// The call, as the test sees it.
pub(crate) struct HeldUp {
    arrived: Arc<AtomicBool>,
    gate: Sender<()>,
}

impl HeldUp {
    /// What the call meets, and the call.
    pub(crate) fn new() -> (Fault, Self) {
        let arrived = Arc::new(AtomicBool::new(false));
        let here = Arc::clone(&arrived);
        let (gate, opened) = channel();
        let opened = Mutex::new(opened);
        let hold = move |_: &_| {
            here.store(true, Ordering::Relaxed);
            opened.lock().unwrap().recv().unwrap();
        };
        (Fault::Before(Arc::new(hold)), Self { arrived, gate })
    }

    /// Whether it has come.
    pub(crate) fn has_arrived(&self) -> bool {
        self.arrived.load(Ordering::Relaxed)
    }

    pub(crate) fn let_go(&self) {
        self.gate.send(()).unwrap();
    }
}
