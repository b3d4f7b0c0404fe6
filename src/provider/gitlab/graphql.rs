//! The GraphQL texts that Wyvern sends: what is asked for by one call.
//!
//! GitLab counts how complex a query is, and answers none above 250: a path of `blobs` counts two, a
//! folder about fifteen. Names never become part of a text; they are its variables.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// What is asked of a repository.
#[derive(Default)]
pub(super) struct Query {
    title: &'static str,
    variables: Map<String, Value>,
    declared: String,
    selected: String,
}

/// What is wanted of a blob besides its path and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What it is.
    Versions,
    /// Also its text.
    Contents,
}

impl Query {
    /// `title` is the operation's name.
    pub(super) fn new(title: &'static str) -> Self {
        Self {
            title,
            ..Self::default()
        }
    }

    /// Asks for the blobs at these paths of a commit: where there is none, nothing is answered.
    pub(super) fn blobs(
        mut self,
        alias: &str,
        commit: &str,
        paths: &[&str],
        wanted: Wanted,
    ) -> Self {
        let text = match wanted {
            Wanted::Versions => "",
            Wanted::Contents => " rawTextBlob",
        };
        let commit = self.variable(&format!("{alias}Ref"), "String!", json!(commit));
        let paths = self.variable(&format!("{alias}Paths"), "[String!]!", json!(paths));
        write!(
            self.selected,
            " {alias}:blobs(ref:{commit},paths:{paths}){{nodes{{path oid mode{text}}}}}"
        )
        .expect(STRING);
        self
    }

    /// Asks for the beginning of a folder of a commit, the root being the empty path.
    pub(super) fn folder(mut self, alias: &str, commit: &str, path: &str) -> Self {
        const FIRST: &str = "(first:1){nodes{name}}";
        let commit = self.variable(&format!("{alias}Ref"), "String!", json!(commit));
        let path = self.variable(&format!("{alias}Path"), "String!", json!(path));
        write!(
            self.selected,
            " {alias}:tree(ref:{commit},path:{path}){{trees{FIRST} blobs{FIRST} submodules{FIRST}}}"
        )
        .expect(STRING);
        self
    }

    /// The body of the call, for the project with this path.
    pub(super) fn body(&self, project: &str) -> Value {
        let mut variables = self.variables.clone();
        variables.insert("project".to_owned(), json!(project));
        let Self {
            title,
            declared,
            selected,
            ..
        } = self;
        let text = format!(
            "query {title}($project:ID!{declared}){{project(fullPath:$project){{repository{{{selected}}}}}}}"
        );
        json!({ "query": text, "variables": variables })
    }

    fn variable(&mut self, name: &str, kind: &str, value: Value) -> String {
        write!(self.declared, ",${name}:{kind}").expect(STRING);
        self.variables.insert(name.to_owned(), value);
        format!("${name}")
    }
}

const STRING: &str = "writing to a string cannot fail";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_variables() {
        let query = Query::new("Look")
            .blobs("blobs", "1234", &["a\"}{b"], Wanted::Contents)
            .folder("f0", "1234", "a");
        let body = query.body("group/sub/name");
        assert_eq!(
            body["query"],
            "query Look($project:ID!,$blobsRef:String!,$blobsPaths:[String!]!,$f0Ref:String!,\
             $f0Path:String!){project(fullPath:$project){repository{ \
             blobs:blobs(ref:$blobsRef,paths:$blobsPaths){nodes{path oid mode rawTextBlob}} \
             f0:tree(ref:$f0Ref,path:$f0Path){trees(first:1){nodes{name}} \
             blobs(first:1){nodes{name}} submodules(first:1){nodes{name}}}}}}"
        );
        let variables = json!({
            "project": "group/sub/name",
            "blobsRef": "1234", "blobsPaths": ["a\"}{b"], "f0Ref": "1234", "f0Path": "a",
        });
        assert_eq!(body["variables"], variables);
    }
}
