//! The list for publication, as a page and as a workbook: names, and an institution only where two bear one name.

use serde::Serialize;

use super::words::RegionWords;
use crate::lang::{Lang, Text};
use crate::region::Publication;
use crate::render::words::Words;
use crate::render::{RenderError, templates, xlsx};

/// Everything that the template places.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    w: &'static Words,
    r: &'static RegionWords,
    title: &'a str,
    under: String,
    says: &'a str,
    has_units: bool,
    announced: Vec<(usize, &'a str, &'a str)>,
}

fn page<'a>(list: &'a Publication, says: Text<'a>, year: u32, lang: Lang) -> Page<'a> {
    let announced = list.announced.iter().enumerate();
    Page {
        lang: lang.tag(),
        w: Words::of(lang),
        r: RegionWords::of(lang),
        title: list.region.as_deref().unwrap_or_default(),
        under: format!("{} {} · {year} · {}", list.policy.number, list.article, list.as_of),
        says: says.to(lang),
        has_units: list.announced.iter().any(|one| one.institution.is_some()),
        announced: announced.map(|(place, one)| (place + 1, one.name.as_str(), one.institution.as_deref().unwrap_or_default())).collect(),
    }
}

/// The list as one HTML file; `says` is what the provision asks, in our words.
///
/// # Errors
/// Where the template fails, which would be a fault of this library.
pub fn publication_html(list: &Publication, says: Text<'_>, year: u32, lang: Lang) -> Result<String, RenderError> {
    templates::render("publication.html", &page(list, says, year, lang))
}

/// The list as the bytes of an `.xlsx` workbook with one sheet.
///
/// # Errors
/// Where the workbook cannot be written, which would be a fault of this library.
pub fn publication_xlsx(list: &Publication, says: Text<'_>, year: u32, lang: Lang) -> Result<Vec<u8>, RenderError> {
    use rust_xlsxwriter::{DocProperties, Workbook};

    let page = page(list, says, year, lang);
    let looks = xlsx::Looks::new();
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(page.r.list_title).set_author("medtrain").set_creation_datetime(&xlsx::written(list.as_of)));
    let sheet = book.add_worksheet();
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    let mut sheet = xlsx::Sheet { page: sheet, looks: &looks, row: 0, lines: 1 };
    for (column, width) in [(0, 8.0), (1, 24.0), (2, 40.0)] {
        sheet.page.set_column_width(column, width)?;
    }
    for (text, look) in [(page.r.list_title, &looks.title), (page.title, &looks.lead), (&page.under, &looks.soft), (page.says, &looks.soft)] {
        sheet.text(0, text, look)?;
        sheet.next();
    }
    let heads = [page.r.list_number, page.r.name, page.r.list_unit];
    for (column, head) in (0..).zip(heads.into_iter().take(if page.has_units { 3 } else { 2 })) {
        sheet.text(column, head, &looks.head)?;
    }
    sheet.next();
    for (number, name, unit) in &page.announced {
        sheet.count(0, *number)?;
        sheet.text(1, name, &looks.plain)?;
        if page.has_units {
            sheet.text(2, unit, &looks.plain)?;
        }
        sheet.next();
    }
    if page.announced.is_empty() {
        sheet.text(0, page.r.list_nobody, &looks.soft)?;
    }
    Ok(book.save_to_buffer()?)
}
