//! Functions: ...的合计, ...的整月数, ...中较大者.

use super::Phraser;
use crate::feel::{Builtin, Expr, Type};

impl Phraser<'_> {
    /// A function that gives a value.
    pub(super) fn call(&mut self, builtin: Builtin, arguments: &[Expr], hint: Option<&Type>) -> String {
        // Several numbers are compiled as one list of them.
        let arguments = match (builtin, arguments) {
            (Builtin::Min | Builtin::Max | Builtin::Sum, [Expr::List(items)]) if items.len() > 1 => items,
            _ => arguments,
        };
        let all: Vec<String> = arguments.iter().map(|argument| self.value_as(argument, hint)).collect();
        let first = all.first().cloned().unwrap_or_default();
        let second = all.get(1).cloned().unwrap_or_default();
        let third = all.get(2).cloned().unwrap_or_default();
        let (zh, en) = match builtin {
            Builtin::Total | Builtin::Sum => (format!("{first}合计"), format!("total of {first}")),
            Builtin::Product => (format!("{first}之积"), format!("product of {first}")),
            Builtin::Count => (format!("{first}的数量"), format!("number of {first}")),
            Builtin::Min if all.len() > 1 => {
                (format!("（{}中较小者）", self.listed(&all, "、", "and")), format!("(the lesser of {})", self.listed(&all, "、", "and")))
            }
            Builtin::Max if all.len() > 1 => {
                (format!("（{}中较大者）", self.listed(&all, "、", "and")), format!("(the greater of {})", self.listed(&all, "、", "and")))
            }
            Builtin::Min => (format!("{first}中最小者"), format!("the least of {first}")),
            Builtin::Max => (format!("{first}中最大者"), format!("the greatest of {first}")),
            Builtin::Mean => (format!("{first}的平均"), format!("mean of {first}")),
            Builtin::Append | Builtin::Concatenate | Builtin::Union => (self.listed(&all, "及", "and"), self.listed(&all, "及", "and")),
            Builtin::DistinctValues => (format!("各种{first}"), format!("different {first}")),
            Builtin::Flatten | Builtin::Decimal | Builtin::Date if all.len() < 3 => (first.clone(), first.clone()),
            Builtin::Date => (format!("{first}的{second}月{third}日"), format!("{third} {} of {first}", month(&second))),
            Builtin::Reverse | Builtin::Sort => (format!("排序后的{first}"), format!("{first} in order")),
            Builtin::IndexOf => (format!("{second}在{first}中的位置"), format!("place of {second} in {first}")),
            Builtin::Sublist | Builtin::Substring => (format!("{first}的一段"), format!("a part of {first}")),
            Builtin::Remove | Builtin::InsertBefore => (format!("改动后的{first}"), format!("{first} as changed")),
            Builtin::Abs => (format!("{first}的绝对值"), format!("{first} without its sign")),
            Builtin::Floor => (format!("（{first}）去掉小数"), format!("({first}) rounded down")),
            Builtin::Ceiling => (format!("（{first}）进为整数"), format!("({first}) rounded up")),
            Builtin::RoundUp => (format!("（{first}）进至{second}位小数"), format!("({first}) rounded up to {second} digits")),
            Builtin::RoundDown => (format!("（{first}）截至{second}位小数"), format!("({first}) rounded down to {second} digits")),
            Builtin::RoundHalfUp | Builtin::RoundHalfDown => {
                (format!("（{first}）约至{second}位小数"), format!("({first}) rounded to {second} digits"))
            }
            Builtin::Modulo => (format!("{first}除以{second}的余数"), format!("what {first} leaves divided by {second}")),
            Builtin::SubstringBefore => (format!("{first}中{second}之前的部分"), format!("{first} before {second}")),
            Builtin::SubstringAfter => (format!("{first}中{second}之后的部分"), format!("{first} after {second}")),
            Builtin::StringLength => (format!("{first}的字数"), format!("length of {first}")),
            Builtin::Duration | Builtin::UpperCase | Builtin::LowerCase => (first.clone(), first.clone()),
            Builtin::YearsAndMonths => (format!("{first}至{second}的时长"), format!("time from {first} to {second}")),
            Builtin::DayOfYear => (format!("{first}在当年的天数"), format!("day of the year of {first}")),
            Builtin::DayOfWeek => (format!("{first}的星期"), format!("weekday of {first}")),
            Builtin::MonthOfYear => (format!("{first}的月份"), format!("month of {first}")),
            Builtin::WeekOfYear => (format!("{first}的周次"), format!("week of {first}")),
            Builtin::MergedEpisodes => (format!("首尾相连合并后的{first}"), format!("{first}, joined where they meet")),
            Builtin::ClippedEpisodes => (format!("{first}（{second}的部分）"), format!("{first} (within {second})")),
            Builtin::WholeMonths => (format!("{first}的整月数"), format!("whole months of {first}")),
            Builtin::LargestOverlap => (format!("{first}同时进行的最多数"), format!("most at the same time of {first}")),
            Builtin::Draw => (format!("从{first}中以{second}为种子抽取{third}个"), format!("{third} drawn from {first} with the seed {second}")),
            _ => (self.listed(&all, "、", "and"), self.listed(&all, "、", "and")),
        };
        self.pick(zh, en)
    }

    /// A function that is true or false.
    pub(super) fn test(&mut self, builtin: Builtin, arguments: &[Expr]) -> String {
        let ty = arguments.iter().find_map(|argument| self.type_of(argument));
        let all: Vec<String> = arguments.iter().map(|argument| self.value_as(argument, ty.as_ref())).collect();
        let first = all.first().cloned().unwrap_or_default();
        let second = all.get(1).cloned().unwrap_or_default();
        let (zh, en) = match builtin {
            Builtin::All => (format!("{first}均成立"), format!("all of {first} hold")),
            Builtin::Any => (format!("{first}之一成立"), format!("one of {first} holds")),
            Builtin::ListContains => (format!("{first}含{second}"), format!("{first} include {second}")),
            Builtin::StartsWith => (format!("{first}以{second}开头"), format!("{first} begins with {second}")),
            Builtin::EndsWith => (format!("{first}以{second}结尾"), format!("{first} ends with {second}")),
            Builtin::Contains => (format!("{first}含“{second}”"), format!("{first} contains “{second}”")),
            Builtin::Odd => (format!("{first}为奇数"), format!("{first} is odd")),
            Builtin::Even => (format!("{first}为偶数"), format!("{first} is even")),
            other => {
                let said = self.call(other, arguments, None);
                return self.quoted(&said);
            }
        };
        self.pick(zh, en)
    }
}

/// The English name of a month by its number.
fn month(number: &str) -> &str {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    number.parse::<usize>().ok().and_then(|number| MONTHS.get(number.checked_sub(1)?)).copied().unwrap_or(number)
}
