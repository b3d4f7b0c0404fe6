//! Answers against the types that are made from Bitbucket's description.
//!
//! Of that description a client in TypeScript is published as a package, with a type for every
//! answer and the address of every call. So the browser app's own compiler is asked whether answers
//! are of their types. A member that no type has is a fault, too.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::official::{BITBUCKET_CALLS, BITBUCKET_TYPES};

const COMPILER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/static/node_modules/typescript/bin/tsc"
);

/// What lets an object have members that are not described.
const ANYTHING: &str = "[k: string]: unknown";

/// The description, and the answers that are to be held to it.
pub(super) struct Types {
    declarations: String,
    calls: BTreeMap<String, Option<String>>,
    answers: String,
}

impl Types {
    /// The package's, with a part of its text exchanged for each pair.
    pub(super) fn read(exchanged: &[(&str, &str)]) -> Self {
        let mut declarations = BITBUCKET_TYPES.text().replace(ANYTHING, "");
        for (old, new) in exchanged {
            assert!(declarations.contains(old), "{old} is described by now");
            declarations = declarations.replace(old, new);
        }
        Self {
            declarations,
            calls: calls(&BITBUCKET_CALLS.text()),
            answers: "import { Schema } from './description'\n".to_owned(),
        }
    }

    /// Whether a call, such as `GET /user`, is described.
    pub(super) fn has(&self, call: &str) -> bool {
        self.calls.contains_key(call)
    }

    /// The type of a call's answer, where it is described.
    pub(super) fn of(&self, call: &str) -> Option<&str> {
        self.calls.get(call)?.as_deref()
    }

    /// Has an answer looked at.
    pub(super) fn expect(&mut self, kind: &str, answer: &Value) {
        let name = format!("answer{}", self.answers.lines().count());
        let line = format!("export const {name}: Schema.{kind} = {answer}\n");
        self.answers.push_str(&line);
    }

    /// What is wrong with the answers.
    pub(super) fn faults(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        file("description.d.ts", &self.declarations);
        file("answers.ts", &self.answers);
        assert!(Path::new(COMPILER).exists(), "run `npm ci` in static/");
        let compiled = Command::new("node")
            .args([
                COMPILER,
                "--noEmit",
                "--strict",
                "--skipLibCheck",
                "answers.ts",
            ])
            .current_dir(&folder)
            .output();
        let said = compiled.unwrap().stdout;
        String::from_utf8(said).unwrap()
    }
}

/// The calls in the client's program, each with the type of its answer where it has one. A call is
/// an object there, with its members in the order of the alphabet.
fn calls(program: &str) -> BTreeMap<String, Option<String>> {
    let quoted = |text: &str, name: &str| {
        let (_, rest) = text.split_once(&format!("{name}:\""))?;
        Some(rest.split('"').next()?.to_owned())
    };
    let call = |object: &str| {
        let (head, _) = object.split_once("url:\"")?;
        let method = object.split('"').next()?;
        let call = format!("{method} {}", quoted(object, "url")?);
        Some((call, quoted(head, "returns")))
    };
    program
        .split("method:\"")
        .skip(1)
        .filter_map(call)
        .collect()
}
