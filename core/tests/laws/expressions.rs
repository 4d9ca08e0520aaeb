//! Expressions: with facts hidden, nothing is decided that the facts could still turn; any text compiles or is refused, and quickly.

use medtrain::evaluate::{Given, Outcome, StatusSet};
use medtrain::policy::{Policy, PolicySet};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::entropy::{Entropy, bytes};

/// The types that expressions are drawn of.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Kind {
    Number,
    Boolean,
    Day,
    Text,
    Code,
    Numbers,
    Rows,
    Row,
}

use Kind::{Boolean, Code, Day, Number, Numbers, Row, Rows, Text};

/// The facts that the policy declares: of the person, and of each row.
const PERSON: &[(&str, &str, Kind)] = &[
    ("n1", "decimal", Number),
    ("n2", "decimal", Number),
    ("b1", "boolean", Boolean),
    ("b2", "boolean", Boolean),
    ("d1", "date", Day),
    ("d2", "date", Day),
    ("t1", "text", Text),
    ("c1", "activity_level", Code),
    ("ns", "list of decimal", Numbers),
    ("rows", "list of row", Rows),
];
const ROW: &[(&str, &str, Kind)] = &[
    ("rn", "decimal", Number),
    ("rb", "boolean", Boolean),
    ("rd", "date", Day),
    ("rc", "activity_level", Code),
    ("rns", "list of decimal", Numbers),
];

fn declared() -> String {
    let fact =
        |subject: &str, (name, ty, _): &(&str, &str, Kind)| format!("[[fact]]\nsubject = \"{subject}\"\nname = \"{name}\"\ntype = \"{ty}\"\n\n");
    PERSON.iter().map(|f| fact("practitioner", f)).chain(ROW.iter().map(|f| fact("row", f))).collect()
}

/// A policy that requires each of these.
fn policy(conditions: &[String]) -> String {
    let mut text = format!("[policy]\nid = \"laws\"\nnumber = \"1\"\nissued = 2020-01-01\n\n{}", declared());
    for (place, condition) in conditions.iter().enumerate() {
        text += &format!(
            "[[provision]]\nid = \"p{place}\"\narticle = \"{place}\"\nsubject = \"practitioner\"\nmodality = \"shall\"\nrequire = '''{condition}'''\n\n"
        );
    }
    let ids: Vec<String> = (0..conditions.len()).map(|i| format!("\"p{i}\"")).collect();
    text + &format!("[[decision]]\nid = \"laws\"\nsubject = \"practitioner\"\nall_of = [{}]\n", ids.join(", "))
}

/// Draws expressions of a type, with the loop variables around.
struct Draw<'e> {
    from: &'e mut Entropy,
    scope: Vec<(String, Kind)>,
    next: usize,
}

