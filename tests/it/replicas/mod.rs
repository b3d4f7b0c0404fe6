//! Two real servers behind a balancer that sends each request to the other one.

mod balancer;
mod fleet;
mod memory;
mod outages;
mod sign_ins;
mod silence;
