//! Who git believes the owner of this machine to be.

/// `user.name` and `user.email` of git's own configuration, where they are set.
#[must_use]
pub fn git_identity() -> (Option<String>, Option<String>) {
    let config = git2::Config::open_default().ok();
    let entry = |key: &str| {
        let text = config.as_ref()?.get_string(key).ok()?;
        (!text.trim().is_empty()).then_some(text)
    };
    (entry("user.name"), entry("user.email"))
}
