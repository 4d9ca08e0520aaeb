//! What the reports say, and that they say it of everyone.

use super::fixtures::{self, Case};
use crate::lang::Lang;

#[test]
fn write_for_eyes() {
    let Ok(dir) = std::env::var("MEDTRAIN_RENDER_DIR") else { return };
    for (name, case) in
        [("small", fixtures::small()), ("empty", Case::of(vec![])), ("hospital", fixtures::hospital(300)), ("city", fixtures::hospital(10_000))]
    {
        for lang in [Lang::Zh, Lang::En] {
            let start = std::time::Instant::now();
            let page = case.report(lang, super::html).expect("a page");
            println!("{name} {lang:?} html {} bytes {:?}", page.len(), start.elapsed());
            std::fs::write(format!("{dir}/{name}-{}.html", lang.code()), page).expect("written");
            if name != "city" {
                println!("{}", case.report(lang, |report| super::summary(report, 80)));
            }
            let start = std::time::Instant::now();
            let book = case.report(lang, super::xlsx).expect("a workbook");
            println!("{name} {lang:?} xlsx {} bytes {:?}", book.len(), start.elapsed());
            std::fs::write(format!("{dir}/{name}-{}.xlsx", lang.code()), book).expect("written");
        }
    }
}
