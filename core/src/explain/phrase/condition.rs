//! Conditions: 学分合计不少于25分，且 ...

use super::Phraser;
use crate::feel::{Builtin, Comparator, Expr, OneOf, RangeExpr, Type, Value};
use crate::lang::Lang;

impl Phraser<'_> {
    /// What a condition says when it holds.
    pub(crate) fn condition(&mut self, expr: &Expr) -> String {
        if let Some(name) = self.named(expr) {
            return self.quoted(name);
        }
        match expr {
            Expr::And(parts) => self.joined(parts, true),
            Expr::Or(parts) => self.one_code_of(parts).unwrap_or_else(|| self.joined(parts, false)),
            Expr::Call(Builtin::Not, arguments) => arguments.first().map_or_else(String::new, |of| self.negated(of)),
            Expr::Compare(comparator, left, right, ty) => self.comparison(*comparator, left, right, ty),
            Expr::Within { value, range } => self.within(value, range),
            Expr::Member(value, list) => self.member(value, list),
            Expr::Quantified { every, lists, test } => self.quantified(*every, lists, test),
            Expr::Admissible(_) => self.pick("可计入".into(), "it counts".into()),
            Expr::If(condition, yes, no) => {
                let (condition, yes, no) = (self.condition(condition), self.condition(yes), self.condition(no));
                self.pick(format!("若{condition}，则{yes}，否则{no}"), format!("if {condition}, then {yes}, else {no}"))
            }
            Expr::Literal(Value::Boolean(value)) => {
                self.lang.pick(if *value { "恒成立" } else { "恒不成立" }, if *value { "always so" } else { "never so" }).to_owned()
            }
            Expr::Call(builtin, arguments) => self.test(*builtin, arguments),
            other => {
                let value = self.value(other);
                self.quoted(&value)
            }
        }
    }

    /// What is so where a condition fails that must hold: `「缴纳社会保险」不成立`, `没有合同到期日期`; of a fact its label alone, whoever's it is.
    pub(crate) fn failure(&mut self, expr: &Expr) -> String {
        if let Expr::Compare(Comparator::NotEqual, left, right, _) = expr
            && matches!(**right, Expr::Literal(Value::Null(_)))
        {
            let value = self.measure(left);
            return self.pick(format!("没有{value}"), format!("no “{value}”"));
        }
        if let Expr::Call(Builtin::Not, arguments) = expr
            && let [of] = arguments.as_slice()
        {
            // What must not be so, and is: 属一票否决情形.
            if let Some(name) = self.named(of) {
                return self.pick(format!("因{name}"), name.to_owned());
            }
            if matches!(of, Expr::Slot { .. } | Expr::Own { .. }) {
                let fact = self.measure(of);
                return self.pick(format!("{}成立", self.quoted(&fact)), format!("{} is so", self.quoted(&fact)));
            }
        }
        if let Expr::Or(parts) = expr
            && self.named(expr).is_none()
        {
            // One of several codes is asked, or else none of the ways is there.
            return match self.one_code_asked(parts) {
                Some(asked) => asked,
                None => {
                    let said: Vec<String> = parts.iter().map(|part| self.failure(part)).collect();
                    said.join(self.lang.pick("，且", " and "))
                }
            };
        }
        if let Expr::Member(value, list) = expr
            && self.named(expr).is_none()
            && let Some(items) = listed(list)
        {
            let ty = self.type_of(value);
            let among: Vec<String> = items.iter().map(|item| self.value_as(item, ty.as_ref())).collect();
            let value = self.measure(value);
            return self.must_be_one_of(&value, &among);
        }
        if let Some(name) = self.named(expr).filter(|_| matches!(self.lang, Lang::Zh)) {
            if let Some(there) = name.strip_prefix("有") {
                return format!("没有{there}");
            }
            if name.starts_with("属") {
                return format!("不{name}");
            }
        }
        // A code that must not be there, and is: 亮牌为无.
        if let Expr::Compare(Comparator::NotEqual, left, right, ty) = expr
            && matches!(**ty, Type::Code(_))
            && self.named(expr).is_none()
        {
            let hint = self.hint(ty, left, right);
            let (left, right) = (self.measure(left), self.operand(right, hint.as_ref()));
            return self.related(Comparator::Equal, &left, &right, ty);
        }
        // Of a comparison, what it asks: whether there is nothing to compare or too little, that is so.
        if let Expr::Compare(comparator, left, right, ty) = expr
            && expr.has_figures()
            && self.named(expr).is_none()
        {
            let hint = self.hint(ty, left, right);
            let (left, right) = (self.measure(left), self.operand(right, hint.as_ref()));
            let (zh, en) = Self::relation(*comparator, ty);
            return self.pick(format!("{left}须{zh}{right}"), format!("{left} must be {} {right}", en.trim_start_matches("is")).replace("  ", " "));
        }
        let asked = match expr {
            Expr::Slot { .. } | Expr::Own { .. } if self.named(expr).is_none() => {
                let fact = self.measure(expr);
                self.quoted(&fact)
            }
            Expr::Quantified { .. } if self.named(expr).is_none() => {
                let said = self.condition(expr);
                return self.pick(format!("并非{said}"), format!("not the case: {said}"));
            }
            other => self.condition(other),
        };
        format!("{asked}{}", self.lang.pick(Self::FAILS.0, Self::FAILS.1))
    }

    /// How a failure ends that is told by what is asked.
    pub(crate) const FAILS: (&'static str, &'static str) = ("不成立", " not fulfilled");

    /// What it says when a condition does not hold.
    fn negated(&mut self, expr: &Expr) -> String {
        let said = self.condition(expr);
        if self.is_compound(expr) {
            return self.pick(format!("并非（{said}）"), format!("not ({said})"));
        }
        self.pick(format!("并非{said}"), format!("not {said}"))
    }

    /// A fact or a name that can be true.
    pub(super) fn quoted(&self, name: &str) -> String {
        let name = self.lang.pick(name.strip_prefix("是否").unwrap_or(name), name);
        self.pick(format!("「{name}」"), format!("“{name}”"))
    }

    /// `甲为乙、丙之一`, which is compiled as one comparison or another.
    fn one_code_of(&mut self, parts: &[Expr]) -> Option<String> {
        let OneOf { value, among, ty } = OneOf::of(parts)?;
        if parts.iter().any(|part| self.named(part).is_some()) {
            return None;
        }
        let said = self.value(value);
        let codes: Vec<String> = among.into_iter().map(|code| self.value_as(code, Some(ty))).collect();
        Some(self.one_of(&said, &codes))
    }

    /// `甲须为乙、丙之一`: what is asked where one code or another would do and none is there.
    fn one_code_asked(&mut self, parts: &[Expr]) -> Option<String> {
        let OneOf { value, among, ty } = OneOf::of(parts)?;
        if parts.iter().any(|part| self.named(part).is_some()) {
            return None;
        }
        let said = self.measure(value);
        let codes: Vec<String> = among.into_iter().map(|code| self.value_as(code, Some(ty))).collect();
        Some(self.must_be_one_of(&said, &codes))
    }

    fn must_be_one_of(&self, value: &str, among: &[String]) -> String {
        self.pick(format!("{value}须为{}之一", among.join("、")), format!("{value} must be one of {}", among.join(", ")))
    }

    /// Whether a condition needs brackets beside others.
    fn is_compound(&mut self, expr: &Expr) -> bool {
        let compound = match expr {
            Expr::Or(parts) => self.one_code_of(parts).is_none(),
            other => matches!(other, Expr::And(_) | Expr::If(..) | Expr::Quantified { .. }),
        };
        compound && self.named(expr).is_none()
    }

    /// A condition beside others: in brackets where it has a conjunction of its own.
    fn member_of(&mut self, expr: &Expr) -> String {
        let said = self.condition(expr);
        if self.is_compound(expr) { self.pick(format!("（{said}）"), format!("({said})")) } else { said }
    }

    fn joined(&mut self, parts: &[Expr], all: bool) -> String {
        // Conjunctions in one another are one.
        let is_one = |part: &Expr| all && matches!(part, Expr::And(_));
        let said: Vec<String> = parts.iter().map(|part| if is_one(part) { self.condition(part) } else { self.member_of(part) }).collect();
        // Facts that stand side by side are enumerated: 「甲」、「乙」且「丙」.
        if all && parts.iter().all(|part| matches!(part, Expr::Slot { .. } | Expr::Own { .. })) {
            return self.listed(&said, "且", "and");
        }
        said.join(if all { self.lang.pick("，且", " and ") } else { self.lang.pick("，或", " or ") })
    }

    fn comparison(&mut self, comparator: Comparator, left: &Expr, right: &Expr, ty: &Type) -> String {
        if let (Comparator::Equal | Comparator::NotEqual, Expr::Literal(Value::Null(_))) = (comparator, right) {
            let is_flag = matches!(self.type_of(left), Some(Type::Boolean));
            let left = self.value(left);
            if is_flag {
                let left = self.quoted(&left);
                return match comparator {
                    Comparator::Equal => self.pick(format!("未说明{left}"), format!("{left} is not stated")),
                    _ => self.pick(format!("已说明{left}"), format!("{left} is stated")),
                };
            }
            return match comparator {
                Comparator::Equal => self.pick(format!("无{left}"), format!("no {left}")),
                _ => self.pick(format!("有{left}"), format!("{left} is there")),
            };
        }
        if let (Comparator::Equal | Comparator::NotEqual, Expr::Literal(Value::Boolean(value))) = (comparator, right) {
            return if *value == (comparator == Comparator::Equal) { self.condition(left) } else { self.negated(left) };
        }
        let hint = self.hint(ty, left, right);
        let (left, right) = (self.operand(left, hint.as_ref()), self.operand(right, hint.as_ref()));
        self.related(comparator, &left, &right, ty)
    }

    /// The type by which the figures and codes of both sides are told.
    fn hint(&self, ty: &Type, left: &Expr, right: &Expr) -> Option<Type> {
        match ty {
            Type::Code(_) | Type::Number(_) => Some(ty.clone()),
            _ => self.type_of(left).or_else(|| self.type_of(right)),
        }
    }

    /// One side of a comparison.
    fn operand(&mut self, expr: &Expr, hint: Option<&Type>) -> String {
        self.value_as(expr, hint)
    }

    fn related(&self, comparator: Comparator, left: &str, right: &str, ty: &Type) -> String {
        let (zh, en) = Self::relation(comparator, ty);
        self.pick(format!("{left}{zh}{right}"), format!("{left} {en} {right}"))
    }

    /// How two values compare, in both languages.
    fn relation(comparator: Comparator, ty: &Type) -> (&'static str, &'static str) {
        match (comparator, ty) {
            (Comparator::Equal, Type::Number(_)) => ("等于", "is"),
            (Comparator::Equal, _) => ("为", "is"),
            (Comparator::NotEqual, Type::Number(_)) => ("不等于", "is not"),
            (Comparator::NotEqual, _) => ("不为", "is not"),
            (Comparator::Less, Type::Date) => ("早于", "before"),
            (Comparator::LessOrEqual, Type::Date) => ("不晚于", "not after"),
            (Comparator::Greater, Type::Date) => ("晚于", "after"),
            (Comparator::GreaterOrEqual, Type::Date) => ("不早于", "not before"),
            (Comparator::Less, Type::Code(_)) => ("低于", "below"),
            (Comparator::LessOrEqual, Type::Code(_)) => ("不高于", "not above"),
            (Comparator::Greater, Type::Code(_)) => ("高于", "above"),
            (Comparator::GreaterOrEqual, Type::Code(_)) => ("不低于", "not below"),
            (Comparator::Less, _) => ("少于", "less than"),
            (Comparator::LessOrEqual, _) => ("不超过", "at most"),
            (Comparator::Greater, _) => ("多于", "more than"),
            (Comparator::GreaterOrEqual, _) => ("不少于", "at least"),
        }
    }

    fn within(&mut self, value: &Expr, range: &RangeExpr) -> String {
        let ty = self.type_of(value);
        let said = self.value(value);
        if let Some(range) = self.named(&Expr::Range(Box::new(range.clone()))) {
            return self.pick(format!("{said}在{range}内"), format!("{said} within {range}"));
        }
        match (self.end(&range.low, ty.as_ref()), self.end(&range.high, ty.as_ref())) {
            (Some(low), Some(high)) => self.pick(format!("{said}在{low}至{high}之间"), format!("{said} from {low} to {high}")),
            (Some(low), None) => self.pick(format!("{said}在{low}以后"), format!("{said} from {low} on")),
            (None, Some(high)) => self.pick(format!("{said}不晚于{high}"), format!("{said} up to {high}")),
            (None, None) => said,
        }
    }

    fn member(&mut self, value: &Expr, list: &Expr) -> String {
        let ty = self.type_of(value);
        let said = self.value(value);
        if let Some(list) = self.named(list) {
            return self.pick(format!("{said}在{list}之列"), format!("{said} is among {list}"));
        }
        match list {
            Expr::Range(range) => self.within(value, range),
            Expr::Literal(Value::List(items)) => {
                let items: Vec<String> = items.iter().map(|item| self.literal(item, ty.as_ref())).collect();
                self.one_of(&said, &items)
            }
            Expr::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.value_as(item, ty.as_ref())).collect();
                self.one_of(&said, &items)
            }
            other => {
                let list = self.value(other);
                self.pick(format!("{said}在{list}之列"), format!("{said} is among {list}"))
            }
        }
    }

    fn one_of(&self, said: &str, items: &[String]) -> String {
        if let [only] = items {
            return self.pick(format!("{said}为{only}"), format!("{said} is {only}"));
        }
        let zh = items.join("、");
        self.pick(format!("{said}为{zh}之一"), format!("{said} is {}", self.listed(items, "", "or")))
    }

    fn quantified(&mut self, every: bool, lists: &[Expr], test: &Expr) -> String {
        let told = self.told_lists(lists, test);
        let test = self.condition(test);
        self.leave(lists.len());
        let lists = told.join(self.lang.pick("、", ", "));
        if every {
            self.pick(format!("每项{lists}均满足：{test}"), format!("for every one of {lists}: {test}"))
        } else {
            self.pick(format!("有某项{lists}满足：{test}"), format!("for some of {lists}: {test}"))
        }
    }
}

/// The items of a list that is written out, where there are several.
fn listed(list: &Expr) -> Option<Vec<Expr>> {
    let items = match list {
        Expr::Literal(Value::List(items)) => items.iter().cloned().map(Expr::Literal).collect(),
        Expr::List(items) => items.clone(),
        _ => Vec::new(),
    };
    (items.len() > 1).then_some(items)
}
