//! Names, parsed at the door: whoever holds one of these types holds a name that is safe in a git
//! tree, in a ref, in a file system and in a provider's URL.

use std::fmt;

use thiserror::Error;

/// The longest segment, in bytes of UTF-8: `<segment>.json` must fit the 255 bytes that file
/// systems allow.
const SEGMENT_MAX: usize = 240;
/// The longest path, branch or repository name, in bytes of UTF-8.
const NAME_MAX: usize = 1000;
/// How many parts a repository's name may have: the deepest nesting of groups known is 20.
const REPOSITORY_PARTS_MAX: usize = 22;

/// Why a name is refused. Its text is one sentence, fit for showing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("The {what} {name:?} is refused: {reason}.")]
pub struct NameError {
    what: &'static str,
    name: String,
    reason: &'static str,
}

impl NameError {
    fn new(what: &'static str, name: &str, reason: &'static str) -> Self {
        let name = name.chars().take(80).collect();
        Self { what, name, reason }
    }

    /// The same refusal, told of a `what` (`model name`, say) instead of a path segment.
    #[must_use]
    pub fn of(self, what: &'static str) -> Self {
        Self { what, ..self }
    }
}

/// One segment of a path: a file's or a folder's own name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Segment(String);

impl Segment {
    /// Reads a name that can stand in a git tree on every system.
    ///
    /// # Errors
    /// When git, Windows, macOS or a provider would refuse it, change it or give it a meaning.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        match segment_fault(text) {
            None => Ok(Self(text.to_owned())),
            Some(reason) => Err(NameError::new("name", text, reason)),
        }
    }

    /// The name with an extension after it. It is a good name too: the longest segment leaves
    /// room for it, and no extension of ours is one that git or Windows knows.
    #[must_use]
    pub fn with_extension(&self, extension: &str) -> Self {
        Self(format!("{self}.{extension}"))
    }
}

/// A file's or a folder's path in a repository: segments joined by `/`, never absolute.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FilePath(String);

impl FilePath {
    /// Reads `a/b/c`.
    ///
    /// # Errors
    /// When a segment is refused, or the whole is too long.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let refuse = |reason| NameError::new("path", text, reason);
        if text.len() > NAME_MAX {
            return Err(refuse("it is longer than 1000 bytes"));
        }
        text.split('/')
            .try_for_each(|part| segment_fault(part).map_or(Ok(()), |r| Err(refuse(r))))?;
        Ok(Self(text.to_owned()))
    }

    /// The path of `segment` in this folder.
    ///
    /// # Errors
    /// When the whole is too long.
    pub fn join(&self, segment: &Segment) -> Result<Self, NameError> {
        let whole = format!("{self}/{segment}");
        if whole.len() > NAME_MAX {
            return Err(NameError::new(
                "path",
                &whole,
                "it is longer than 1000 bytes",
            ));
        }
        Ok(Self(whole))
    }

    /// The segments, outermost first.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }
}

/// A branch's name, without `refs/heads/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BranchName(String);

impl BranchName {
    /// Reads a branch name. What git refuses is refused (git-check-ref-format(1)), and so are
    /// names that git or a provider would take for something else.
    ///
    /// # Errors
    /// With the rule that the name breaks.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        match ref_fault(text) {
            None => Ok(Self(text.to_owned())),
            Some(reason) => Err(NameError::new("branch name", text, reason)),
        }
    }
}

/// A tag's name, without `refs/tags/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TagName(String);

impl TagName {
    /// Reads a tag's name. What is refused of a branch is refused here: git has the same rules.
    ///
    /// # Errors
    /// With the rule that the name breaks.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        match ref_fault(text) {
            None => Ok(Self(text.to_owned())),
            Some(reason) => Err(NameError::new("tag", text, reason)),
        }
    }
}

/// A repository's name: `owner/name`, where the owner may be nested (`group/subgroup/name`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RepositoryName(String);

