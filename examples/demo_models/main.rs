//! Writes the demo models: `cargo run --example demo_models` renews `config/demo/`.
//!
//! Each model is a sketch in Rust, so that positions, ids, threat numbers and the many small parts
//! of the file format come out right by construction.

mod fitness_tracker;
mod format;
mod hospital_platform;
mod sketch;
mod starter;
mod warehouse_robots;
mod web_shop;

use std::path::Path;
use std::{fs, io};

use sketch::Model;

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/demo");
    fs::create_dir_all(&folder)?;
    for (name, model) in models() {
        fs::write(folder.join(format!("{name}.json")), format::text(&model))?;
    }
    Ok(())
}

/// The models with their names.
fn models() -> [(&'static str, Model); 5] {
    [
        ("starter", starter::model()),
        ("web-shop", web_shop::model()),
        ("fitness-tracker", fitness_tracker::model()),
        ("warehouse-robots", warehouse_robots::model()),
        ("hospital-platform", hospital_platform::model()),
    ]
}
