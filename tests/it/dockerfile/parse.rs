//! Reads the Dockerfile: as much of its syntax as it uses, and no more.

const DOCKERFILE: &str = include_str!("../../../Dockerfile");

/// A stage: what it begins with, and its instructions.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) base: String,
    pub(super) name: Option<String>,
    /// Each as its keyword and the rest.
    pub(super) steps: Vec<(String, String)>,
}

impl Stage {
    /// What follows each instruction of this kind.
    pub(super) fn all(&self, keyword: &str) -> Vec<&str> {
        let of_kind = self.steps.iter().filter(|(kind, _)| kind == keyword);
        of_kind.map(|(_, rest)| rest.as_str()).collect()
    }

    /// What follows the one instruction of this kind.
    pub(super) fn only(&self, keyword: &str) -> &str {
        let all = self.all(keyword);
        assert_eq!(all.len(), 1, "{keyword}");
        all[0]
    }
}

/// The stages of the Dockerfile.
pub(super) fn stages() -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for instruction in instructions() {
        let (keyword, rest) = instruction.split_once(' ').expect(&instruction);
        if keyword == "FROM" {
            let (base, name) = rest
                .split_once(" AS ")
                .map_or((rest, None), |(base, name)| (base, Some(name)));
            stages.push(Stage {
                base: base.to_owned(),
                name: name.map(ToOwned::to_owned),
                steps: Vec::new(),
            });
        } else {
            let stage = stages.last_mut().expect("a Dockerfile begins with FROM");
            stage
                .steps
                .push((keyword.to_owned(), rest.trim().to_owned()));
        }
    }
    stages
}

/// One for each instruction: comments left out, continued lines joined.
fn instructions() -> Vec<String> {
    let lines = DOCKERFILE.lines().map(str::trim);
    let text: Vec<_> = lines
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    let joined = text.join("\n").replace("\\\n", "");
    joined.lines().map(ToOwned::to_owned).collect()
}

/// The `key=value` pairs of an ENV or LABEL.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = text.trim();
    while let Some((key, after)) = rest.split_once('=') {
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').expect("a quote ends"),
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        pairs.push((key.to_owned(), value.to_owned()));
        rest = after.trim();
    }
    assert_eq!(rest, "", "{text}");
    pairs
}