impl RepositoryName {
    /// Reads `owner/name`.
    ///
    /// # Errors
    /// When there are not at least two parts, or a part is refused.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let refuse = |reason| NameError::new("repository name", text, reason);
        let parts = text.split('/').count();
        if text.len() > NAME_MAX {
            return Err(refuse("it is longer than 1000 bytes"));
        }
        if !(2..=REPOSITORY_PARTS_MAX).contains(&parts) {
            return Err(refuse("it must be owner/name"));
        }
        for part in text.split('/') {
            if let Some(reason) = segment_fault(part) {
                return Err(refuse(reason));
            }
            if part.starts_with('-') {
                return Err(refuse("a part must not begin with '-'"));
            }
            // `x.git` is the folder that keeps repository `x`; inside it there is no place for another.
            if part.to_ascii_lowercase().ends_with(".git") {
                return Err(refuse("a part must not end in .git"));
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// The first part of the name, which Threat Dragon's API calls the organisation.
    #[must_use]
    pub fn organisation(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |(first, _)| first)
    }
}

macro_rules! text {
    ($($name:ident),+) => {$(
        impl $name {
            /// The name as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

text!(Segment, FilePath, BranchName, TagName, RepositoryName);

fn segment_fault(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("it is empty")
    } else if text.len() > SEGMENT_MAX {
        Some("it is longer than 240 bytes")
    } else if text == "." || text == ".." {
        Some("\".\" and \"..\" are not names")
    } else if let Some(reason) = character_fault(text) {
        Some(reason)
    } else if text.contains(['/', '\\']) {
        Some("it must not contain a slash or a backslash")
    } else if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
        Some("it must not begin or end with a space")
    } else if text.ends_with('.') {
        Some("it must not end with a full stop")
    } else if ends_in_lock(text) {
        Some("it must not end in .lock")
    } else if is_gits_own(text) {
        Some("git or a provider gives this name a meaning")
    } else if is_windows_device(text) {
        Some("it is a device name on Windows")
    } else {
        None
    }
}

/// Control characters, and the marks that reorder text so that a name reads as another one.
fn character_fault(text: &str) -> Option<&'static str> {
    let reorders = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(char::is_control) || text.contains(['\u{2028}', '\u{2029}', '\u{feff}']) {
        Some("it must not contain control characters")
    } else if text.contains(reorders) {
        Some("it must not contain marks that change the direction of text")
    } else {
        None
    }
}

fn ends_in_lock(text: &str) -> bool {
    let end = text.as_bytes().last_chunk();
    end.is_some_and(|end: &[u8; 5]| end.eq_ignore_ascii_case(b".lock"))
}

/// `.git` and its kin, also as HFS+ (which ignores some characters), NTFS (short names, streams)
/// and Windows (trailing dots and spaces) would read them.
fn is_gits_own(text: &str) -> bool {
    let ignored = |c: &char| matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
    // Listings ask this of every entry, and each of these names has one of the two.
    if !text.contains(['.', '~']) {
        return false;
    }
    let visible: String = text.chars().filter(|c| !ignored(c)).collect();
    let visible = visible.to_lowercase();
    let stem = visible
        .split(':')
        .next()
        .unwrap_or_default()
        .trim_end_matches(['.', ' ']);
    is_short_name(stem)
        || matches!(
            stem,
            ".git"
                | ".gitmodules"
                | ".gitattributes"
                | ".gitignore"
                | ".mailmap"
                | ".github"
                | ".gitlab"
        )
}

/// The eight-character names that NTFS gives such files: six letters and a number, or, when those
/// are taken, the beginning of two letters and a hash (as git lists them) and a longer number.
fn is_short_name(stem: &str) -> bool {
    const LETTERS: [&str; 5] = ["git", "gitmod", "gitatt", "gitign", "mailma"];
    const HASHED: [&str; 4] = ["gi7eba", "gi7d29", "gi250a", "maba30"];
    stem.split_once('~').is_some_and(|(start, number)| {
        let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let hashed = |name: &&str| !start.is_empty() && name.starts_with(start);
        numbered && (LETTERS.contains(&start) || stem.len() >= 8 && HASHED.iter().any(hashed))
    })
}

fn is_windows_device(text: &str) -> bool {
    let stem = text.split(['.', ':']).next().unwrap_or_default().trim_end();
    let is = |name: &&str| stem.eq_ignore_ascii_case(name);
    let port = stem
        .split_at_checked(3)
        .filter(|(name, _)| name.eq_ignore_ascii_case("COM") || name.eq_ignore_ascii_case("LPT"));
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"]
        .iter()
        .any(is)
        || port.is_some_and(|(_, number)| {
            matches!(number, "\u{b9}" | "\u{b2}" | "\u{b3}")
                || matches!(number.as_bytes(), [b'1'..=b'9'])
        })
}

fn ref_fault(text: &str) -> Option<&'static str> {
    let looks_like_an_id = text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if text.is_empty() {
        Some("it is empty")
    } else if text.len() > SEGMENT_MAX {
        Some("it is longer than 240 bytes")
    } else if let Some(reason) = character_fault(text) {
        Some(reason)
    } else if text.contains([' ', '~', '^', ':', '?', '*', '[', '\\']) {
        Some("it must not contain a space or any of ~ ^ : ? * [ \\")
    } else if text.contains("..") || text.contains("@{") {
        Some("it must not contain \"..\" or \"@{\"")
    } else if text.starts_with('-') || text == "@" {
        Some("it must not begin with '-' or be \"@\"")
    } else if text.split('/').any(str::is_empty) {
        Some("it must not begin or end with a slash, or have two in a row")
    } else if text
        .split('/')
        .any(|part| part.starts_with('.') || part.ends_with('.'))
    {
        Some("no part of it may begin or end with a full stop")
    } else if text.split('/').any(ends_in_lock) {
        Some("no part of it may end in .lock")
    } else if text.starts_with("refs/") || text == "HEAD" || text.ends_with("_HEAD") {
        Some("git gives this name a meaning")
    } else if looks_like_an_id {
        Some("it looks like a commit id")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_system_reads_in_its_own_way_are_refused() {
        let gits = [
            ".git",
            ".GIT",
            ".g\u{200c}it",
            "git~1",
            "GITMOD~12",
            "gi7eba~9",
            ".git. .",
        ];
        let more = [".gitmodules:x", ".GitHub", ".gitignore::$DATA"];
        let devices = ["con", "CON.json", "nul ", "COM1", "lpt9.txt", "conin$:x"];
        let locks = ["a.lock", ".LOCK", "main.lock"];
        for name in gits.iter().chain(&more).chain(&devices).chain(&locks) {
            assert!(Segment::parse(name).is_err(), "{name:?} is accepted");
        }
    }

    #[test]
    fn names_that_only_look_like_those_are_accepted() {
        let names = [
            "git", "gitlab", ".gitx", "agit~1", "git~a", "gi7ebb~1", "COM0", "COM10", "console",
            "LPT", "clock", "lock", "a.lockx", "ﬁle", "é.git", "Gateway", ".hidden",
        ];
        for name in names {
            assert_eq!(Segment::parse(name).unwrap().as_str(), name);
        }
    }
}
