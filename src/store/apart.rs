//! Work on long texts, apart from the threads that answer requests.

use std::panic::resume_unwind;

/// What is read, revised or laid out of this many bytes is done in less time than a request may
/// wait for another; a hop to another thread would cost more than it frees.
const INLINE_MAX: usize = 64 << 10;

/// Does this work on texts of so many bytes in all: at once when they are short, on one of tokio's
/// blocking threads when they are long.
pub async fn apart<T: Send + 'static>(
    bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    if bytes <= INLINE_MAX {
        return work();
    }
    // It is never aborted, so it has either ended or panicked; a panic goes on as if it were here.
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => resume_unwind(error.into_panic()),
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[tokio::test]
    async fn only_long_work_leaves_the_thread() {
        let here = thread::current().id();
        let short = apart(INLINE_MAX, || thread::current().id()).await;
        assert_eq!(short, here);
        let long = apart(INLINE_MAX + 1, || thread::current().id()).await;
        assert_ne!(long, here);
    }

    #[tokio::test]
    #[should_panic(expected = "as it was said")]
    async fn a_panic_is_not_lost() {
        apart(INLINE_MAX + 1, || panic!("as it was said")).await;
    }
}
