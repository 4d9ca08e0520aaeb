//! From tokens to syntax, by precedence.

use super::syntax::{Argument, Comparator, Domain, Iterator, Kind, Node, Operator, RangeNode, Test};
use super::token::{Token, tokens};
use super::{FeelError, Span, Value, builtin, duration};
use crate::problem::ProblemCode;
use crate::quantity::parse_day;

/// How deep brackets, loops and the like may stand inside one another.
const DEEPEST: usize = 48;
/// How deep the parts of an expression may nest in all, with rows of operators, so that no reader of it runs out of stack.
const HIGHEST: usize = 100;
/// How many tokens an expression may have.
const LONGEST: usize = 4_000;
/// How many operators of one precedence may stand in a row.
const LONGEST_ROW: usize = 100;

const KEYWORDS: [&str; 16] =
    ["and", "or", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between", "true", "false", "null", "function"];

/// Whether an expression can name something so.
pub(crate) fn is_name(text: &str) -> bool {
    let starts = text.starts_with(|first: char| first == '_' || first.is_alphabetic());
    starts && text.chars().all(|c| c == '_' || c.is_alphanumeric()) && !KEYWORDS.contains(&text)
}

/// Parses an expression.
pub(crate) fn parse(text: &str) -> Result<Node, FeelError> {
    let tokens = tokens(text, LONGEST)?;
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let node = parser.expression()?;
    match parser.peek() {
        Token::End if node.height > HIGHEST => {
            Err(FeelError::new(ProblemCode::TooLarge, &node.span, format!("the parts of an expression nest at most {HIGHEST} deep"))
                .with_cure("name a part of it by `[define]`"))
        }
        Token::End => Ok(node),
        _ => Err(parser.unexpected("an operator or the end")),
    }
}

/// The words of an expression that can be names.
pub(crate) fn words(text: &str) -> Vec<String> {
    let words = tokens(text, LONGEST).unwrap_or_default().into_iter();
    words.filter_map(|(token, _)| if let Token::Name(name) = token { Some(name) } else { None }).collect()
}

struct Parser {
    tokens: Vec<(Token, Span)>,
    at: usize,
    depth: usize,
}

type Parsed = Result<Node, FeelError>;

impl Parser {
    fn peek(&self) -> &Token {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> &Token {
        self.tokens.get(self.at + ahead).map_or(&Token::End, |(token, _)| token)
    }

    fn span(&self) -> Span {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(0..0, |(_, span)| span.clone())
    }

    fn end_before(&self) -> usize {
        self.at.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(0, |(_, span)| span.end)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        if self.at < self.tokens.len() {
            self.at += 1;
        }
        token
    }

    fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Token::Sign(s) if *s == sign)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name(n) if n == word)
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        self.at += usize::from(found);
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    fn need_sign(&mut self, sign: &str) -> Result<(), FeelError> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn need_word(&mut self, word: &str) -> Result<(), FeelError> {
        if self.take_word(word) { Ok(()) } else { Err(self.unexpected(&format!("`{word}`"))) }
    }

    fn unexpected(&self, expected: &str) -> FeelError {
        let found = match self.peek() {
            Token::End => "the end".to_owned(),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::Name(name) => format!("`{name}`"),
            Token::Number(number) => format!("`{number}`"),
            Token::Text(_) | Token::At(_) => "text".to_owned(),
        };
        FeelError::new(ProblemCode::Syntax, &self.span(), format!("expected {expected}, got {found}"))
            .with_cure(format!("write {expected} here, or correct what stands before it"))
    }

    fn node(&self, start: usize, kind: Kind) -> Node {
        Node::new(kind, start..self.end_before())
    }

    fn expression(&mut self) -> Parsed {
        self.or()
    }

    /// Reads what stands inside something else. INVARIANT: every way of nesting comes through here.
    fn nested(&mut self, read: fn(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= DEEPEST {
            return Err(FeelError::new(ProblemCode::TooLarge, &self.span(), format!("an expression nests at most {DEEPEST} deep"))
                .with_cure("name a part of it by `[define]`"));
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        let node = node?;
        if node.height > HIGHEST {
            return Err(FeelError::new(ProblemCode::TooLarge, &node.span, format!("the parts of an expression nest at most {HIGHEST} deep"))
                .with_cure("name a part of it by `[define]`"));
        }
        Ok(node)
    }

    fn or(&mut self) -> Parsed {
        self.chain("or", Self::and, Kind::Or)
    }

    fn and(&mut self) -> Parsed {
        self.chain("and", Self::comparison, Kind::And)
    }

    fn chain(&mut self, word: &str, part: fn(&mut Self) -> Parsed, kind: fn(Vec<Node>) -> Kind) -> Parsed {
        let start = self.span().start;
        let first = part(self)?;
        if !self.is_word(word) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word(word) {
            parts.push(part(self)?);
        }
        Ok(self.node(start, kind(parts)))
    }

    fn too_long(node: &Node) -> FeelError {
        FeelError::new(ProblemCode::TooLarge, &node.span, format!("a row of operators has at most {LONGEST_ROW} parts"))
            .with_cure("name a part of it by `[define]`")
    }

    fn comparator(&mut self) -> Option<Comparator> {
        let Token::Sign(sign) = self.peek() else { return None };
        let comparator = match *sign {
            "=" => Comparator::Equal,
            "!=" => Comparator::NotEqual,
            "<" => Comparator::Less,
            "<=" => Comparator::LessOrEqual,
            ">" => Comparator::Greater,
            ">=" => Comparator::GreaterOrEqual,
            _ => return None,
        };
        self.at += 1;
        Some(comparator)
    }

    fn comparison(&mut self) -> Parsed {
        let start = self.span().start;
        let mut left = self.sum()?;
        for _ in 0..LONGEST_ROW {
            let kind = if let Some(comparator) = self.comparator() {
                Kind::Compare(comparator, Box::new(left), Box::new(self.sum()?))
            } else if self.take_word("between") {
                let low = self.sum()?;
                self.need_word("and")?;
                Kind::Between(Box::new(left), Box::new(low), Box::new(self.sum()?))
            } else if self.take_word("in") {
                Kind::In(Box::new(left), self.tests()?)
            } else {
                return Ok(left);
            };
            left = self.node(start, kind);
        }
        Err(Self::too_long(&left))
    }

    /// What stands on the right of `in`: one test, or several in parentheses.
    fn tests(&mut self) -> Result<Vec<Test>, FeelError> {
        if !self.is_sign("(") || self.range_opens() || self.parentheses_go_on() {
            return Ok(vec![self.test()?]);
        }
        self.need_sign("(")?;
        let mut tests = vec![self.test()?];
        while self.take_sign(",") {
            tests.push(self.test()?);
        }
        self.need_sign(")")?;
        Ok(tests)
    }

    /// Whether the parentheses here are only the beginning of an expression, as in `(a).b` and `(1 + 2) * 3`.
    fn parentheses_go_on(&self) -> bool {
        let mut level = 0_i32;
        for ahead in 1.. {
            match self.peek_at(ahead) {
                Token::Sign("(" | "[" | "{") => level += 1,
                Token::Sign(")" | "]" | "}") if level > 0 => level -= 1,
                Token::Sign(")") => return matches!(self.peek_at(ahead + 1), Token::Sign("." | "[" | "+" | "-" | "*" | "/" | "**")),
                Token::End => return false,
                _ => {}
            }
        }
        false
    }

    fn test(&mut self) -> Result<Test, FeelError> {
        match self.comparator() {
            Some(comparator) => Ok(Test::Compare(comparator, self.sum()?)),
            None => Ok(Test::Value(self.sum()?)),
        }
    }

    /// Whether the bracket here opens a range: `..` stands before its end, at its own level.
    fn range_opens(&self) -> bool {
        let mut level = 0_i32;
        for ahead in 1.. {
            match self.peek_at(ahead) {
                Token::Sign("..") if level == 0 => return true,
                Token::Sign(",") if level == 0 => return false,
                Token::Sign("(" | "[" | "{") => level += 1,
                Token::Sign(")" | "]" | "}") if level > 0 => level -= 1,
                Token::Sign(")" | "]" | "}") | Token::End => return false,
                // The ends of a range are sums: a word of another kind means that `..` belongs to a loop inside.
                Token::Name(word) if level == 0 && KEYWORDS.contains(&word.as_str()) && !["true", "false", "null"].contains(&word.as_str()) => {
                    return false;
                }
                _ => {}
            }
        }
        false
    }

    fn sum(&mut self) -> Parsed {
        let start = self.span().start;
        let mut left = self.product()?;
        for _ in 0..LONGEST_ROW {
            let operator = match self.peek() {
                Token::Sign("+") => Operator::Add,
                Token::Sign("-") => Operator::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.product()?;
            left = self.node(start, Kind::Arithmetic(operator, Box::new(left), Box::new(right)));
        }
        Err(Self::too_long(&left))
    }

    fn product(&mut self) -> Parsed {
        let start = self.span().start;
        let mut left = self.power()?;
        for _ in 0..LONGEST_ROW {
            let operator = match self.peek() {
                Token::Sign("*") => Operator::Multiply,
                Token::Sign("/") => Operator::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.power()?;
            left = self.node(start, Kind::Arithmetic(operator, Box::new(left), Box::new(right)));
        }
        Err(Self::too_long(&left))
    }

    fn power(&mut self) -> Parsed {
        let start = self.span().start;
        let mut left = self.negation()?;
        for _ in 0..LONGEST_ROW {
            if !self.take_sign("**") {
                return Ok(left);
            }
            let right = self.negation()?;
            left = self.node(start, Kind::Arithmetic(Operator::Power, Box::new(left), Box::new(right)));
        }
        Err(Self::too_long(&left))
    }

    fn negation(&mut self) -> Parsed {
        self.nested(Self::negated)
    }

    fn negated(&mut self) -> Parsed {
        let start = self.span().start;
        let mut signs = 0;
        while self.take_sign("-") {
            signs += 1;
        }
        let mut node = self.postfix()?;
        if signs > DEEPEST {
            return Err(FeelError::new(ProblemCode::TooLarge, &node.span, "too many signs").with_cure("write the number with one sign or none"));
        }
        for _ in 0..signs {
            node = self.node(start, Kind::Negate(Box::new(node)));
        }
        Ok(node)
    }

    fn postfix(&mut self) -> Parsed {
        let start = self.span().start;
        let mut node = self.primary()?;
        for _ in 0..DEEPEST {
            if self.take_sign(".") {
                let span = self.span();
                let Token::Name(name) = self.next() else {
                    self.at -= 1;
                    return Err(self.unexpected("the name of a field"));
                };
                node = self.node(start, Kind::Path(Box::new(node), name, span));
            } else if self.is_sign("[") && !matches!(node.kind, Kind::Literal(_)) {
                // After a literal it can only close a range: `[4..5[`.
                self.at += 1;
                let test = self.expression()?;
                self.need_sign("]")?;
                node = self.node(start, Kind::Filter(Box::new(node), Box::new(test)));
            } else {
                return Ok(node);
            }
        }
        Err(FeelError::new(ProblemCode::TooLarge, &node.span, format!("a path has at most {DEEPEST} steps"))
            .with_cure("name a part of it by `[define]`"))
    }

    fn primary(&mut self) -> Parsed {
        let start = self.span().start;
        match self.peek().clone() {
            Token::Number(number) => self.literal(Value::Number(number)),
            Token::Text(text) => self.literal(Value::Text(text)),
            Token::At(text) => self.at_literal(&text),
            Token::Name(word) => self.word(&word),
            Token::Sign("(" | "[") if self.range_opens() => self.range(),
            Token::Sign("(") => {
                self.at += 1;
                let mut inner = self.expression()?;
                self.need_sign(")")?;
                inner.span = start..self.end_before();
                Ok(inner)
            }
            Token::Sign("[") => self.list(),
            Token::Sign("]") if self.range_opens() => self.range(),
            Token::Sign("{") => Err(FeelError::outside(&self.span(), "a context literal").with_cure("compare the values one by one")),
            _ => Err(self.unexpected("a value")),
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is a way to parse like the others")]
    fn literal(&mut self, value: Value) -> Parsed {
        let span = self.span();
        self.at += 1;
        Ok(Node::new(Kind::Literal(value), span))
    }

    fn at_literal(&mut self, text: &str) -> Parsed {
        let value = match (parse_day(text), duration::parse(text)) {
            (Some(day), _) => Value::Date(day),
            (None, Some(duration::Duration::Months(months))) => Value::Months(months),
            (None, Some(duration::Duration::Seconds(seconds))) => Value::Seconds(seconds),
            (None, None) => {
                let cure = "write @\"2024-10-31\", @\"P6M\" or @\"P1D\"";
                return Err(FeelError::new(ProblemCode::BadDate, &self.span(), "neither a civil date nor a duration").with_cure(cure));
            }
        };
        self.literal(value)
    }

    fn word(&mut self, word: &str) -> Parsed {
        let start = self.span().start;
        match word {
            "true" => self.literal(Value::Boolean(true)),
            "false" => self.literal(Value::Boolean(false)),
            "null" => self.literal(Value::NULL),
            "if" => {
                self.at += 1;
                let condition = self.expression()?;
                self.need_word("then")?;
                let yes = self.expression()?;
                self.need_word("else")?;
                let no = self.expression()?;
                Ok(self.node(start, Kind::If(Box::new(condition), Box::new(yes), Box::new(no))))
            }
            "for" => {
                self.at += 1;
                let iterators = self.iterators()?;
                self.need_word("return")?;
                let body = self.expression()?;
                Ok(self.node(start, Kind::For(iterators, Box::new(body))))
            }
            "some" | "every" => {
                self.at += 1;
                let iterators = self.iterators()?;
                self.need_word("satisfies")?;
                let test = Box::new(self.expression()?);
                Ok(self.node(start, Kind::Quantified { every: word == "every", iterators, test }))
            }
            "function" => self.lambda(),
            _ if KEYWORDS.contains(&word) => Err(self.unexpected("a value")),
            _ => self.name_or_call(word),
        }
    }

    /// A name of facts, or a call of a built-in whose name may have several words.
    fn name_or_call(&mut self, first: &str) -> Parsed {
        let span = self.span();
        let mut name = first.to_owned();
        let mut words = 1;
        while let Token::Name(next) = self.peek_at(words) {
            let longer = format!("{name} {next}");
            if !builtin::some_name_starts_with(&longer) {
                break;
            }
            name = longer;
            words += 1;
        }
        let called = matches!(self.peek_at(words), Token::Sign("("));
        if called {
            self.at += words + 1;
            let arguments = self.arguments()?;
            self.need_sign(")")?;
            return Ok(self.node(span.start, Kind::Call { name, arguments }));
        }
        if let Some(unknown) = self.longer_call(first) {
            let error = FeelError::outside(&span, format!("no function `{unknown}` is in the subset")).with_cure("docs/feel.md has every function");
            return Err(error.with_nearest(&unknown, builtin::SIGNATURES.iter().map(|signature| signature.name)));
        }
        self.at += 1;
        Ok(Node::new(Kind::Name(first.to_owned()), span))
    }

    /// The words here, where a parenthesis behind them shows that they are the name of a function of several words, such as `string join`.
    fn longer_call(&self, first: &str) -> Option<String> {
        const MOST: usize = 4;
        let mut name = first.to_owned();
        for ahead in 1..MOST {
            match self.peek_at(ahead) {
                Token::Name(word) if !KEYWORDS.contains(&word.as_str()) || (first, word.as_str()) == ("date", "and") => {
                    name.push(' ');
                    name.push_str(word);
                }
                Token::Sign("(") if ahead > 1 && !name.ends_with(" and") => return Some(name),
                _ => return None,
            }
        }
        None
    }

    fn arguments(&mut self) -> Result<Vec<Argument>, FeelError> {
        let mut arguments = Vec::new();
        if self.is_sign(")") {
            return Ok(arguments);
        }
        loop {
            let name = self.argument_name();
            arguments.push(Argument { name, value: self.expression()? });
            if !self.take_sign(",") {
                return Ok(arguments);
            }
        }
    }

    /// `start position:` before an argument.
    fn argument_name(&mut self) -> Option<(String, Span)> {
        let start = self.span().start;
        let mut words = Vec::new();
        while let Token::Name(word) = self.peek_at(words.len()) {
            words.push(word.clone());
        }
        if words.is_empty() || !matches!(self.peek_at(words.len()), Token::Sign(":")) {
            return None;
        }
        self.at += words.len();
        let span = start..self.end_before();
        self.at += 1;
        Some((words.join(" "), span))
    }

    fn lambda(&mut self) -> Parsed {
        let start = self.span().start;
        self.at += 1;
        self.need_sign("(")?;
        let mut names = vec![self.name("a parameter")?];
        while self.take_sign(",") {
            names.push(self.name("a parameter")?);
        }
        self.need_sign(")")?;
        let body = self.expression()?;
        Ok(self.node(start, Kind::Lambda(names, Box::new(body))))
    }

    fn name(&mut self, what: &str) -> Result<String, FeelError> {
        match self.peek().clone() {
            Token::Name(name) if !KEYWORDS.contains(&name.as_str()) => {
                self.at += 1;
                Ok(name)
            }
            _ => Err(self.unexpected(&format!("the name of {what}"))),
        }
    }

    fn iterators(&mut self) -> Result<Vec<Iterator>, FeelError> {
        let mut iterators = Vec::new();
        loop {
            let name = self.name("a variable")?;
            self.need_word("in")?;
            let first = self.sum()?;
            let domain = if self.take_sign("..") { Domain::Steps(first, self.sum()?) } else { Domain::List(first) };
            iterators.push(Iterator { name, domain });
            if !self.take_sign(",") {
                return Ok(iterators);
            }
        }
    }

    fn list(&mut self) -> Parsed {
        let start = self.span().start;
        self.need_sign("[")?;
        let mut items = Vec::new();
        if !self.is_sign("]") {
            items.push(self.expression()?);
            while self.take_sign(",") {
                items.push(self.expression()?);
            }
        }
        self.need_sign("]")?;
        Ok(self.node(start, Kind::List(items)))
    }

    fn range(&mut self) -> Parsed {
        let start = self.span().start;
        let low_closed = self.is_sign("[");
        self.at += 1;
        let low = self.sum()?;
        self.need_sign("..")?;
        let high = self.sum()?;
        let high_closed = self.is_sign("]");
        if !high_closed && !self.is_sign(")") && !self.is_sign("[") {
            return Err(self.unexpected("`]` or `)`"));
        }
        self.at += 1;
        Ok(self.node(start, Kind::Range(Box::new(RangeNode { low, low_closed, high, high_closed }))))
    }
}
