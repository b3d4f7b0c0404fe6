//! Reads an expression.
//!
//! ```text
//! disjunction = conjunction { "or" conjunction }
//! conjunction = negation { "and" negation }
//! negation    = { "not" } primary
//! primary     = group | fact | text test | ("source" | "target") group
//!             | ("some" | "no") relation group
//! group       = "(" disjunction ")"
//! test        = "given" | ("is" | "mentions") literal { "," literal }
//! literal     = '"' characters without '"' '"'
//! ```

use winnow::Parser as _;
use winnow::ascii::multispace0;
use winnow::combinator::{delimited, peek};
use winnow::error::ParserError;
use winnow::stream::{LocatingSlice, Location as _, Stream as _};
use winnow::token::take_while;

use super::{Expression, Fact, Relation, Text};

/// How many bytes an expression may have.
const LENGTH_MAX: usize = 1_000;
/// How deep parentheses may be nested: a reader is lost long before.
const DEPTH_MAX: usize = 16;

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct ExpressionError {
    /// Where, in bytes from its beginning.
    pub at: usize,
    /// What, and what would mend it.
    pub sentence: String,
}

type Input<'a> = LocatingSlice<&'a str>;
type Read<T> = Result<T, ExpressionError>;

impl<'a> ParserError<Input<'a>> for ExpressionError {
    type Inner = Self;

    fn from_input(input: &Input<'a>) -> Self {
        let at = input.current_token_start();
        let sentence = format!("{} is not expected here", shown(input));
        Self { at, sentence }
    }

    fn into_inner(self) -> Result<Self::Inner, Self> {
        Ok(self)
    }
}

impl Expression {
    /// Reads one.
    ///
    /// # Errors
    ///
    /// With the place and what would mend it.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        bounded(text)?;
        let mut input = LocatingSlice::new(text);
        let expression = disjunction(&mut input)?;
        skip_space(&mut input)?;
        if input.is_empty() {
            Ok(expression)
        } else {
            let missing = format!("\"and\" or \"or\" is missing before {}", shown(&input));
            Err(wrong(&input, missing))
        }
    }
}

/// Refuses what would take long, or much of the stack.
fn bounded(text: &str) -> Read<()> {
    if text.len() > LENGTH_MAX {
        let sentence = format!("an expression has at most {LENGTH_MAX} bytes: make two rules");
        return Err(ExpressionError { at: 0, sentence });
    }
    let mut depth = 0_usize;
    for (at, sign) in text.bytes().enumerate() {
        match sign {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH_MAX {
            let sentence = format!("parentheses are nested at most {DEPTH_MAX} deep");
            return Err(ExpressionError { at, sentence });
        }
    }
    Ok(())
}

fn disjunction(input: &mut Input<'_>) -> Read<Expression> {
    let mut whole = conjunction(input)?;
    while takes(input, "or") {
        whole = Expression::Or(Box::new(whole), Box::new(conjunction(input)?));
    }
    Ok(whole)
}

fn conjunction(input: &mut Input<'_>) -> Read<Expression> {
    let mut whole = negation(input)?;
    while takes(input, "and") {
        whole = Expression::And(Box::new(whole), Box::new(negation(input)?));
    }
    Ok(whole)
}

fn negation(input: &mut Input<'_>) -> Read<Expression> {
    let mut holds = true;
    while takes(input, "not") {
        holds = !holds;
    }
    let expression = primary(input)?;
    Ok(if holds {
        expression
    } else {
        negated(expression)
    })
}

fn negated(expression: Expression) -> Expression {
    Expression::Not(Box::new(expression))
}

fn primary(input: &mut Input<'_>) -> Read<Expression> {
    skip_space(input)?;
    if input.starts_with('(') {
        return group(input);
    }
    let before = input.checkpoint();
    match word(input)? {
        "some" => across(input),
        "no" => across(input).map(negated),
        "source" => related(input, Relation::Source),
        "target" => related(input, Relation::Target),
        named => {
            if let Some(fact) = Fact::read(named) {
                return Ok(Expression::Fact(fact));
            }
            if let Some(text) = Text::read(named) {
                return test(input, text);
            }
            input.reset(&before);
            Err(wrong(input, unknown(named)))
        }
    }
}

/// `relation (…)`, behind `some` or `no`.
fn across(input: &mut Input<'_>) -> Read<Expression> {
    skip_space(input)?;
    let before = input.checkpoint();
    if let Some(relation) = Relation::read(word(input)?) {
        return related(input, relation);
    }
    input.reset(&before);
    let words: Vec<_> = Relation::ALL.iter().map(|each| each.word()).collect();
    let sentence = format!("behind \"some\" or \"no\" is one of {}", words.join(", "));
    Err(wrong(input, sentence))
}

fn related(input: &mut Input<'_>, relation: Relation) -> Read<Expression> {
    Ok(Expression::Across(relation, Box::new(group(input)?)))
}

fn group(input: &mut Input<'_>) -> Read<Expression> {
    sign(input, "(")?;
    let inner = disjunction(input)?;
    sign(input, ")")?;
    Ok(inner)
}

/// What is asked of a text.
fn test(input: &mut Input<'_>, text: Text) -> Read<Expression> {
    if takes(input, "given") {
        Ok(Expression::Given(text))
    } else if takes(input, "is") {
        Ok(Expression::Is(text, literals(input)?))
    } else if takes(input, "mentions") {
        Ok(Expression::Mentions(text, literals(input)?))
    } else {
        skip_space(input)?;
        let sentence = format!(
            "behind {} is \"is\", \"mentions\" or \"given\"",
            text.word()
        );
        Err(wrong(input, sentence))
    }
}

/// One text in quotes, or several.
fn literals(input: &mut Input<'_>) -> Read<Vec<String>> {
    let mut texts = vec![literal(input)?];
    loop {
        skip_space(input)?;
        if !input.starts_with(',') {
            return Ok(texts);
        }
        sign(input, ",")?;
        texts.push(literal(input)?);
    }
}

fn literal(input: &mut Input<'_>) -> Read<String> {
    skip_space(input)?;
    let quoted = |input: &mut Input<'_>| -> Read<String> {
        delimited("\"", take_while(1.., |c| c != '"'), "\"")
            .map(str::to_owned)
            .parse_next(input)
    };
    let (at, found) = (input.current_token_start(), shown(input));
    quoted(input).map_err(|_| {
        let sentence = format!("a text in quotes, such as \"login\", is expected, not {found}");
        ExpressionError { at, sentence }
    })
}

