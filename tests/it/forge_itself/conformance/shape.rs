//! Answers of GraphQL against what was selected and the types of the schema.

use std::collections::BTreeMap;

use apollo_compiler::ast::Type;
use apollo_compiler::executable::{Field, Selection, SelectionSet};
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Node, Schema};
use serde_json::Value;

/// A document that holds to the schema, with the schema.
pub(super) struct Shape<'a> {
    pub(super) schema: &'a Valid<Schema>,
    pub(super) document: &'a Valid<ExecutableDocument>,
}

impl Shape<'_> {
    /// What is wrong with `data` as the answer to the document's one operation.
    pub(super) fn fault(&self, data: &Value) -> Option<String> {
        let operation = self.document.operations.get(None).unwrap();
        self.of_object(&operation.selection_set, data, "data")
    }

    /// An object of an abstract type may be of any of its types.
    fn of_object(&self, selected: &SelectionSet, value: &Value, at: &str) -> Option<String> {
        let kinds = self.kinds(&selected.ty);
        let faults: Vec<_> = kinds
            .iter()
            .map(|kind| self.of_kind(kind, selected, value, at))
            .collect();
        if faults.iter().any(Option::is_none) {
            return None;
        }
        let faults: Vec<_> = faults.into_iter().flatten().collect();
        Some(faults.join("; or "))
    }

    fn kinds(&self, name: &str) -> Vec<String> {
        let objects = self.schema.types.iter().filter(|(_, one)| one.is_object());
        objects
            .map(|(kind, _)| kind.to_string())
            .filter(|kind| kind == name || self.schema.is_subtype(name, kind))
            .collect()
    }

    fn of_kind(
        &self,
        kind: &str,
        selected: &SelectionSet,
        value: &Value,
        at: &str,
    ) -> Option<String> {
        let mut fields = BTreeMap::new();
        self.collect(kind, selected, &mut fields);
        let Some(members) = value.as_object() else {
            return Some(format!("{at} is no object"));
        };
        let mut names: Vec<_> = members.keys().map(String::as_str).collect();
        names.sort_unstable();
        let wanted: Vec<_> = fields.keys().map(String::as_str).collect();
        if names != wanted {
            return Some(format!(
                "{at} as {kind} has {names:?}, selected was {wanted:?}"
            ));
        }
        let mut faults = fields.iter().filter_map(|(name, field)| {
            let at = format!("{at}.{name}");
            self.of_type(field, field.ty(), &members[name], &at)
        });
        faults.next()
    }

    /// The fields that are selected of an object of this type, by their names in the answer.
    fn collect<'s>(
        &'s self,
        kind: &str,
        selected: &'s SelectionSet,
        into: &mut BTreeMap<String, &'s Node<Field>>,
    ) {
        let meant = |condition: &str| condition == kind || self.schema.is_subtype(condition, kind);
        for selection in &selected.selections {
            match selection {
                Selection::Field(field) => {
                    into.insert(field.response_key().to_string(), field);
                }
                Selection::InlineFragment(fragment) => {
                    if fragment.type_condition.as_deref().is_none_or(meant) {
                        self.collect(kind, &fragment.selection_set, into);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = spread.fragment_def(self.document).unwrap();
                    if meant(fragment.type_condition()) {
                        self.collect(kind, &fragment.selection_set, into);
                    }
                }
            }
        }
    }

    fn of_type(&self, field: &Field, ty: &Type, value: &Value, at: &str) -> Option<String> {
        if value.is_null() {
            return ty.is_non_null().then(|| format!("{at} is null"));
        }
        match ty {
            Type::List(item) | Type::NonNullList(item) => {
                let Some(items) = value.as_array() else {
                    return Some(format!("{at} is no list"));
                };
                let item = |value| self.of_type(field, item, value, &format!("{at}[]"));
                items.iter().find_map(item)
            }
            Type::Named(name) | Type::NonNullNamed(name) => {
                if !field.selection_set.is_empty() {
                    return self.of_object(&field.selection_set, value, at);
                }
                let fits = match name.as_str() {
                    "Int" => value.is_i64(),
                    "Boolean" => value.is_boolean(),
                    "Float" => value.is_number(),
                    // The others that the forge has are texts: ids, times, addresses, enumerations.
                    _ => value.is_string(),
                };
                (!fits).then(|| format!("{at} is {value}, which is no {name}"))
            }
        }
    }
}
