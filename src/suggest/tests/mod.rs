//! Rules are read, asked and told.

mod cases;
mod expressions;
mod notation;
mod offers;
mod packs;
