//! A form of several parts (RFC 7578), in which Bitbucket takes commits.
//!
//! It is written here because the names of its parts are paths, and must arrive as they are: in
//! UTF-8, within quotation marks, where only those and backslashes are escaped (RFC 9110, 5.6.4).
//! Bitbucket's description knows no other way, and clients like to write such names in others.

use std::fmt::Write as _;

use bytes::Bytes;
use http::HeaderValue;

use crate::provider::FilePath;
use crate::random;

/// A form that is being written.
pub(super) struct Form {
    boundary: String,
    body: Vec<u8>,
}

impl Form {
    /// Without any part. What separates its parts is in none of them, for nobody can guess it.
    pub(super) fn new() -> Self {
        Self {
            boundary: format!("wyvern-{}", random::text::<24>()),
            body: Vec::new(),
        }
    }

    /// Adds a text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.part(&format!("name={}", quoted(name)), value.as_bytes());
    }

    /// Adds a file. Without `filename` it would be a text; without `x-attributes` it would not be
    /// executable any more. The slash tells it from texts of the same name.
    pub(super) fn file(&mut self, path: &FilePath, bytes: &[u8], is_executable: bool) {
        let name = quoted(&format!("/{path}"));
        let mut disposition = format!("name={name}; filename=\"file\"");
        if is_executable {
            disposition.push_str("; x-attributes=\"executable\"");
        }
        disposition.push_str("\r\nContent-Type: application/octet-stream");
        self.part(&disposition, bytes);
    }

    fn part(&mut self, disposition: &str, bytes: &[u8]) {
        let head = format!(
            "--{}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n",
            self.boundary
        );
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(bytes);
        self.body.extend_from_slice(b"\r\n");
    }

    /// Its content type, and its bytes.
    pub(super) fn finish(mut self) -> (HeaderValue, Bytes) {
        let end = format!("--{}--\r\n", self.boundary);
        self.body.extend_from_slice(end.as_bytes());
        let kind = format!("multipart/form-data; boundary={}", self.boundary);
        let kind = kind.parse().expect("the boundary is letters and digits");
        (kind, self.body.into())
    }
}

fn quoted(name: &str) -> String {
    let mut quoted = String::from("\"");
    for c in name.chars() {
        let escape = if matches!(c, '"' | '\\') { "\\" } else { "" };
        write!(quoted, "{escape}{c}").expect("writing to a string cannot fail");
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_its_parts_as_they_are() {
        let mut form = Form::new();
        form.text("message", "a\r\n\r\nb: \"c\"");
        let path = FilePath::parse("a'b\"c/Zoë #1.json").unwrap();
        form.file(&path, b"{\r\n\xff}", false);
        form.file(&FilePath::parse("message").unwrap(), b"#!/bin/sh", true);
        let (kind, body) = form.finish();
        let kind = kind.to_str().unwrap();
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        let told = String::from_utf8_lossy(&body).replace(boundary, "B");
        assert_eq!(
            told,
            "--B\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n\
             a\r\n\r\nb: \"c\"\r\n\
             --B\r\nContent-Disposition: form-data; name=\"/a'b\\\"c/Zoë #1.json\"; filename=\"file\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n\
             {\r\n\u{fffd}}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"/message\"; filename=\"file\"; x-attributes=\"executable\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n\
             #!/bin/sh\r\n\
             --B--\r\n"
        );
    }

    #[test]
    fn no_two_forms_have_the_same_boundary() {
        assert_ne!(Form::new().boundary, Form::new().boundary);
    }
}
