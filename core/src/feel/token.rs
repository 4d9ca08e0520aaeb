//! From text to tokens.

use rust_decimal::Decimal;

use super::{FeelError, Span};
use crate::problem::ProblemCode;
use crate::quantity::parse_decimal;

/// A word or sign of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Number(Decimal),
    Text(String),
    /// `@".."`
    At(String),
    Name(String),
    Sign(&'static str),
    End,
}

/// What authors write for a sign of the language: in other languages, and on a Chinese keyboard.
const MISTAKEN: [(&str, &str); 30] = [
    ("==", "`=`"),
    ("=>", "`>=`"),
    ("=<", "`<=`"),
    ("<>", "`!=`"),
    ("&&", "`and`"),
    ("||", "`or`"),
    ("%", "a share as a decimal, such as 0.25"),
    ("'", "texts in double quotes"),
    ("≥", "`>=`"),
    ("≤", "`<=`"),
    ("≠", "`!=`"),
    ("＝", "`=`"),
    ("＞", "`>`"),
    ("＜", "`<`"),
    ("＋", "`+`"),
    ("－", "`-`"),
    ("×", "`*`"),
    ("＊", "`*`"),
    ("÷", "`/`"),
    ("／", "`/`"),
    ("（", "`(`"),
    ("）", "`)`"),
    ("［", "`[`"),
    ("］", "`]`"),
    ("【", "`[`"),
    ("】", "`]`"),
    ("，", "`,`"),
    ("、", "`,`"),
    ("“", "texts in straight quotes, \"so\""),
    ("”", "texts in straight quotes, \"so\""),
];

/// Longest first, so that `<=` is not read as `<` and `=`.
const SIGNS: [&str; 22] = ["..", "**", "!=", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "(", ")", "[", "]", "{", "}", ",", ".", ":", "|"];

