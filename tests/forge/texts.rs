//! The text of a file, as hosts give it in JSON.

/// How far a file is searched for what makes it binary.
const BINARY_SEARCH: usize = 8000;

pub(super) fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().take(BINARY_SEARCH).any(|byte| *byte == 0)
}

/// The text, cut at so many bytes; of bytes there is none. What is not UTF-8 is taken for Latin-1:
/// then the text is not the bytes.
pub(super) fn text(bytes: &[u8], most: usize) -> Option<String> {
    if is_binary(bytes) {
        return None;
    }
    let mut text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    };
    text.truncate(text.floor_char_boundary(most));
    Some(text)
}
