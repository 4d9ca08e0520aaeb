use medtrain::feel::{Context, evaluate};
fn main() {
    let text = std::fs::read_to_string("/tmp/tck/cases.jsonl").unwrap();
    let (mut ok, mut refused, mut wrong) = (0, 0, 0);
    let mut reasons: std::collections::BTreeMap<String, Vec<String>> = Default::default();
    for line in text.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let expr = case["expression"].as_str().unwrap();
        let ctx = plain(&case["context"]);
        let context = if ctx.is_object() { Context::from_json(&ctx.to_string()).unwrap() } else { Context::default() };
        match evaluate(expr, &context) {
            Err(e) => {
                refused += 1;
                reasons.entry(e.message.chars().take(46).collect()).or_default().push(expr.chars().take(90).collect());
            }
            Ok(v) => {
                let got = v.to_json();
                let want = expect(&case["expected"]);
                let same = got == want || num(&got).zip(num(&want)).is_some_and(|(a, b)| (a - b).abs() < 1e-8);
                if same {
                    ok += 1
                } else {
                    wrong += 1;
                    println!("WRONG [{}] {} {}  got {got} want {want}", case["src"], case["suite"], expr);
                }
            }
        }
    }
    for (r, e) in &reasons {
        println!("REFUSED {:4} {}   e.g. {:?}", e.len(), r, e.iter().take(3).collect::<Vec<_>>());
    }
    println!("ok {ok} refused {refused} wrong {wrong}");
}
fn num(s: &str) -> Option<f64> {
    s.parse().ok()
}
fn plain(v: &serde_json::Value) -> serde_json::Value {
    match v {
        serde_json::Value::Object(o) => {
            if o.len() == 1 {
                let (k, x) = o.iter().next().unwrap();
                match k.as_str() {
                    "number" => return serde_json::from_str(x.as_str().unwrap()).unwrap_or(x.clone()),
                    "date" | "duration" | "time" | "dateTime" => return x.clone(),
                    "list" => return plain(x),
                    "context" => return plain(x),
                    _ => {}
                }
            }
            serde_json::Value::Object(o.iter().map(|(k, v)| (k.clone(), plain(v))).collect())
        }
        serde_json::Value::Array(a) => a.iter().map(plain).collect::<Vec<_>>().into(),
        o => o.clone(),
    }
}
fn expect(v: &serde_json::Value) -> String {
    match v {
        serde_json::Value::Object(o) if o.len() == 1 => {
            let (k, x) = o.iter().next().unwrap();
            match k.as_str() {
                "number" => {
                    let t = x.as_str().unwrap();
                    t.to_string()
                }
                "date" => format!("{x}"),
                "duration" => format!("{x}"),
                "list" => expect(x),
                _ => v.to_string(),
            }
        }
        serde_json::Value::Array(a) => format!("[{}]", a.iter().map(expect).collect::<Vec<_>>().join(", ")),
        o => o.to_string(),
    }
}