impl Draw<'_> {
    fn leaf(&mut self, kind: Kind) -> String {
        let mut leaves: Vec<String> = PERSON.iter().filter(|(_, _, k)| *k == kind).map(|(name, ..)| (*name).to_owned()).collect();
        for (name, of) in &self.scope {
            if *of == kind {
                leaves.push(name.clone());
                leaves.push(name.clone());
            }
            if *of == Row {
                let fields = ROW.iter().filter(|(_, _, k)| *k == kind);
                leaves.extend(fields.map(|(field, ..)| if name.is_empty() { (*field).to_owned() } else { format!("{name}.{field}") }));
            }
        }
        leaves.retain(|leaf| !leaf.is_empty());
        let literals: &[&str] = match kind {
            Number => &["0", "1", "2", "2.5", "-1"],
            Boolean => &["true", "false"],
            Day => &["@\"2024-01-31\"", "@\"2024-02-01\""],
            Text => &["\"a\"", "\"ab\""],
            Code => &["c1"],
            Numbers => &["ns[false]", "[1, 2]"],
            Rows | Row => &[],
        };
        leaves.extend(literals.iter().map(|l| (*l).to_owned()));
        self.from.pick(&leaves).clone()
    }

    fn fresh(&mut self) -> String {
        self.next += 1;
        format!("v{}", self.next)
    }

    /// Draws with one more variable; the item of a filter has no name.
    fn within(&mut self, name: &str, kind: Kind, draw: impl FnOnce(&mut Self) -> String) -> String {
        self.scope.push((name.to_owned(), kind));
        let drawn = draw(self);
        self.scope.pop();
        drawn
    }

    fn draw(&mut self, kind: Kind, depth: usize) -> String {
        if depth == 0 {
            return self.leaf(kind);
        }
        let deeper = depth - 1;
        match kind {
            Number => self.number(deeper),
            Boolean => self.boolean(deeper),
            Day => match self.from.below(5) {
                0 => self.leaf(Day),
                1 => format!("({} + @\"P1M\")", self.draw(Day, deeper)),
                2 => format!("({} - @\"P1D\")", self.draw(Day, deeper)),
                3 => format!("date({}.year, {}, 1)", self.draw(Day, deeper), self.draw(Number, deeper)),
                _ => self.either(Day, deeper),
            },
            Text | Code => match self.from.below(3) {
                0 => self.either(kind, deeper),
                _ => self.leaf(kind),
            },
            Numbers => self.numbers(deeper),
            Rows => match self.from.below(3) {
                0 => {
                    let of = self.draw(Rows, deeper);
                    format!("{of}[{}]", self.within("", Row, |me| me.draw(Boolean, deeper)))
                }
                1 => self.either(Rows, deeper),
                _ => "rows".to_owned(),
            },
            Row => "rows[1]".to_owned(),
        }
    }

    fn either(&mut self, kind: Kind, depth: usize) -> String {
        let (yes, no) = (self.draw(kind, depth), self.draw(kind, depth));
        let no = if self.from.once_in(6) { "null".to_owned() } else { no };
        format!("(if {} then {yes} else {no})", self.draw(Boolean, depth))
    }

    fn number(&mut self, depth: usize) -> String {
        match self.from.below(15) {
            0 => self.leaf(Number),
            12 => format!("{}({}, {})", self.from.pick(&["min", "max"]), self.draw(Number, depth), self.draw(Number, depth)),
            13 => format!("(whole months({}) * @\"P1M\" / @\"P1M\")", self.episodes(depth)),
            14 => format!("largest overlap({})", self.episodes(depth)),
            1 => format!("({} {} {})", self.draw(Number, depth), self.from.pick(&["+", "-", "*"]), self.draw(Number, depth)),
            2 => format!("round half up({} / {}, 3)", self.draw(Number, depth), self.draw(Number, depth)),
            3 => self.either(Number, depth),
            4 => format!("(-{})", self.draw(Number, depth)),
            5 => format!("{}({})", self.from.pick(&["total", "sum", "count", "min", "max"]), self.draw(Numbers, depth)),
            6 => format!("decimal(mean({}), 2)", self.draw(Numbers, depth)),
            7 => format!("count({})", self.draw(Rows, depth)),
            8 => format!("{}({})", self.from.pick(&["floor", "abs"]), self.draw(Number, depth)),
            9 => format!("{}.{}", self.draw(Day, depth), self.from.pick(&["month", "day"])),
            10 => format!("{}[{}]", self.draw(Numbers, depth), self.leaf(Number)),
            _ => format!("rows[{}].rn", self.from.pick(&["1", "-1", "n1"])),
        }
    }

    fn episodes(&mut self, depth: usize) -> String {
        let name = self.fresh();
        let rows = self.draw(Rows, depth);
        let end = self.within(&name, Row, |me| me.draw(Day, depth.min(2)));
        let stays = format!("for {name} in {rows} return [{name}.rd..{end} + @\"P45D\"]");
        match self.from.below(4) {
            0 => stays,
            1 => format!("merged episodes({stays})"),
            2 => format!("clipped episodes({stays}, [@\"2024-01-15\"..{}])", self.draw(Day, depth.min(1))),
            _ => format!("merged episodes(clipped episodes({stays}, [@\"2024-01-15\"..@\"2024-05-01\"]))"),
        }
    }

    fn numbers(&mut self, depth: usize) -> String {
        match self.from.below(11) {
            0 => self.leaf(Numbers),
            8 => format!("{}({}, {})", self.from.pick(&["union", "concatenate"]), self.draw(Numbers, depth), self.draw(Numbers, depth)),
            9 => format!("append({}, {})", self.draw(Numbers, depth), self.draw(Number, depth)),
            10 => {
                let name = self.fresh();
                let episodes = self.episodes(depth);
                format!("(for {name} in {episodes} return whole months([{name}]) * @\"P1M\" / @\"P1M\")")
            }
            1 | 2 => format!("{}.rn", self.draw(Rows, depth)),
            3 => {
                let name = self.fresh();
                let rows = self.draw(Rows, depth);
                format!("(for {name} in {rows} return {})", self.within(&name, Row, |me| me.draw(Number, depth)))
            }
            4 => {
                let (name, inner) = (self.fresh(), self.fresh());
                let rows = self.draw(Rows, depth);
                let body = self.within(&name, Row, |me| {
                    let list = me.draw(Numbers, depth);
                    let body = me.within(&inner, Number, |me| me.draw(Number, depth));
                    format!("{inner} in {list} return {body}")
                });
                format!("(for {name} in {rows}, {body})")
            }
            5 => {
                let of = self.draw(Numbers, depth);
                format!("{of}[item > {}]", self.draw(Number, depth.min(1)))
            }
            6 => format!("[{}, {}]", self.draw(Number, depth), self.draw(Number, depth)),
            _ => {
                let (call, list) = (*self.from.pick(&["distinct values", "reverse", "concatenate"]), self.draw(Numbers, depth));
                format!("{call}({list})")
            }
        }
    }

    fn boolean(&mut self, depth: usize) -> String {
        match self.from.below(17) {
            0 => self.leaf(Boolean),
            16 => {
                let sides: Vec<String> = (0..3).map(|_| self.draw(Number, depth)).collect();
                format!("({} / {} {} {})", sides[0], sides[1], self.from.pick(&["<", "<=", ">", ">=", "="]), sides[2])
            }
            1 => format!("({} and {})", self.draw(Boolean, depth), self.draw(Boolean, depth)),
            2 => format!("({} or {})", self.draw(Boolean, depth), self.draw(Boolean, depth)),
            3 => format!("not({})", self.draw(Boolean, depth)),
            4 | 5 => {
                let kind = *self.from.pick(&[Number, Day, Code]);
                format!("({} {} {})", self.draw(kind, depth), self.from.pick(&["<", "<=", ">", ">="]), self.draw(kind, depth))
            }
            6 => {
                let kind = *self.from.pick(&[Number, Boolean, Day, Text, Code, Numbers]);
                format!("({} {} {})", self.draw(kind, depth), self.from.pick(&["=", "!="]), self.draw(kind, depth))
            }
            7 => {
                let kind = *self.from.pick(&[Number, Boolean, Day, Text, Code, Numbers, Rows]);
                format!("({} {} null)", self.draw(kind, depth), self.from.pick(&["=", "!="]))
            }
            8 => format!("({} between {} and {})", self.draw(Number, depth), self.draw(Number, depth), self.draw(Number, depth)),
            // Written out, a range that runs backwards is refused.
            9 => format!("({} in [{}..0 + {}))", self.draw(Number, depth), self.draw(Number, depth), self.draw(Number, depth)),
            10 => format!("({} in {})", self.draw(Number, depth), self.draw(Numbers, depth)),
            11 => format!("list contains({}, {})", self.draw(Numbers, depth), self.draw(Number, depth)),
            12 | 13 => {
                let (word, name) = (*self.from.pick(&["some", "every"]), self.fresh());
                let rows = self.draw(Rows, depth);
                format!("({word} {name} in {rows} satisfies {})", self.within(&name, Row, |me| me.draw(Boolean, depth)))
            }
            14 => {
                let (call, name) = (*self.from.pick(&["all", "any"]), self.fresh());
                let rows = self.draw(Rows, depth);
                format!("{call}(for {name} in {rows} return {})", self.within(&name, Row, |me| me.draw(Boolean, depth)))
            }
            _ => format!("{}({}, {})", self.from.pick(&["starts with", "contains"]), self.draw(Text, depth), self.draw(Text, depth)),
        }
    }
}

