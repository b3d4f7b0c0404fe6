//! The form of `POST …/src`: files, and fields that say what becomes of them.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::stream;
use git2::FileMode;
use multer::{Field, Multipart};

use super::super::asked::{Answer, Asked};
use super::errors;

/// The names of fields that are no paths, as long as no file has them.
const FIELDS: [&str; 5] = ["message", "author", "branch", "parents", "files"];

/// A form.
#[derive(Default)]
pub(super) struct Form {
    fields: Vec<(String, String)>,
    pub(super) files: Vec<File>,
}

/// A file that is to be there.
pub(super) struct File {
    pub(super) path: String,
    pub(super) bytes: Bytes,
    pub(super) mode: FileMode,
}

impl Form {
    /// Reads the body of a call.
    pub(super) fn of(asked: &Asked) -> Result<Self, Answer> {
        let kind = asked.header("content-type").unwrap_or_default();
        let boundary = multer::parse_boundary(kind).map_err(|error| unread(&error))?;
        let body = stream::iter([Ok::<_, Infallible>(asked.body.clone())]);
        let read = Self::read(Multipart::new(body, boundary)).now_or_never();
        read.expect("the whole body is there")
            .map_err(|error| unread(&error))
    }

    async fn read(mut parts: Multipart<'static>) -> multer::Result<Self> {
        let mut form = Self::default();
        while let Some(part) = parts.next_field().await? {
            let name = part.name().unwrap_or_default().to_owned();
            if part.file_name().is_none() && FIELDS.contains(&name.as_str()) {
                form.fields.push((name, part.text().await?));
                continue;
            }
            form.files.push(File {
                path: absolute(&name),
                mode: mode(&part),
                bytes: part.bytes().await?,
            });
        }
        Ok(form)
    }

    pub(super) fn field<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// The paths of the files that are to go: they are named, and no file comes for them.
    pub(super) fn deleted(&self) -> Vec<String> {
        let named = self.all("files").map(absolute);
        let comes = |path: &String| self.files.iter().any(|file| file.path == *path);
        named.filter(|path| !comes(path)).collect()
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.fields.iter().filter(move |(field, _)| field == name);
        named.map(|(_, value)| value.as_str())
    }
}

/// Paths begin at the root, with and without a slash.
fn absolute(path: &str) -> String {
    path.trim_start_matches('/').to_owned()
}

/// A file is plain unless its part says otherwise, whatever it was before.
fn mode(part: &Field<'_>) -> FileMode {
    let said = part.headers().get("content-disposition");
    let said = String::from_utf8_lossy(said.map_or(&[], |value| value.as_bytes()));
    let is = |attribute: &str| said.contains(&format!("x-attributes=\"{attribute}\""));
    if is("executable") {
        FileMode::BlobExecutable
    } else if is("link") {
        FileMode::Link
    } else {
        FileMode::Blob
    }
}

fn unread(error: &multer::Error) -> Answer {
    errors::error(400, &format!("Bad request: {error}"))
}
