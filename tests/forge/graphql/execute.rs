//! Walks the selections of a document over the things that it selects from.

use apollo_compiler::Node;
use apollo_compiler::ast::{Definition, DirectiveList, Field, Selection, Value as Written};
use serde_json::{Map, Value, json};

use super::Request;
use super::types::{Failure, Resolved, Thing};

/// The whole answer to an operation.
pub(super) fn run<C, T: Thing<C>>(context: &C, request: &Request, root: &T) -> Value {
    let mut walk = Walk {
        context,
        request,
        errors: Vec::new(),
        invalid: false,
    };
    let data = walk.object(root, &request.operation.selection_set, &[]);
    match (walk.invalid, walk.errors.is_empty()) {
        (true, _) => json!({ "errors": walk.errors }),
        (false, true) => json!({ "data": data }),
        (false, false) => json!({ "data": data, "errors": walk.errors }),
    }
}

struct Walk<'a, C> {
    context: &'a C,
    request: &'a Request,
    errors: Vec<Value>,
    /// Whether the document asks for what there is not; then there is no data at all.
    invalid: bool,
}

impl<'a, C> Walk<'a, C> {
    fn object<T: Thing<C>>(
        &mut self,
        thing: &T,
        selections: &[Selection],
        path: &[Value],
    ) -> Value {
        let mut members = Map::new();
        self.select(thing, selections, path, &mut members);
        Value::Object(members)
    }

    fn select<T: Thing<C>>(
        &mut self,
        thing: &T,
        selections: &[Selection],
        path: &[Value],
        into: &mut Map<String, Value>,
    ) {
        for selection in selections {
            let further = match selection {
                Selection::Field(field) if self.is_wanted(&field.directives) => {
                    let key = field.response_name().to_string();
                    let mut path = path.to_vec();
                    path.push(key.clone().into());
                    let value = self.field(thing, field, &path);
                    into.insert(key, value);
                    None
                }
                Selection::InlineFragment(fragment) if self.is_wanted(&fragment.directives) => {
                    let condition = fragment.type_condition.as_deref();
                    Some((condition, &fragment.selection_set))
                }
                Selection::FragmentSpread(spread) if self.is_wanted(&spread.directives) => {
                    self.fragment(&spread.fragment_name)
                }
                _ => None,
            };
            let meant =
                |condition: Option<&str>| condition.is_none_or(|condition| thing.is_a(condition));
            if let Some((_, selections)) = further.filter(|(condition, _)| meant(*condition)) {
                self.select(thing, selections, path, into);
            }
        }
    }

    /// A named fragment: which type it is on, and what it selects.
    fn fragment(&self, name: &str) -> Option<(Option<&'a str>, &'a Vec<Selection>)> {
        let definitions = self.request.document.definitions.iter();
        let mut fragments = definitions.filter_map(Definition::as_fragment_definition);
        let fragment = fragments.find(|fragment| fragment.name == name)?;
        Some((Some(&*fragment.type_condition), &fragment.selection_set))
    }

    fn field<T: Thing<C>>(&mut self, thing: &T, field: &Node<Field>, path: &[Value]) -> Value {
        if field.name == "__typename" {
            return thing.type_name().into();
        }
        let arguments = self.request.arguments(field);
        match thing.resolve(self.context, &field.name, &arguments) {
            Ok(Resolved::Leaf(value)) => value,
            Ok(Resolved::One(thing)) => self.object(&thing, &field.selection_set, path),
            Ok(Resolved::Many(things)) => {
                let item = |(place, thing): (usize, &T)| {
                    let mut path = path.to_vec();
                    path.push(place.into());
                    self.object(thing, &field.selection_set, &path)
                };
                things.iter().enumerate().map(item).collect()
            }
            Err(failure) => {
                self.fail(&failure, field, path);
                Value::Null
            }
        }
    }

    fn fail(&mut self, failure: &Failure, field: &Node<Field>, path: &[Value]) {
        let place = field.line_column_range(&self.request.document.sources);
        let locations: Vec<_> = place
            .map(|place| json!({ "line": place.start.line, "column": place.start.column }))
            .into_iter()
            .collect();
        let mut error = match failure {
            Failure::Undefined(kind) => {
                self.invalid = true;
                json!({ "extensions": {
                    "code": "undefinedField", "typeName": kind, "fieldName": field.name.as_str(),
                } })
            }
            Failure::Refused { kind, .. } => json!({ "type": kind }),
        };
        error["path"] = path.to_vec().into();
        error["locations"] = locations.into();
        error["message"] = failure.message(&field.name).into();
        self.errors.push(error);
    }

    /// What `@include` and `@skip` say.
    fn is_wanted(&self, directives: &DirectiveList) -> bool {
        let holds = |name: &str| {
            let condition = directives.get(name)?.specified_argument_by_name("if")?;
            plain(condition, &self.request.variables).as_bool()
        };
        holds("include").unwrap_or(true) && !holds("skip").unwrap_or(false)
    }
}

/// A value as it is written in the document, with the variables put in.
pub(super) fn plain(value: &Written, variables: &Map<String, Value>) -> Value {
    match value {
        Written::Null => Value::Null,
        Written::Enum(name) => name.as_str().into(),
        Written::Variable(name) => variables.get(name.as_str()).cloned().unwrap_or_default(),
        Written::String(text) => text.as_str().into(),
        Written::Float(number) => number.try_to_f64().ok().into(),
        Written::Int(number) => number.try_to_i32().ok().into(),
        Written::Boolean(yes) => (*yes).into(),
        Written::List(values) => values.iter().map(|value| plain(value, variables)).collect(),
        Written::Object(members) => {
            let member = |(name, value): &(apollo_compiler::Name, Node<Written>)| {
                (name.to_string(), plain(value, variables))
            };
            Value::Object(members.iter().map(member).collect())
        }
    }
}