/// A fact of this kind, or none.
fn fact(kind: Kind, from: &mut Entropy) -> Json {
    match kind {
        _ if from.once_in(7) => Json::Null,
        Number => json!(from.pick(&["0", "1", "2", "2.5", "-1", "3"])),
        Boolean => json!(from.once_in(2)),
        Day => json!(from.pick(&["2024-01-31", "2024-02-01", "2023-02-28"])),
        Text => json!(from.pick(&["a", "ab", ""])),
        Code => json!(from.pick(&["institution", "county", "national"])),
        Numbers => (0..from.below(4)).map(|_| fact(Number, from)).filter(|number| !number.is_null()).collect(),
        Rows => (0..from.below(4)).map(|_| fact(Row, from)).filter(|row| !row.is_null()).collect(),
        Row => record(ROW, from),
    }
}

fn record(fields: &[(&str, &str, Kind)], from: &mut Entropy) -> Json {
    Json::Object(fields.iter().map(|(name, _, kind)| ((*name).to_owned(), fact(*kind, from))).collect())
}

/// The same facts, some of them left out.
fn hide(record: &Json, from: &mut Entropy) -> Json {
    let chance = *from.pick(&[3, 6, 2]);
    let mut left = Map::new();
    for (name, value) in record.as_object().into_iter().flatten() {
        if from.once_in(chance) {
            continue;
        }
        let value = match value {
            Json::Array(items) => items.iter().map(|item| if item.is_object() { hide(item, from) } else { item.clone() }).collect(),
            other => other.clone(),
        };
        left.insert(name.clone(), value);
    }
    Json::Object(left)
}

