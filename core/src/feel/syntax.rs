//! The shape of an expression as it was written, with the place of every part.

use std::ops::Range;

use super::Value;

/// A place in the text of an expression: bytes from and to.
pub type Span = Range<usize>;

/// A part of an expression, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
    /// How deep the parts below it nest.
    pub(crate) height: usize,
}

impl Node {
    /// A part at this place, whose height follows from the parts below it.
    pub(crate) fn new(kind: Kind, span: Span) -> Self {
        let height = kind.parts().into_iter().map(|part| part.height + 1).max().unwrap_or(0);
        Self { kind, span, height }
    }
}

/// What a part of an expression is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Literal(Value),
    Name(String),
    Path(Box<Node>, String, Span),
    Filter(Box<Node>, Box<Node>),
    Call {
        name: String,
        arguments: Vec<Argument>,
    },
    Negate(Box<Node>),
    Arithmetic(Operator, Box<Node>, Box<Node>),
    Compare(Comparator, Box<Node>, Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Between(Box<Node>, Box<Node>, Box<Node>),
    In(Box<Node>, Vec<Test>),
    If(Box<Node>, Box<Node>, Box<Node>),
    For(Vec<Iterator>, Box<Node>),
    Quantified {
        every: bool,
        iterators: Vec<Iterator>,
        test: Box<Node>,
    },
    List(Vec<Node>),
    Range(Box<RangeNode>),
    /// `function(x, y) ..`, which stands only as the order of `sort`.
    Lambda(Vec<String>, Box<Node>),
}

impl Kind {
    /// The parts directly below.
    pub(crate) fn parts(&self) -> Vec<&Node> {
        fn of_iterators<'n>(iterators: &'n [Iterator], body: &'n Node) -> Vec<&'n Node> {
            let mut parts = vec![body];
            for iterator in iterators {
                match &iterator.domain {
                    Domain::List(list) => parts.push(list),
                    Domain::Steps(from, to) => parts.extend([from, to]),
                }
            }
            parts
        }
        match self {
            Self::Literal(_) | Self::Name(_) => Vec::new(),
            Self::Path(of, ..) | Self::Negate(of) | Self::Lambda(_, of) => vec![of],
            Self::Filter(a, b) | Self::Arithmetic(_, a, b) | Self::Compare(_, a, b) => vec![a, b],
            Self::Call { arguments, .. } => arguments.iter().map(|argument| &argument.value).collect(),
            Self::And(parts) | Self::Or(parts) | Self::List(parts) => parts.iter().collect(),
            Self::Between(a, b, c) | Self::If(a, b, c) => vec![a, b, c],
            Self::In(value, tests) => {
                let tests = tests.iter().map(|test| match test {
                    Test::Compare(_, node) | Test::Value(node) => node,
                });
                std::iter::once(&**value).chain(tests).collect()
            }
            Self::For(iterators, body) | Self::Quantified { iterators, test: body, .. } => of_iterators(iterators, body),
            Self::Range(range) => vec![&range.low, &range.high],
        }
    }
}

/// An argument of a call, perhaps named.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Argument {
    pub(crate) name: Option<(String, Span)>,
    pub(crate) value: Node,
}

/// `i in list` or `i in 1..n`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Iterator {
    pub(crate) name: String,
    pub(crate) domain: Domain,
}

/// What an iterator runs over.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Domain {
    List(Node),
    Steps(Node, Node),
}

/// `[1..5)`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RangeNode {
    pub(crate) low: Node,
    pub(crate) low_closed: bool,
    pub(crate) high: Node,
    pub(crate) high_closed: bool,
}

/// A test on the right of `in`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    Compare(Comparator, Node),
    Value(Node),
}

/// `+`, `-`, `*`, `/`, `**`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

impl Operator {
    /// Its sign.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "**",
        }
    }
}

/// `=`, `!=`, `<`, `<=`, `>`, `>=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// The same.
    Equal,
    /// Another.
    NotEqual,
    /// Less.
    Less,
    /// Less or the same.
    LessOrEqual,
    /// More.
    Greater,
    /// More or the same.
    GreaterOrEqual,
}

impl Comparator {
    /// Whether an order decides it.
    pub(crate) const fn needs_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }

    /// What the comparison says of two values in this order.
    #[inline]
    pub(crate) fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }

    /// The comparison that holds exactly where this one does not.
    pub(crate) const fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }

    /// The same comparison with its sides exchanged.
    pub(crate) const fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }

    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}
