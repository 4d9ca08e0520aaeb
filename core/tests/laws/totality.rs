//! Whatever the text: compiling and evaluating end, soon, on a small stack.

use std::time::{Duration, Instant};

use medtrain::evaluate::Given;
use medtrain::facts::Facts;
use medtrain::feel::{Context, evaluate};
use medtrain::policy::{Policy, PolicySet};

/// Far more than any of these takes on the slowest machine without optimisation: what grows out of hand takes longer, or does not end.
const PATIENCE: Duration = Duration::from_mins(1);

fn soon(what: &str, run: impl FnOnce()) {
    let start = Instant::now();
    run();
    assert!(start.elapsed() < PATIENCE, "{what} took {:?}", start.elapsed());
}

fn any(expression: &str) {
    let context = Context::from_json(r#"{"n": 3, "ns": [1, 2, 3], "rs": [{"x": 1, "sub": [{"x": 2}]}]}"#).expect("a context");
    let what: String = expression.chars().take(60).collect();
    soon(&what, || {
        let _ = evaluate(expression, &context);
    });
}

#[test]
fn text_that_nests_deeply_ends() {
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("[", "1", "..2]"),
        ("]", "1", "..2["),
        ("(", "1", "..2)"),
        ("1 in (", "1", ")"),
        ("-", "1", ""),
        ("- (", "1", ")"),
        ("not(", "true", ")"),
        ("if true then ", "1", " else 2"),
        ("if ", "true", " then true else false"),
        ("for a in ", "ns", " return a"),
        ("for a in ns return ", "1", ""),
        ("some a in ", "ns", " satisfies true"),
        ("every a in ns satisfies ", "true", ""),
        ("for a in 1..", "2", " return 1"),
        ("1 between 1 and ", "2", ""),
        ("1 + ", "1", ""),
        ("(1 + ", "1", ")"),
        ("2 ** ", "1", ""),
        ("1 = ", "1", ""),
        ("true and ", "true", ""),
        ("(true or ", "false", ") and true"),
        ("ns[", "1", "]"),
        ("rs[x = ", "1", "]"),
        ("rs[count(", "rs", ") > 0]"),
        ("sort(", "ns", ", function(x, y) x < y)"),
        ("sum(", "1", ")"),
        ("f(a: ", "1", ")"),
        ("function(x) ", "1", ""),
        ("\"", "", "\""),
        ("{", "", "}"),
        ("a.", "b", ""),
        ("/*", "", "*/"),
        ("@", "\"P1D\"", ""),
    ] {
        for depth in [30, 47, 48, 300, 20_000] {
            any(&format!("{}{middle}{}", open.repeat(depth), close.repeat(depth)));
            any(&format!("{}{middle}", open.repeat(depth)));
        }
    }
}

#[test]
fn rows_of_operators_within_rows_end() {
    for operator in [" + ", " * ", " = ", " ** ", " and ", " or ", " - "] {
        for (rows, length) in [(1, 200), (1, 255), (1, 3_000), (14, 130), (60, 30)] {
            let mut text = "1".to_owned();
            for _ in 0..rows {
                text = format!("({text}){}", format!("{operator}1").repeat(length));
            }
            any(&text);
            any(&text.replace('1', "n"));
        }
    }
    any(&format!("ns{}", "[item > 0]".repeat(63)));
    any(&format!("rs{}", ".sub".repeat(63)));
    any(&format!("n in ({})", vec!["1"; 1_900].join(",")));
    any(&"a b ".repeat(100_000));
    any(&format!("f({})", "a ".repeat(3_000)));
    any(&"9".repeat(1_000_000));
    any(&"x".repeat(1_000_000));
}

