//! The integration tests: one binary, its modules in reading order.
mod model;
