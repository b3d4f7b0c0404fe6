//! Hostile names, percent-encoded, and the words in which each is refused.

/// Names that no repository part, branch or model may have, percent-encoded, and why.
pub(super) const NOBODYS: &[(&str, &str)] = &[
    ("%00", "it must not contain control characters"),
    ("a%00b", "it must not contain control characters"),
    ("a%0ab", "it must not contain control characters"),
    (
        "a%0d%0aset-cookie:%20x",
        "it must not contain control characters",
    ),
    ("a%7fb", "it must not contain control characters"),
    ("a%1b[31m", "it must not contain control characters"),
    ("a%C2%85b", "it must not contain control characters"),
    ("a%E2%80%A8b", "it must not contain control characters"),
    ("%EF%BB%BFa", "it must not contain control characters"),
    (
        "a%E2%80%AEb",
        "it must not contain marks that change the direction of text",
    ),
    (
        "a%E2%81%A6b",
        "it must not contain marks that change the direction of text",
    ),
    ("x.lock", "no part of it may end in .lock"),
    ("x.LOCK", "no part of it may end in .lock"),
];

/// Names that no repository part and no model may have.
pub(super) const NO_SEGMENTS: &[(&str, &str)] = &[
    (".", "\".\" and \"..\" are not names"),
    ("..", "\".\" and \"..\" are not names"),
    ("%2e", "\".\" and \"..\" are not names"),
    ("%2e%2e", "\".\" and \"..\" are not names"),
    (".%2E", "\".\" and \"..\" are not names"),
    ("..%5c", "it must not contain a slash or a backslash"),
    ("..%5c..%5cx", "it must not contain a slash or a backslash"),
    ("C%3A%5Cx", "it must not contain a slash or a backslash"),
    ("%20a", "it must not begin or end with a space"),
    ("a%20", "it must not begin or end with a space"),
    ("a%C2%A0", "it must not begin or end with a space"),
    ("a.", "it must not end with a full stop"),
    ("...", "it must not end with a full stop"),
    (".git", "git or a provider gives this name a meaning"),
    (".GIT", "git or a provider gives this name a meaning"),
    (".Git", "git or a provider gives this name a meaning"),
    ("git~1", "git or a provider gives this name a meaning"),
    ("GIT~2", "git or a provider gives this name a meaning"),
    (
        ".g%E2%80%8Cit",
        "git or a provider gives this name a meaning",
    ),
    (
        ".git%3A%3A$INDEX_ALLOCATION",
        "git or a provider gives this name a meaning",
    ),
    (".gitmodules", "git or a provider gives this name a meaning"),
    (
        ".gitattributes",
        "git or a provider gives this name a meaning",
    ),
    (".gitignore", "git or a provider gives this name a meaning"),
    (".github", "git or a provider gives this name a meaning"),
    ("gitmod~1", "git or a provider gives this name a meaning"),
    ("CON", "it is a device name on Windows"),
    ("nul.txt", "it is a device name on Windows"),
    ("com1", "it is a device name on Windows"),
    ("LPT9.x.y", "it is a device name on Windows"),
    ("aux%20.x", "it is a device name on Windows"),
];

/// Names that no branch may have.
pub(super) const NO_BRANCHES: &[(&str, &str)] = &[
    ("..", "it must not contain \"..\" or \"@{\""),
    ("%2e%2e", "it must not contain \"..\" or \"@{\""),
    ("a..b", "it must not contain \"..\" or \"@{\""),
    ("..%2f..%2fx", "it must not contain \"..\" or \"@{\""),
    ("main@%7B0%7D", "it must not contain \"..\" or \"@{\""),
    ("@%7B-1%7D", "it must not contain \"..\" or \"@{\""),
    ("@", "it must not begin with '-' or be \"@\""),
    ("-x", "it must not begin with '-' or be \"@\""),
    ("--upload-pack=x", "it must not begin with '-' or be \"@\""),
    (
        "%2Fmain",
        "it must not begin or end with a slash, or have two in a row",
    ),
    (
        "main%2F",
        "it must not begin or end with a slash, or have two in a row",
    ),
    (
        "a%2F%2Fb",
        "it must not begin or end with a slash, or have two in a row",
    ),
    (".", "no part of it may begin or end with a full stop"),
    (".x", "no part of it may begin or end with a full stop"),
    ("x.", "no part of it may begin or end with a full stop"),
    ("a%2F.b", "no part of it may begin or end with a full stop"),
    ("a%2Fb.lock%2Fc", "no part of it may end in .lock"),
    ("HEAD", "git gives this name a meaning"),
    ("FETCH_HEAD", "git gives this name a meaning"),
    ("refs%2Fheads%2Fmain", "git gives this name a meaning"),
    (
        "1234567890abcdef1234567890ABCDEF12345678",
        "it looks like a commit id",
    ),
    (
        "main~1",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    (
        "main%5E",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    (
        ":%2Ftext",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    (
        "a%20b",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    (
        "a%3Fb",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    (
        "a%5Cb",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    ("*", "it must not contain a space or any of ~ ^ : ? * [ \\"),
];
