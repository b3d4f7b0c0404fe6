//! The GraphQL texts that Wyvern sends: what is asked for by one call.
//!
//! Names never become part of a text; they are its variables.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// Commits and files by aliases: `commits[c].f…` with what is wanted of each file.
#[derive(Default)]
pub(super) struct Files {
    variables: Map<String, Value>,
    declared: String,
    selected: String,
}

/// The text of a query and its variables.
pub(super) struct Query {
    pub(super) text: String,
    pub(super) variables: Value,
}

/// What is at a path, and, of a blob, its text where GitHub gives it wholly.
pub(super) const CONTENTS: &str = "{mode oid object{... on Blob{isTruncated text}}}";
/// What is at a path.
pub(super) const KIND: &str = "{mode oid}";
/// What is in a folder.
pub(super) const ENTRIES: &str = "{mode oid object{... on Tree{entries{name mode}}}}";

/// The one mutation: a commit on top of the commit that the branch must stand at.
pub(super) const COMMIT: &str = "mutation Commit($input:CreateCommitOnBranchInput!){\
     createCommitOnBranch(input:$input){commit{oid}}}";

impl Files {
    /// Asks for a commit's files: each by an alias, its path, and what is wanted of it.
    pub(super) fn commit<'a>(
        mut self,
        alias: &str,
        id: &str,
        files: impl IntoIterator<Item = (String, &'a str, &'static str)>,
    ) -> Self {
        let mut selected = String::new();
        for (file, path, wanted) in files {
            let name = format!("{alias}{file}");
            write!(selected, " {file}:file(path:${name}){wanted}").expect(STRING);
            self.declare(&name, "String", path);
        }
        self.declare(alias, "GitObjectID", id);
        write!(
            self.selected,
            " {alias}:object(oid:${alias}){{... on Commit{{oid{selected}}}}}"
        )
        .expect(STRING);
        self
    }

    /// The whole query, of this repository. `title` is the operation's name.
    pub(super) fn of(self, title: &str, owner: &str, name: &str) -> Query {
        let mut variables = self.variables;
        variables.insert("owner".to_owned(), json!(owner));
        variables.insert("name".to_owned(), json!(name));
        Query {
            text: format!(
                "query {title}($owner:String!,$name:String!{}){{\
                 repository(owner:$owner,name:$name){{{}}}}}",
                self.declared, self.selected
            ),
            variables: variables.into(),
        }
    }

    fn declare(&mut self, name: &str, kind: &str, value: &str) {
        write!(self.declared, ",${name}:{kind}!").expect(STRING);
        self.variables.insert(name.to_owned(), json!(value));
    }
}

const STRING: &str = "writing to a string cannot fail";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_variables() {
        let files = [("f0".to_owned(), "a\"}{b", KIND)];
        let query = Files::default().commit("c", "1234", files);
        let query = query.of("Look", "owner", "name");
        assert_eq!(
            query.text,
            "query Look($owner:String!,$name:String!,$cf0:String!,$c:GitObjectID!){\
             repository(owner:$owner,name:$name){ \
             c:object(oid:$c){... on Commit{oid f0:file(path:$cf0){mode oid}}}}}"
        );
        let wanted = json!({"cf0": "a\"}{b", "c": "1234", "owner": "owner", "name": "name"});
        assert_eq!(query.variables, wanted);
    }
}