#[test]
fn loops_end_when_their_allowance_is_used_up() {
    for text in [
        "for i in 1..1000000000 return i",
        "sum(for i in -999999999999..999999999999 return i)",
        "count(for i in 1..100000 return for j in 1..100000 return j)",
        "count(for i in 1..3000 return distinct values(for j in 1..3000 return j))",
        "count(for i in 1..100000 return [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30])",
        "distinct values(for i in 1..100000 return i)",
        "sort(for i in 1..100000 return i, function(x, y) x > y)",
        "count(for a in 1..2000 return sort(for i in 1..2000 return i, function(x, y) x > y))",
        "(for i in 1..1000000 return i)[item > 3][item > 4][item > 5][1]",
        "count(for i in 1..1000000 return concatenate([1], [2]))",
        "for i in 9223372036854775807..9223372036854775806 return i",
        "for i in -9223372036854775808..9223372036854775807 return i",
        "(for i in 1..1000000 return i) = (for i in 1..1000000 return i)",
        "count((for i in 1..20000 return i)[item in (for j in 1..20000 return j)])",
    ] {
        any(text);
    }
}

#[test]
fn lists_that_share_their_items_are_paid_for_in_full() {
    const DEEP: &str = "for a in [for i in 1..80 return i], b in [for i in 1..80 return a], c in [for i in 1..80 return b]";
    for (within, end) in [
        ("count(flatten(for i in 1..80 return c))", ""),
        ("count(append(concatenate(c, c, c, c), c))", ""),
        ("count(distinct values(for i in 1..80 return [c, i]))", ""),
        ("list contains(for i in 1..80 return c, c)", ""),
        ("c in (for i in 1..80 return c)", ""),
        ("c = reverse(c)", ""),
        ("index of(for i in 1..80 return c, c)", ""),
        ("for i in 1..80, d in [for j in 1..80 return c] return d", "[1]"),
    ] {
        let text = format!("({DEEP}, n in 1..2000 return {within}){end}");
        soon(&text, || {
            assert!(evaluate(&text, &Context::default()).is_err(), "{text} was paid for");
        });
    }
    let context = Context::from_json(&format!(r#"{{"ns": [{}]}}"#, vec!["1"; 1_000].join(","))).expect("a context");
    soon("a list of the context, many times", || {
        assert!(evaluate("count([for i in 1..1000000 return ns])", &context).is_err());
    });
}

#[test]
fn long_texts_are_paid_for_where_they_are_compared() {
    const LONG: &str = "for a in [\"abcdefghijklmnopqrstuvwxyzabcdef\"], b in [a+a+a+a+a+a+a+a], c in [b+b+b+b+b+b+b+b], \
        d in [c+c+c+c+c+c+c+c], e in [d+d+d+d+d+d+d+d], f in [e+e+e+e+e+e+e+e]";
    for compared in ["f = f", "list contains([f], f)", "f in ([f])", "[f] = [f]"] {
        let text = format!("count({LONG}, n in 1..1000000 return {compared})");
        soon(&text, || {
            assert!(evaluate(&text, &Context::default()).is_err(), "{text} was paid for");
        });
    }
}

#[test]
fn a_list_within_a_list_is_still_compared_and_flattened() {
    let value = |text| evaluate(text, &Context::default()).expect("a value").to_json();
    assert_eq!(value("count(flatten(for i in 1..50 return for j in 1..50 return [i, j]))"), "5000");
    assert_eq!(value("(for i in 1..50 return for j in 1..50 return i) = (for i in 1..50 return for j in 1..50 return i)"), "true");
    assert_eq!(value("index of([[1], [2], [1]], [1])"), "[1, 3]");
}

#[test]
fn text_grows_no_further_than_it_can_be_held() {
    let mut text = "\"abcdefgh\"".to_owned();
    for _ in 0..40 {
        text = format!("(for s in [{text}] return s + s)[1]");
    }
    any(&text);
    any(
        "(for a in [\"abcdefghijklmnopqrstuvwxyz\"], b in [a+a+a+a+a+a+a+a], c in [b+b+b+b+b+b+b+b], d in [c+c+c+c+c+c+c+c], e in [d+d+d+d+d+d+d+d], f in [e+e+e+e+e+e+e+e], g in [f+f+f+f+f+f+f+f], h in [g+g+g+g+g+g+g+g], i in [h+h+h+h+h+h+h+h], j in [i+i+i+i+i+i+i+i], k in [j+j+j+j+j+j+j+j] return k)[1]",
    );
    let mut list = "[1,2,3,4,5,6,7,8]".to_owned();
    for _ in 0..20 {
        list = format!("(for s in [{list}] return concatenate(s, s, s, s, s, s, s, s))[1]");
    }
    any(&format!("count({list})"));
}

#[test]
fn powers_end() {
    for text in [
        "2 ** 1000",
        "1.0000001 ** 1000",
        "9999999999 ** 1000 ** 1000",
        "0.1 ** 1000",
        "10 ** -1000",
        "(-2) ** 999",
        "2 ** 2 ** 2 ** 2 ** 2 ** 2 ** 2 ** 2",
    ] {
        any(text);
    }
}

fn head() -> &'static str {
    "[policy]\nid = \"t\"\nnumber = \"1\"\nissued = 2020-01-01\n"
}

fn provision(id: &str, rest: &str) -> String {
    format!("[[provision]]\nid = \"{id}\"\narticle = \"1\"\nsubject = \"practitioner\"\nmodality = \"shall\"\n{rest}\n")
}

const ACTIVITIES: &str = r#"{"practitioner": {"activities": [{"credits": "1"}, {"credits": "2"}, {}]}}"#;

/// Loads a policy, and where it loads asks its decision `d`.
fn load_and_ask(what: &str, text: &str) {
    soon(what, || {
        let mut set = PolicySet::empty();
        if set.add("t.toml", text).is_ok() {
            let facts = Facts::from_json(ACTIVITIES).expect("facts");
            let verdict = set.evaluate("d", &facts, &Given::new(), "2024-06-30".parse().expect("a date"));
            drop(verdict.map(|v| v.to_json()));
        }
    });
}

const DECISION: &str = "[[decision]]\nid = \"d\"\nsubject = \"practitioner\"\nall_of = [\"p\"]\n";

#[test]
fn defines_that_double_one_another_end() {
    for (first, next) in [
        ("total(activities.credits)", "NAME + NAME"),
        ("count(activities)", "(if NAME > 1 then NAME else NAME)"),
        ("activities", "NAME[count(NAME) > 0]"),
        ("activities", "(for a in NAME return a)"),
        ("[1]", "concatenate(NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME, NAME)"),
        ("1", "(NAME in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)) = true and NAME"),
        ("count(activities)", "1 + NAME"),
        ("activities", "NAME[true]"),
        ("count(activities)", "count(for a in activities return NAME)"),
        ("count(activities)", "count(activities[NAME > 0])"),
        ("true", "every a in activities satisfies NAME"),
        ("true", "not(NAME)"),
    ] {
        for length in [65, 95, 295] {
            let mut text = format!("{}[define]\nd0 = '''{first}'''\n", head());
            for i in 1..length {
                text += &format!("d{i} = '''{}'''\n", next.replace("NAME", &format!("d{}", i - 1)));
            }
            let last = format!("d{}", length - 1);
            text += &provision("p", &format!("require = '''{last} != null'''"));
            load_and_ask(&format!("{length} of {next}"), &(text + DECISION));
        }
    }
}

#[test]
fn an_expression_that_repeats_a_large_define_is_refused_before_it_is_built() {
    let large = format!("[{}]", vec!["1"; 1_500].join(","));
    let mut text = format!("{}[define]\na = '''{large}'''\nb = '''concatenate({})'''\n", head(), ["a"; 12].join(","));
    for i in 0..40 {
        text += &format!("c{i} = '''b'''\n");
    }
    text += &provision("p", &format!("require = '''count([{}]) > 0'''", vec!["b"; 1_900].join(",")));
    text += &provision("q", &format!("require = '''count(b) in ({})'''", vec!["1"; 1_900].join(",")));
    load_and_ask("a large define, often", &(text + DECISION));
}

#[test]
fn many_defines_in_any_order_end() {
    for length in [300, 1_500] {
        let mut text = format!("{}[define]\n", head());
        for i in 0..length {
            text += &format!("define{i} = '''define{} + 1'''\n", i + 1);
        }
        load_and_ask("defines in reverse", &(text.clone() + &provision("p", "require = 'define0 > 0'") + DECISION));
        text += &format!("define{length} = '1'\n");
        load_and_ask("defines in reverse, with an end", &(text + &provision("p", "require = 'define0 > 0'") + DECISION));
    }
}

#[test]
fn provisions_that_depend_on_one_another_twice_end() {
    for key in ["any_of", "all_of", "deemed_by"] {
        let mut text = head().to_owned();
        let length = 60;
        for i in 0..length {
            let rule = if key == "deemed_by" { "require = 'count(activities) > 9'\n" } else { "" };
            let next = format!("p{}", i + 1);
            text += &provision(&if i == 0 { "p".to_owned() } else { format!("p{i}") }, &format!("{rule}{key} = [\"{next}\", \"{next}\"]"));
        }
        text += &provision(&format!("p{length}"), "require = 'count(activities) > 9'");
        load_and_ask(key, &(text + DECISION));
    }
    let mut text = head().to_owned();
    for i in 0..150 {
        let all: Vec<String> = (i + 1..=150).map(|j| format!("\"p{j}\"")).collect();
        text += &provision(&if i == 0 { "p".to_owned() } else { format!("p{i}") }, &format!("any_of = [{}]", all.join(", ")));
    }
    text += &provision("p150", "require = 'count(activities) > 9'");
    load_and_ask("each on all after it", &(text + DECISION));
}

#[test]
fn a_file_with_many_problems_is_refused_soon() {
    let keys: String = (0..3_000).map(|i| format!("key{i} = 1\n")).collect::<Vec<_>>().concat();
    load_and_ask("unknown keys", &format!("{}{keys}", head()));
    let provisions: String = (0..400).map(|i| provision(&format!("q{i}"), "require = 'nonsense > 1'")).collect();
    load_and_ask("bad conditions", &format!("{}{provisions}{DECISION}", head()));
    let list: String = (0..2_000).map(|i| format!("\"unknown{i}\", ")).collect::<Vec<_>>().concat();
    load_and_ask("unknown references on a line", &format!("{}{}", head(), provision("p", &format!("any_of = [{list}]"))));
    load_and_ask("brackets", &"[".repeat(100_000));
    load_and_ask("a deep value", &format!("{}x = {}", head(), "[".repeat(100_000)));
    load_and_ask("a long key", &format!("{}{} = 1", head(), "k.".repeat(50_000) + "k"));
    load_and_ask("a long name", &format!("{}{}", head(), provision("p", &format!("require = '{}'", "x".repeat(200_000)))));
}

#[test]
fn many_records_are_judged_in_time_that_grows_with_them() {
    let set = PolicySet::builtin().unwrap_or_else(|error| panic!("{error}"));
    let list = vec![r#"{"credits": "1", "hours": "1"}"#; 6_000].join(",");
    let facts = Facts::from_json(&format!(r#"{{"practitioner": {{"activities": [{list}]}}}}"#)).expect("facts");
    soon("6,000 records of which little is known", || {
        let verdict =
            set.evaluate("cq-annual-cme", &facts, &Given::new().with("year", 2024), "2024-11-15".parse().expect("a date")).expect("a verdict");
        assert_eq!(verdict.records.len(), 6_000);
    });
}

#[test]
fn policies_of_arbitrary_text_load_or_are_refused() {
    for text in
        ["", "\u{feff}", "[policy]", "policy = 1", "[[policy]]\n", "\0", "[policy]\nid = 1\n[[provision]]\n[[decision]]\n", "[define]\na = 'a'\n"]
    {
        assert!(Policy::from_toml("t.toml", text).is_err(), "{text:?}");
    }
}
