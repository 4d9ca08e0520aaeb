//! Values: 计入的学分记录的学分合计, 任职机构的医院等级 ...

use rust_decimal::Decimal;

use super::Phraser;
use crate::explain::amount::duration_words;
use crate::explain::with_unit;
use crate::facts::Facts;
use crate::feel::duration::Duration;
use crate::feel::{Builtin, Expr, Operator, Part, RangeExpr, Type, Value};
use crate::quantity::Unit;

/// The first day of windows that have no beginning: nobody of today began a training before.
const NO_BEGINNING: i32 = 1900;

impl Phraser<'_> {
    /// What a value is.
    pub(crate) fn value(&mut self, expr: &Expr) -> String {
        self.value_as(expr, None)
    }

    /// What a figure measures: of a fact its label alone, whoever's it is; of a total what is counted.
    pub(crate) fn measure(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::Slot { of, slot, .. } => {
                let field = self.entity_of(of).and_then(|entity| entity.fields.get(usize::from(*slot)));
                field.map_or_else(String::new, |field| self.lang.pick(field.zh, field.en).to_owned())
            }
            Expr::Own { of, name, .. } => self.own_label(of, name),
            Expr::Call(Builtin::Total, arguments) if self.named(expr).is_none() => {
                arguments.first().map_or_else(String::new, |list| self.value(list))
            }
            other => self.value(other),
        }
    }

    /// The same; a bare figure or code is told as one of this type.
    pub(crate) fn value_as(&mut self, expr: &Expr, hint: Option<&Type>) -> String {
        if let Some(name) = self.named(expr) {
            return name.to_owned();
        }
        match expr {
            Expr::Literal(value) => self.literal(value, hint),
            Expr::Code(place) => self.code(hint, *place),
            Expr::Local(place) => self.variable(*place),
            Expr::Root(0) => self.entity_of(expr).map_or_else(String::new, |entity| self.lang.pick(format!("本{}", entity.zh), entity.en.to_owned())),
            Expr::Root(_) => self.entity_of(expr).map_or_else(String::new, |entity| self.lang.pick(entity.zh, entity.en).to_owned()),
            Expr::Given(place) => self.given(usize::from(*place)),
            Expr::AsOf => self.pick("查询日".into(), "the day asked about".into()),
            Expr::Once(_) => String::new(),
            Expr::Slot { of, slot, .. } => {
                let field = self.entity_of(of).and_then(|entity| entity.fields.get(usize::from(*slot)));
                let label = field.map_or_else(String::new, |field| self.lang.pick(field.zh, field.en).to_owned());
                self.field(of, label)
            }
            Expr::Own { of, name, .. } => {
                let label = self.own_label(of, name);
                self.field(of, label)
            }
            Expr::Part(of, part) => self.part(of, *part),
            Expr::Range(range) => self.range(range),
            Expr::If(..) => {
                let own = self.type_of(expr);
                let said = self.choice(expr, hint.or(own.as_ref()));
                self.pick(format!("（{said}）"), format!("({said})"))
            }
            Expr::Negate(of) => format!("−{}", self.value_as(of, hint)),
            Expr::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right, hint),
            Expr::List(items) => {
                let own = self.type_of(expr);
                let hint = hint.or(own.as_ref());
                let items: Vec<String> = items.iter().map(|item| self.value_as(item, hint)).collect();
                if items.is_empty() { self.pick("无".into(), "none".into()) } else { self.listed(&items, "、", "and") }
            }
            Expr::Steps(from, to) => {
                let (from, to) = (self.value(from), self.value(to));
                self.pick(format!("{from}至{to}"), format!("{from} to {to}"))
            }
            Expr::Filter(list, test) => self.filter(list, test),
            // The item that belongs to the one that a loop is at: its place has no name.
            Expr::At(list, index) if matches!(**index, Expr::Local(_)) => {
                let list = self.value(list);
                self.pick(format!("{list}的对应项"), format!("the corresponding one of {list}"))
            }
            Expr::At(list, index) => {
                let (list, index) = (self.value(list), self.value(index));
                self.pick(format!("{list}的第{index}项"), format!("number {index} of {list}"))
            }
            Expr::For(lists, body) => self.each(lists, body),
            Expr::Sort(list, _) => {
                let list = self.value(list);
                self.pick(format!("排序后的{list}"), format!("{list} in order"))
            }
            Expr::Call(builtin, arguments) if !builtin.is_test() => self.call(*builtin, arguments, hint),
            Expr::And(_)
            | Expr::Or(_)
            | Expr::Compare(..)
            | Expr::Within { .. }
            | Expr::Member(..)
            | Expr::Quantified { .. }
            | Expr::Admissible(_)
            | Expr::Call(..) => {
                let said = self.condition(expr);
                self.pick(format!("是否{said}"), format!("whether {said}"))
            }
        }
    }

    pub(super) fn literal(&self, value: &Value, hint: Option<&Type>) -> String {
        match value {
            Value::Null(_) => self.pick("无".into(), "none".into()),
            Value::Boolean(true) => self.pick("是".into(), "yes".into()),
            Value::Boolean(false) => self.pick("否".into(), "no".into()),
            Value::Number(number) => {
                let unit = if let Some(Type::Number(measure)) = hint { measure.unit() } else { None };
                let called = unit.and_then(|unit| if let Unit::Named(code) = unit { self.word(code) } else { None });
                let called = called.map(|word| Unit::Named(word.to_owned().into()));
                with_unit(&number.normalize().to_string(), called.as_ref().or(unit), self.lang)
            }
            Value::Text(text) => self.word(text).map_or_else(|| text.clone(), str::to_owned),
            Value::Code(place) => self.code(hint, *place),
            Value::Months(months) => self.length(Duration::Months(*months), value),
            Value::Seconds(seconds) => self.length(Duration::Seconds(*seconds), value),
            Value::List(items) if items.is_empty() => self.pick("无".into(), "none".into()),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.literal(item, hint)).collect();
                self.listed(&items, "、", "and")
            }
            Value::Range(range) => {
                let end = |end: &Option<Value>| end.as_ref().map_or_else(String::new, |end| self.literal(end, hint));
                let (low, high) = (end(&range.low), end(&range.high));
                self.pick(format!("{low}至{high}"), format!("{low} to {high}"))
            }
            Value::Date(_) | Value::Record(_) => value.to_string(),
        }
    }

    fn length(&self, length: Duration, value: &Value) -> String {
        duration_words(length, self.lang).unwrap_or_else(|| value.to_string())
    }

    /// One value or another: 若甲则一；若乙则二；否则三.
    fn choice(&mut self, expr: &Expr, hint: Option<&Type>) -> String {
        let (Expr::If(condition, yes, no), None) = (expr, self.named(expr)) else {
            let last = self.value_as(expr, hint);
            return self.pick(format!("否则{last}"), format!("else {last}"));
        };
        let (condition, yes) = (self.condition(condition), self.value_as(yes, hint));
        let rest = self.choice(no, hint);
        self.pick(format!("若{condition}则{yes}；{rest}"), format!("{yes} if {condition}; {rest}"))
    }

    /// The end of a range; none where it has no bound.
    pub(super) fn end(&mut self, expr: &Expr, ty: Option<&Type>) -> Option<String> {
        match expr {
            Expr::Literal(Value::Null(_)) => None,
            Expr::Literal(Value::Date(day)) if chrono::Datelike::year(day) <= NO_BEGINNING => None,
            other => Some(self.value_as(other, ty)),
        }
    }

    fn range(&mut self, range: &RangeExpr) -> String {
        match (self.end(&range.low, None), self.end(&range.high, None)) {
            (Some(low), Some(high)) => self.pick(format!("{low}至{high}"), format!("{low} to {high}")),
            (Some(low), None) => self.pick(format!("{low}以后"), format!("from {low} on")),
            (None, Some(high)) => self.pick(format!("截至{high}"), format!("up to {high}")),
            (None, None) => self.pick("任何时候".into(), "any time".into()),
        }
    }

    /// The variable of a loop around: the innermost is spoken of directly, others by what they are.
    fn variable(&self, place: u16) -> String {
        let entity = match self.local(place) {
            Some(Type::Record(shape)) => self.policy.schema.shape(*shape).and_then(|shape| Facts::entity(&shape.name)),
            _ => None,
        };
        match entity {
            Some(entity) => self.lang.pick(format!("该{}", entity.zh), format!("that {}", entity.en)),
            None => self.pick("该项".into(), "that one".into()),
        }
    }

    /// What is given with the question.
    fn given(&self, place: usize) -> String {
        let Some(given) = self.policy.given.get(place) else { return String::new() };
        given_label(&given.name, self.lang).or_else(|| self.word(&given.name)).unwrap_or(&given.name).to_owned()
    }

    fn own_label(&self, of: &Expr, name: &str) -> String {
        let subject = match self.type_of(of) {
            Some(Type::Record(shape)) => self.policy.schema.shape(shape).map(|shape| shape.name.clone()),
            _ => None,
        };
        let facts = || self.policy.facts.iter().filter(|fact| fact.name == name);
        let fact = facts().find(|fact| Some(&fact.subject) == subject.as_ref()).or_else(|| facts().next());
        let label = fact.map_or("", |fact| self.lang.pick(&fact.label.zh, &fact.label.en));
        if label.is_empty() { name.to_owned() } else { label.to_owned() }
    }

    /// A field of a record: its label, and whose it is where that is not plain.
    fn field(&mut self, of: &Expr, label: String) -> String {
        let owner = match of {
            Expr::Local(0) => return label,
            Expr::Root(0) if self.locals.is_empty() => return label,
            other => self.value(other),
        };
        self.pick(format!("{owner}的{label}"), format!("{label} of the {}", owner.trim_start_matches("that ")))
    }

    fn part(&mut self, of: &Expr, part: Part) -> String {
        // The whole years between two days, as an age.
        if let (Part::Years | Part::Months, Expr::Call(Builtin::YearsAndMonths, arguments)) = (part, of)
            && let [from, to] = arguments.as_slice()
        {
            let (from, to) = (self.value(from), self.value(to));
            return self.pick(format!("{from}至{to}的整年数"), format!("whole years from {from} to {to}"));
        }
        let of = self.value(of);
        let (zh, en) = match part {
            Part::Year => ("年份", "year"),
            Part::Month => ("月份", "month"),
            Part::Day => ("日", "day of the month"),
            Part::Weekday => ("星期", "weekday"),
            Part::Years => ("年数", "years"),
            Part::Months => ("月数", "months"),
            Part::Days => ("天数", "days"),
            Part::Hours => ("小时数", "hours"),
            Part::Minutes => ("分钟数", "minutes"),
            Part::Seconds => ("秒数", "seconds"),
        };
        self.pick(format!("{of}的{zh}"), format!("{en} of {of}"))
    }

    fn arithmetic(&mut self, operator: Operator, left: &Expr, right: &Expr, hint: Option<&Type>) -> String {
        let sum = matches!(operator, Operator::Add | Operator::Subtract);
        let percent = |expr: &Expr| match expr {
            Expr::Literal(Value::Number(n)) if !sum && *n > Decimal::ZERO && *n < Decimal::ONE => {
                Some(format!("{}%", (n * Decimal::ONE_HUNDRED).normalize()))
            }
            _ => None,
        };
        let hint = hint.filter(|_| sum);
        let mut side = |expr: &Expr| {
            let said = percent(expr).unwrap_or_else(|| self.value_as(expr, hint));
            let loose = matches!(expr, Expr::Arithmetic(Operator::Add | Operator::Subtract, ..)) && self.named(expr).is_none();
            if loose && !sum { self.pick(format!("（{said}）"), format!("({said})")) } else { said }
        };
        let (left, right) = (side(left), side(right));
        let sign = match operator {
            Operator::Add => "+",
            Operator::Subtract => "−",
            Operator::Multiply => "×",
            Operator::Divide => "÷",
            Operator::Power => "^",
        };
        format!("{left} {sign} {right}")
    }

    /// The items of a list that pass a test: 学分记录（其中 ...）.
    fn filter(&mut self, list: &Expr, test: &Expr) -> String {
        let said = self.value(list);
        self.enter(std::slice::from_ref(list));
        let test = self.condition(test);
        self.leave(1);
        self.pick(format!("{said}（其中{test}）"), format!("{said} (those with: {test})"))
    }

    /// Something of every item of a list.
    fn each(&mut self, lists: &[Expr], body: &Expr) -> String {
        let told = self.told_lists(lists, body);
        let plain = matches!(body, Expr::Slot { of, .. } | Expr::Own { of, .. } if matches!(**of, Expr::Local(0)));
        let dates = matches!(body, Expr::Range(_));
        let said = self.value(body);
        self.leave(lists.len());
        let lists = told.join(self.lang.pick("、", ", "));
        if plain {
            return self.pick(format!("{lists}的{said}"), format!("{said} of {lists}"));
        }
        if dates {
            return self.pick(format!("{lists}的{said}"), format!("{lists} ({said})"));
        }
        self.pick(format!("{lists}各项的（{said}）"), format!("({said}) for each of {lists}"))
    }
}

/// What decisions are commonly given.
pub(crate) fn given_label(name: &str, lang: crate::lang::Lang) -> Option<&'static str> {
    Some(match name {
        "year" => lang.pick("所问年度", "the year asked about"),
        _ => return None,
    })
}
