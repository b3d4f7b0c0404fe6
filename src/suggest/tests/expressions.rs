//! What expressions mean, what is wrong with others, and that they hold what their sets promise.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::notation::diagram;
use crate::suggest::expression::{Expression, Fact, Relation, Text};
use crate::suggest::things::{Sought, Things};

/// A shop: a customer outside, a web application in the zone `DMZ`, a store and a worker in `Inner`, which is in `DMZ`.
const SHOP: [&str; 11] = [
    "actor Customer authenticates name='Paying customer'",
    "boundary DMZ",
    "boundary Inner in DMZ",
    "process Web in DMZ web privilege='www-data'",
    "process Worker in Inner name='orderWorker' description='Sends the JWT tokens'",
    "store Orders in Inner encrypted name='Orders DB'",
    "flow Customer > Web public protocol='HTTPS'",
    "flow Web > Orders encrypted",
    "flow Worker > Orders bidirectional",
    "flow . > Web name='Loose end'",
    "store Apart log",
];

/// Expressions, and what they hold of in the shop.
const HOLDS: &[(&str, &[&str])] = &[
    ("actor", &["Customer"]),
    ("element and not process", &["Customer", "Orders", "Apart"]),
    ("store or actor and web", &["Orders", "Apart"]),
    ("(store or process) and web", &["Web"]),
    ("not not log", &["Apart"]),
    ("encrypted", &["Orders", "Web > Orders"]),
    ("loose", &[". > Web"]),
    ("flow and crossing", &["Customer > Web", "Web > Orders"]),
    ("inside and element", &["Web", "Worker", "Orders"]),
    ("inside and boundary", &["Inner"]),
    ("zoned and actor", &["Customer"]),
    ("source(web)", &["Web > Orders"]),
    ("target(web)", &["Customer > Web", ". > Web"]),
    ("some incoming(public)", &["Web"]),
    ("element and no incoming(flow)", &["Customer", "Apart"]),
    ("some outgoing(bidirectional)", &["Worker", "Orders"]),
    ("some sender(actor)", &["Web"]),
    ("some receiver(store)", &["Web", "Worker"]),
    ("some sender(store)", &["Worker"]),
    ("some upstream(actor)", &["Web", "Orders", "Worker"]),
    (
        "some downstream(store)",
        &["Customer", "Web", "Worker", "Orders"],
    ),
    (
        "element and some boundary(name is \"dmz\")",
        &["Web", "Worker", "Orders"],
    ),
    (
        "some boundary(some boundary(boundary)) and store",
        &["Orders"],
    ),
    ("some crossed(name is \"Inner\")", &["Web > Orders"]),
    ("some content(store)", &["DMZ", "Inner"]),
    ("name is \"web\", \"apart\"", &["Web", "Apart"]),
    ("text mentions \"token\", \"tokens\"", &["Worker"]),
    ("name mentions \"order worker\"", &["Worker"]),
    ("name mentions \"db\"", &["Orders"]),
    ("name mentions \"order\"", &["Worker"]),
    (
        "name mentions \"paying\" and name mentions \"Customer\"",
        &["Customer"],
    ),
    ("protocol is \"https\"", &["Customer > Web"]),
    ("privilege given", &["Web"]),
    ("description given", &["Worker"]),
    (
        "text is \"ORDERS db\", \"sends the jwt tokens\"",
        &["Worker", "Orders"],
    ),
    ("name mentions \"...\"", &[]),
];

/// What is no expression, where it is wrong and how that is told.
const WRONG: &[(&str, usize, &str)] = &[
    (
        "",
        0,
        "something that can hold is missing here, such as \"flow\" or \"public\"",
    ),
    (
        "flow and",
        8,
        "something that can hold is missing here, such as \"flow\" or \"public\"",
    ),
    (
        "flow pubic",
        5,
        "\"and\" or \"or\" is missing before \"pubic\"",
    ),
    (
        "flow and pubic",
        9,
        "there is no word \"pubic\"; the nearest is \"public\"",
    ),
    ("(flow", 5, "\")\" is expected, not the end"),
    ("flow)", 4, "\"and\" or \"or\" is missing before ')'"),
    ("source flow", 7, "\"(\" is expected, not \"flow\""),
    (
        "name",
        4,
        "behind name is \"is\", \"mentions\" or \"given\"",
    ),
    (
        "name is login",
        8,
        "a text in quotes, such as \"login\", is expected, not \"login\"",
    ),
    (
        "name is \"a\", ",
        13,
        "a text in quotes, such as \"login\", is expected, not the end",
    ),
    (
        "name is \"a",
        8,
        "a text in quotes, such as \"login\", is expected, not '\"'",
    ),
    (
        "some neighbour(flow)",
        5,
        "behind \"some\" or \"no\" is one of source, target, incoming, outgoing, sender, receiver, \
             upstream, downstream, boundary, crossed, content",
    ),
];