/// Splits an expression into tokens, at most so many; the last one is [`Token::End`].
pub(crate) fn tokens(text: &str, most: usize) -> Result<Vec<(Token, Span)>, FeelError> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_blanks()?;
        let start = lexer.at;
        let token = lexer.next()?;
        let end = token == Token::End;
        if tokens.len() >= most {
            let message = format!("an expression has at most {most} words and signs");
            return Err(FeelError::new(ProblemCode::TooLarge, &(start..lexer.at), message).with_cure("write it in several expressions"));
        }
        tokens.push((token, start..lexer.at));
        if end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip_blanks(&mut self) -> Result<(), FeelError> {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            if blank > 0 {
                self.at += blank;
            } else if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                let Some(end) = rest.find("*/") else {
                    return Err(
                        FeelError::new(ProblemCode::Syntax, &(self.at..self.text.len()), "comment without an end").with_cure("end it with `*/`")
                    );
                };
                self.at += end + 2;
            } else {
                return Ok(());
            }
        }
    }

    fn next(&mut self) -> Result<Token, FeelError> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(Token::End) };
        let number = first.is_ascii_digit() || (first == '.' && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()));
        if number {
            return self.number();
        }
        if first == '"' {
            return self.text().map(Token::Text);
        }
        if rest.starts_with("@\"") {
            self.at += 1;
            return self.text().map(Token::At);
        }
        if first == '_' || first.is_alphabetic() {
            let end = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
            let name = rest.get(..end).unwrap_or("").to_owned();
            self.at += end;
            return Ok(Token::Name(name));
        }
        if let Some((written, meant)) = MISTAKEN.iter().find(|(written, _)| rest.starts_with(*written)) {
            let error = FeelError::new(ProblemCode::Syntax, &(self.at..self.at + written.len()), format!("`{written}` has no meaning here"));
            return Err(error.with_cure(format!("write {meant}")));
        }
        match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            Some(sign) => {
                self.at += sign.len();
                Ok(Token::Sign(sign))
            }
            None => Err(FeelError::new(ProblemCode::Syntax, &(self.at..self.at + first.len_utf8()), format!("`{first}` has no meaning here"))
                .with_cure("leave it out; a text stands in double quotes")),
        }
    }

    fn number(&mut self) -> Result<Token, FeelError> {
        let start = self.at;
        let rest = self.rest();
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let mut end = digits(rest);
        if let Some(fraction) = rest.get(end..).and_then(|r| r.strip_prefix('.'))
            && fraction.starts_with(|c: char| c.is_ascii_digit())
        {
            end += 1 + digits(fraction);
        }
        let text = rest.get(..end).unwrap_or("").to_owned();
        // Only what FEEL could mean: `else` may follow a number too.
        let power = rest.get(end..).and_then(|r| r.strip_prefix(['e', 'E'])).map(|power| power.strip_prefix(['+', '-']).unwrap_or(power));
        let exponent = power.is_some_and(|power| power.starts_with(|c: char| c.is_ascii_digit()));
        self.at += end;
        let span = start..self.at;
        if exponent {
            return Err(FeelError::outside(&span, "a number with an exponent").with_cure("write its digits"));
        }
        let whole = text.trim_start_matches('0');
        let plain = if whole.is_empty() || whole.starts_with('.') { format!("0{whole}") } else { whole.to_owned() };
        match parse_decimal(&plain) {
            Some(value) => Ok(Token::Number(value)),
            None => Err(FeelError::new(ProblemCode::OutOfRange, &span, "a number has at most 28 digits").with_cure("write fewer digits")),
        }
    }

    fn text(&mut self) -> Result<String, FeelError> {
        let begin = self.at;
        let mut start = begin;
        let mut out = String::new();
        let text = self.text;
        let mut chars = text.get(start + 1..).unwrap_or("").char_indices();
        while let Some((offset, c)) = chars.next() {
            match c {
                '"' => {
                    self.at = start + 1 + offset + 1;
                    return Ok(out);
                }
                '\\' => match chars.next() {
                    Some((_, 'n')) => out.push('\n'),
                    Some((_, 't')) => out.push('\t'),
                    Some((_, 'r')) => out.push('\r'),
                    Some((_, c @ ('"' | '\\' | '\''))) => out.push(c),
                    Some((_, c @ ('u' | 'U'))) => {
                        let at = start + 1 + offset;
                        let Some((character, length)) = coded(text.get(at..).unwrap_or("")) else {
                            return Err(FeelError::outside(&(at..at + 2), format!("an escape \\{c} that is no character"))
                                .with_cure("write \\u with four hexadecimal digits, or \\U with six"));
                        };
                        out.push(character);
                        chars = text.get(at + length..).unwrap_or("").char_indices();
                        start = at + length - 1;
                    }
                    _ => {
                        let at = start + 1 + offset;
                        return Err(FeelError::outside(&(at..at + 1), "an escape other than \\n, \\t, \\r, \\\", \\', \\\\, \\u and \\U")
                            .with_cure("write the letter itself, or its number as \\u"));
                    }
                },
                '\n' | '\u{b}' | '\u{c}' | '\r' => {
                    let at = start + 1 + offset;
                    return Err(
                        FeelError::outside(&(at..at + 1), "a text that goes on in the next line").with_cure("write \\n for the end of a line")
                    );
                }
                other => out.push(other),
            }
        }
        Err(FeelError::new(ProblemCode::Syntax, &(begin..text.len()), "text without a closing quote").with_cure("close it with `\"`"))
    }
}

/// The character that `\u0041`, a pair of surrogates or `\U01F40E` at the beginning of a text stands for, and the length of the escape.
fn coded(text: &str) -> Option<(char, usize)> {
    let digits = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    };
    if text.starts_with("\\U") {
        return Some((char::from_u32(digits(2, 8)?)?, 8));
    }
    let first = digits(2, 6)?;
    match first {
        0xD800..=0xDBFF if text.get(6..8) == Some("\\u") => {
            let second = digits(8, 12).filter(|second| (0xDC00..=0xDFFF).contains(second))?;
            Some((char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))?, 12))
        }
        _ => Some((char::from_u32(first)?, 6)),
    }
}
