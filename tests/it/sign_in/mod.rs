//! Sign-ins at a hosted provider, and the records that keep them.

mod answers;
mod ground;
mod hosts;
mod records;
mod renewal;
mod replicas;
mod returning;
mod spoken;
