//! What a team keeps is read, joined and told.

mod joined;
mod libraries;
mod sources;
mod templates;

use crate::suggest::Fault;

/// Faults as `line:column sentence`.
fn told(faults: &[Fault]) -> Vec<String> {
    let told = |fault: &Fault| format!("{}:{} {}", fault.line, fault.column, fault.sentence);
    faults.iter().map(told).collect()
}
