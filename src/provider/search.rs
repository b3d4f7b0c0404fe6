//! What a search of a listing finds. Hosts have searches of their own, and each finds something else.

/// Whether a name contains this, ignoring case. Every name contains nothing.
pub(super) fn finds(query: Option<&str>) -> impl Fn(&str) -> bool {
    let query = query.unwrap_or_default().to_lowercase();
    move |name| name.to_lowercase().contains(&query)
}
