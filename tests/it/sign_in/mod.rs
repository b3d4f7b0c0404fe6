//! Sign-ins at a hosted provider, and the records that keep them.

mod records;
