//! The threat model as a document: lossless JSON, typed views, operations.

pub mod json;

mod document;
mod invalid;
mod schema;
mod shape;

mod view;
mod vocabulary;

mod align;
mod anatomy;
mod card;
mod check;
mod diff;
mod drawing;
mod label;
mod merge;
mod methodologies;
mod subject;

mod apply;
mod find;
mod frame;
mod open_threats;
mod operation;

mod upgrade;

#[cfg(test)]
mod tests;

pub use self::card::{Card, Severities};
pub use self::check::{
    Exempted, Exemption, Facts, Finding, Level, Policy, PolicyError, Rule, check, rules,
};
pub use self::diff::{Aspect, Change, ChangeKind, Contents, Diff, FieldChange, diff};
pub use self::document::{Document, Generation};
pub use self::drawing::{BoxKind, Drawing, DrawnBox, DrawnLine, LineKind};
pub use self::frame::Frame;
pub use self::invalid::Invalid;
pub use self::merge::{Conflict, Merged, Note, Side, Trouble, merge};
pub use self::methodologies::{Categories, categories, category_names, methodologies};
pub use self::operation::{
    CellEdit, CellPlace, End, EndPlace, Offset, Operation, OperationError, Point, Route,
    ThreatPlace,
};
pub use self::schema::SCHEMA;
pub use self::subject::{CellName, DiagramName, Subject, ThreatName};
pub use self::upgrade::upgrade;
pub use self::view::{CellView, DiagramView, ThreatCount, ThreatView};
pub use self::vocabulary::{CellShape, Methodology, Severity, Status};
