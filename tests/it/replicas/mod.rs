//! Two real servers behind a balancer that sends each request to the other one.

mod balancer;
mod crowd;
mod expiries;
mod fleet;
mod load;
mod memory;
mod outages;
mod servers;
mod sign_ins;
mod silence;
