//! When a rule holds: an expression, which means the set of those things of a diagram for which it
//! is true. It always ends, and costs at most its length times the size of the diagram.

mod meaning;
mod parse;
mod vocabulary;

pub use self::parse::ExpressionError;
pub use self::vocabulary::{Fact, Relation, Text};

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// What is said of a thing itself.
    Fact(Fact),
    /// A text of the thing is one of these, upper and lower case aside.
    Is(Text, Vec<String>),
    /// A text of the thing has one of these words or phrases.
    Mentions(Text, Vec<String>),
    /// A text of the thing is not empty.
    Given(Text),
    /// Both hold.
    And(Box<Self>, Box<Self>),
    /// One holds, or both.
    Or(Box<Self>, Box<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// It holds of something that the thing is in this relation to.
    Across(Relation, Box<Self>),
}