fn sign(input: &mut Input<'_>, wanted: &'static str) -> Read<()> {
    skip_space(input)?;
    let found = shown(input);
    let at = input.current_token_start();
    let mut parser = wanted;
    let taken: Read<&str> = parser.parse_next(input);
    taken.map(drop).map_err(|_| {
        let sentence = format!("{wanted:?} is expected, not {found}");
        ExpressionError { at, sentence }
    })
}

/// Takes a word of the language, if it is the next one.
fn takes(input: &mut Input<'_>, wanted: &str) -> bool {
    let before = input.checkpoint();
    if skip_space(input).and_then(|()| word(input)) == Ok(wanted) {
        return true;
    }
    input.reset(&before);
    false
}

/// The next word; empty where something else stands.
fn word<'a>(input: &mut Input<'a>) -> Read<&'a str> {
    take_while(0.., |c: char| c.is_alphanumeric() || c == '-' || c == '_').parse_next(input)
}

fn skip_space(input: &mut Input<'_>) -> Read<()> {
    multispace0.void().parse_next(input)
}

/// What stands next, for a sentence.
fn shown(input: &Input<'_>) -> String {
    let mut rest = *input;
    match peek(word).parse_next(&mut rest) {
        Ok("") => rest
            .chars()
            .next()
            .map_or_else(|| "the end".to_owned(), |sign| format!("{sign:?}")),
        Ok(word) => format!("\"{word}\""),
        Err(_) => String::new(),
    }
}

fn unknown(named: &str) -> String {
    if named.is_empty() {
        return "something that can hold is missing here, such as \"flow\" or \"public\""
            .to_owned();
    }
    let facts = Fact::ALL.iter().map(|fact| fact.word());
    let texts = Text::ALL.iter().map(|text| text.word());
    let words: Vec<_> = facts.chain(texts).collect();
    match similar::get_close_matches(named, &words, 1, 0.6).first() {
        Some(near) => format!("there is no word \"{named}\"; the nearest is \"{near}\""),
        None => format!(
            "there is no word \"{named}\"; there are {}",
            words.join(", ")
        ),
    }
}

fn wrong(input: &Input<'_>, sentence: String) -> ExpressionError {
    let at = input.current_token_start();
    ExpressionError { at, sentence }
}