/// The facts, of which only the named ones are left out.
fn without(facts: &Json, less: &Json, at: &str, named: &[String]) -> Json {
    let Some(fields) = facts.as_object() else { return facts.clone() };
    let mut left = Map::new();
    for (name, value) in fields {
        let path = format!("{at}.{name}");
        if less.get(name).is_none() && named.contains(&path) {
            continue;
        }
        left.insert(name.clone(), value.clone());
    }
    Json::Object(left)
}

fn judge(set: &PolicySet, extra: &Json) -> Outcome {
    let facts = json!({"practitioner": {"extra": extra}}).to_string();
    let facts = set.facts_from_json("laws", &facts).unwrap_or_else(|error| panic!("{error}\n{facts}"));
    let (policy, decision) = set.decision("laws").expect("the decision");
    policy.ask(decision, &Given::new(), "2024-06-30".parse().expect("a date")).expect("a question").judge(&facts)
}

fn contains(outer: StatusSet, inner: StatusSet) -> bool {
    inner.members().into_iter().all(|status| outer.contains(status))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn an_expression_decides_nothing_that_hidden_facts_could_turn(text in bytes(120), truth in bytes(60), hidden in bytes(60)) {
        let mut from = Entropy::new(&text);
        let mut conditions = Vec::new();
        for _ in 0..3 {
            let condition = Draw { from: &mut from, scope: Vec::new(), next: 0 }.draw(Boolean, 4);
            conditions.push(format!("({condition}) = null"));
            conditions.push(format!("not({condition})"));
            conditions.push(condition);
        }
        let source = policy(&conditions);
        let mut set = PolicySet::empty();
        set.add("laws.toml", &source).unwrap_or_else(|error| panic!("{error}"));
        let facts = record(PERSON, &mut Entropy::new(&truth));
        let less = hide(&facts, &mut Entropy::new(&hidden));
        let (whole, before) = (judge(&set, &facts), judge(&set, &less));
        for ((knowing, before), condition) in whole.findings.iter().zip(&before.findings).zip(&conditions) {
            prop_assert!(contains(before.status, knowing.status), "{condition}\nwith {less}\nis {:?}, but with {facts}\n{:?}", before.status, knowing.status);
        }
        prop_assert_eq!(judge(&set, &facts), whole);
    }

    #[test]
    fn an_open_condition_names_every_fact_that_can_turn_it(text in bytes(120), truth in bytes(60), hidden in bytes(60)) {
        let mut from = Entropy::new(&text);
        let conditions: Vec<String> = (0..6).map(|_| Draw { from: &mut from, scope: Vec::new(), next: 0 }.draw(Boolean, 4)).collect();
        let mut set = PolicySet::empty();
        set.add("laws.toml", &policy(&conditions)).unwrap_or_else(|error| panic!("{error}"));
        let facts = record(PERSON, &mut Entropy::new(&truth));
        // Facts of rows have no path by which they could be named, so whole fields of the person are hidden.
        let less = hide(&facts, &mut Entropy::new(&hidden));
        let less: Json = Json::Object(less.as_object().into_iter().flatten().map(|(name, _)| (name.clone(), facts[name].clone())).collect());
        let given = json!({"practitioner": {"extra": &less}}).to_string();
        let given = set.facts_from_json("laws", &given).unwrap_or_else(|error| panic!("{error}"));
        let verdict = set.evaluate("laws", &given, &Given::new(), "2024-06-30".parse().expect("a date")).expect("a verdict");
        for ((place, finding), condition) in verdict.findings.iter().enumerate().zip(&conditions) {
            let knowing = judge(&set, &without(&facts, &less, "practitioner.extra", &finding.missing));
            let known = knowing.findings[place].status;
            prop_assert!(finding.status.code() != "unknown" || finding.error.is_some() || !finding.missing.is_empty(), "{condition}\nwith {less}");
            prop_assert!(finding.error.is_some() || known.members() == finding.possible, "{condition}\nwith {less}\nis {:?} for {:?}, but knowing the rest\n{known:?}", finding.possible, finding.missing);
        }
    }

    #[test]
    fn a_day_known_by_its_month_decides_nothing_that_the_day_could_turn(text in bytes(120), truth in bytes(60), hidden in bytes(60)) {
        let mut from = Entropy::new(&text);
        let days = [("d1", "birth_date"), ("d2", "title_appointed_on")];
        let named = |condition: String| days.iter().fold(condition, |condition, (own, field)| condition.replace(own, field));
        let conditions: Vec<String> = (0..6).map(|_| named(Draw { from: &mut from, scope: Vec::new(), next: 0 }.draw(Boolean, 4))).collect();
        let mut set = PolicySet::empty();
        set.add("laws.toml", &policy(&conditions)).unwrap_or_else(|error| panic!("{error}"));
        let mut extra = record(PERSON, &mut Entropy::new(&truth));
        let mut hidden = Entropy::new(&hidden);
        let (mut whole, mut less) = (json!({"none": []}), json!({"unknown": [], "none": []}));
        for (own, field) in days {
            let day = extra.as_object_mut().and_then(|extra| extra.remove(own));
            let Some(day) = day.as_ref().and_then(Json::as_str) else {
                for facts in [&mut whole, &mut less] {
                    facts["none"].as_array_mut().expect("a list").push(json!(field));
                }
                continue;
            };
            whole[field] = json!(day);
            let told = match hidden.below(5) {
                0 => { less[field] = json!(day); continue }
                1 => field.to_owned(),
                2 => format!("{field} within {}", &day[..4]),
                3 => format!("{field} within {}/{}", day.min("2023-12-31"), day.max("2024-01-31")),
                _ => format!("{field} within {}", &day[..7]),
            };
            less["unknown"].as_array_mut().expect("a list").push(json!(told));
        }
        let judged = |mut facts: Json| {
            facts["extra"] = extra.clone();
            let facts = json!({"practitioner": facts}).to_string();
            let facts = set.facts_from_json("laws", &facts).unwrap_or_else(|error| panic!("{error}\n{facts}"));
            let (policy, decision) = set.decision("laws").expect("the decision");
            policy.ask(decision, &Given::new(), "2024-06-30".parse().expect("a date")).expect("a question").judge(&facts)
        };
        let (knowing, before) = (judged(whole.clone()), judged(less.clone()));
        for ((knowing, before), condition) in knowing.findings.iter().zip(&before.findings).zip(&conditions) {
            prop_assert!(contains(before.status, knowing.status), "{condition}\nwith {less}\nis {:?}, but with {whole}\n{:?}", before.status, knowing.status);
        }
    }

    #[test]
    fn a_variable_stands_for_its_value_wherever_it_is_seen_from(text in bytes(120), truth in bytes(60)) {
        let mut from = Entropy::new(&text);
        let plain: Vec<String> = (0..4).map(|_| Draw { from: &mut from, scope: Vec::new(), next: 0 }.draw(Boolean, 4)).collect();
        let around = PERSON.iter().map(|(name, ..)| format!("{name} in [{name}]")).collect::<Vec<_>>().join(", ");
        let inside: Vec<String> = plain.iter().map(|condition| format!("(for {around} return {condition})[1]")).collect();
        let facts = record(PERSON, &mut Entropy::new(&truth));
        let outcomes = [&plain, &inside].map(|conditions| {
            let conditions: Vec<String> = conditions.iter().flat_map(|c| [c.clone(), format!("({c}) = null")]).collect();
            let mut set = PolicySet::empty();
            set.add("laws.toml", &policy(&conditions)).unwrap_or_else(|error| panic!("{error}"));
            judge(&set, &facts)
        });
        for ((outside, within), condition) in outcomes[0].findings.iter().zip(&outcomes[1].findings).zip(plain.iter().flat_map(|c| [c, c])) {
            prop_assert_eq!(outside.status, within.status, "{}\nwith {}", condition, facts);
        }
    }

    #[test]
    fn any_text_compiles_or_is_refused(text in ".{0,60}") {
        let _ = medtrain::feel::evaluate(&text, &medtrain::feel::Context::default());
    }

    #[test]
    fn any_words_of_the_language_compile_or_are_refused(words in prop::collection::vec(0_usize..WORDS.len(), 0..40)) {
        let text = words.iter().map(|w| WORDS[*w]).collect::<Vec<_>>().join(" ");
        let context = medtrain::feel::Context::from_json(r#"{"n": 3, "t": "a", "ns": [1, 2, 2], "rs": [{"x": 1, "y": [1]}, {"x": null}]}"#).expect("a context");
        let _ = medtrain::feel::evaluate(&text, &context);
        let _ = Policy::from_toml("laws.toml", &policy(&[text.replace("'''", "")]));
    }
}

#[test]
fn an_error_that_needs_no_facts_leaves_its_provision_open() {
    let conditions = [
        "1 / 0 > 1",
        "not(1 / 0 > 1)",
        "starts with(\"a\", if 1 / 0 > 1 then \"ab\" else \"a\")",
        "count(activities) = null or (if 1 / 0 > 1 then 1 else 2) = 1",
        "3 in [[1 / 0..5]]",
        "some x in [1 / 0 > 1, false] satisfies x",
        "as_of > date(2023, 2, 29)",
    ];
    let mut set = PolicySet::empty();
    set.add("laws.toml", &policy(&conditions.map(str::to_owned))).unwrap_or_else(|error| panic!("{error}"));
    let facts = medtrain::facts::Facts::from_json(r#"{"practitioner": {"activities": []}}"#).expect("facts");
    let verdict = set.evaluate("laws", &facts, &Given::new(), "2024-06-30".parse().expect("a date")).expect("a verdict");
    for (finding, condition) in verdict.findings.iter().zip(conditions) {
        assert_eq!(finding.status.code(), "unknown", "{condition}");
        assert!(finding.error.is_some(), "{condition} names its error");
    }
}

const WORDS: &[&str] = &[
    "n",
    "t",
    "ns",
    "rs",
    "x",
    "y",
    "item",
    "1",
    "0",
    "2.5",
    "-",
    "\"a\"",
    "@\"2024-01-31\"",
    "@\"P1M\"",
    "null",
    "true",
    "false",
    "and",
    "or",
    "not(",
    "(",
    ")",
    "[",
    "]",
    ",",
    "..",
    ".",
    "+",
    "*",
    "/",
    "**",
    "=",
    "!=",
    "<",
    ">=",
    "between",
    "in",
    "if",
    "then",
    "else",
    "for",
    "return",
    "some",
    "every",
    "satisfies",
    "count(",
    "total(",
    "sum(",
    "min(",
    "date(",
    "sort(",
    "function(x, y)",
    "distinct values(",
    "sublist(",
    "x in ns",
    "for i in ns return",
    "[item > 1]",
    "1..3",
    "floor(",
    "substring(",
    ":",
    "n :",
    "{",
    "}",
    "|",
    "//",
    "/*",
    "*/",
    "\n",
];
