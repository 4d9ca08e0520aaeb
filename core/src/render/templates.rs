//! The templates of pages, read once.

use std::sync::LazyLock;

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::RenderError;
use super::whole::whole;

static TEMPLATES: LazyLock<Result<Environment<'static>, RenderError>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    templates.add_filter("whole", |sentence: Value| whole(&sentence));
    for (name, text) in [
        ("page.css", include_str!("templates/page.css")),
        ("statement.css", include_str!("templates/statement.css")),
        ("marks.html", include_str!("templates/marks.html")),
        ("frame.html", include_str!("templates/frame.html")),
        ("problems.html", include_str!("templates/problems.html")),
        ("report.html", include_str!("templates/report.html")),
        ("statement.html", include_str!("templates/statement.html")),
        ("region.html", include_str!("templates/region.html")),
        ("standings.html", include_str!("templates/standings.html")),
        ("publication.html", include_str!("templates/publication.html")),
        ("departments.html", include_str!("templates/departments.html")),
    ] {
        templates.add_template(name, text)?;
    }
    Ok(templates)
});

/// A page with everything that its template places; all text is escaped.
pub(super) fn render(name: &str, page: &impl Serialize) -> Result<String, RenderError> {
    let templates = TEMPLATES.as_ref().map_err(Clone::clone)?;
    Ok(templates.get_template(name)?.render(Serde(page))?)
}