fn holds_of(expression: &str) -> BTreeSet<String> {
    let (document, _) = diagram("STRIDE", &SHOP.map(str::to_owned));
    let expression = Expression::parse(expression).expect("an expression");
    let mut sought = Sought::default();
    expression.seek(&mut sought);
    let things = Things::of(document.diagrams().next().expect("a diagram"), &sought);
    let holds = expression.holds_of(&things);
    holds
        .ones()
        .map(|at| things.cells()[at].id().into_owned())
        .collect()
}

#[test]
fn an_expression_holds_of_what_it_says() {
    for (expression, expected) in HOLDS {
        let expected: BTreeSet<_> = expected.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(holds_of(expression), expected, "{expression}");
    }
}

#[test]
fn a_flow_crosses_a_curve_that_its_line_cuts() {
    let lines = [
        "process A",
        "process B",
        "curve Border",
        "process C",
        "flow A > B",
        "flow A > C",
    ];
    let (document, _) = diagram("STRIDE", &lines.map(str::to_owned));
    let diagram = document.diagrams().next().expect("a diagram");
    let things = Things::of(diagram, &Sought::default());
    let crossing = things.with(Fact::Crossing);
    assert_eq!(crossing.ones().collect::<Vec<_>>(), [5]);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, at, sentence) in WRONG {
        let error = Expression::parse(text).expect_err(text);
        assert_eq!(
            (error.at, error.sentence.as_str()),
            (*at, *sentence),
            "{text:?}"
        );
    }
}

#[test]
fn what_would_take_long_is_refused() {
    let deep = format!("{}flow{}", "(".repeat(17), ")".repeat(17));
    let error = Expression::parse(&deep).expect_err("too deep");
    assert_eq!(
        (error.at, error.sentence.as_str()),
        (16, "parentheses are nested at most 16 deep")
    );
    let long = "not ".repeat(250) + "flow";
    let error = Expression::parse(&long).expect_err("too long");
    assert_eq!(
        error.sentence,
        "an expression has at most 1000 bytes: make two rules"
    );
    assert!(Expression::parse(&("not ".repeat(249) + "flow")).is_ok());
}

/// Any expression, as text.
fn expressions() -> impl Strategy<Value = String> {
    let facts = prop::sample::select(Fact::ALL).prop_map(|fact| fact.word().to_owned());
    let texts = (prop::sample::select(Text::ALL), "[a-zA-Z ]{1,8}")
        .prop_map(|(text, word)| format!("{} mentions {word:?}", text.word()));
    let leaf = prop_oneof![facts, texts];
    leaf.prop_recursive(3, 12, 2, |inner| {
        let related = (prop::sample::select(Relation::ALL), inner.clone());
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) and ({b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) or ({b})")),
            inner.prop_map(|a| format!("not ({a})")),
            related.prop_map(|(relation, a)| format!("some {}({a})", relation.word())),
        ]
    })
}

proptest! {
    #[test]
    fn the_laws_of_logic_hold(a in expressions(), b in expressions()) {
        let not = |text: &str| format!("not ({text})");
        prop_assert_eq!(holds_of(&not(&not(&a))), holds_of(&a));
        let either = holds_of(&format!("({a}) or ({b})"));
        let neither = holds_of(&format!("not ({a}) and not ({b})"));
        prop_assert!(either.is_disjoint(&neither));
        prop_assert_eq!(either.len() + neither.len(), SHOP.len());
        let some = holds_of(&format!("some incoming(({a}) or ({b}))"));
        let apart = holds_of(&format!("some incoming({a}) or some incoming({b})"));
        prop_assert_eq!(some, apart);
    }

    #[test]
    fn any_text_is_an_expression_or_tells_where_it_is_not(text in "\\PC{0,60}") {
        if let Err(error) = Expression::parse(&text) {
            prop_assert!(error.at <= text.len());
        }
    }
}
