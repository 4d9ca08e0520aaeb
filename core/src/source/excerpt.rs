//! What a place in a text looks like to its author: its line, with carets under it.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// The line of this number, with carets under these bytes of it.
pub(super) fn excerpt(number: usize, line: &str, marked: &Range<usize>) -> String {
    /// How many columns a line has that is shown whole.
    const WHOLE: usize = 140;
    /// How much is shown of a longer one before and after where the carets begin.
    const BEFORE: usize = 60;
    const AFTER: usize = 60;
    /// What stands for what is left out.
    const CUT: &str = "...";

    let (mut before, mut under, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for (at, c) in line.trim_end_matches('\r').char_indices() {
        let part = if at < marked.start {
            &mut before
        } else if at < marked.end {
            &mut under
        } else {
            &mut after
        };
        match c {
            '\t' => part.extend([' '; 4]),
            // What could move the cursor, or is not to be seen.
            c if c.is_control() => part.push('\u{fffd}'),
            c => part.push(c),
        }
    }
    let carets = width(&under).max(1);
    under.extend(after);
    let is_long = width(&before) + width(&under) > WHOLE;
    let cut_before = is_long && cut(&mut before, BEFORE, true);
    let cut_after = is_long && cut(&mut under, AFTER, false);
    let carets = if is_long { carets.min(AFTER) } else { carets };
    let (opened, closed) = (if cut_before { CUT } else { "" }, if cut_after { CUT } else { "" });
    let shown: String = before.iter().chain(&under).collect();
    let (gutter, indent) = (" ".repeat(number.to_string().len()), " ".repeat(opened.len() + width(&before)));
    format!("{gutter} |\n{number} | {opened}{shown}{closed}\n{gutter} | {indent}{}", "^".repeat(carets))
}

/// Leaves so many columns of this, at the end or at the beginning; whether something was cut off.
fn cut(text: &mut Vec<char>, most: usize, keep_end: bool) -> bool {
    let mut left = most;
    let fits = |c: &&char| {
        let room = left.checked_sub(columns(**c));
        left = room.unwrap_or(0);
        room.is_some()
    };
    let kept = if keep_end { text.iter().rev().take_while(fits).count() } else { text.iter().take_while(fits).count() };
    let cut = text.len() - kept;
    if keep_end {
        text.drain(..cut);
    } else {
        text.truncate(kept);
    }
    cut > 0
}

fn width(text: &[char]) -> usize {
    text.iter().map(|c| columns(*c)).sum()
}

/// How many columns a character takes: two for those of Chinese.
fn columns(c: char) -> usize {
    c.width().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn carets_stand_under_the_place_whatever_stands_before_it() {
        assert_eq!(excerpt(7, "id = 'x'", &(5..8)), "  |\n7 | id = 'x'\n  |      ^^^");
        assert_eq!(excerpt(12, "学分 = 25", &(9..11)), "   |\n12 | 学分 = 25\n   |        ^^");
        assert_eq!(excerpt(1, "\t学 = 1", &(1..4)), "  |\n1 |     学 = 1\n  |     ^^");
    }

    #[test]
    fn a_place_without_length_has_one_caret() {
        assert_eq!(excerpt(1, "", &(0..0)), "  |\n1 | \n  | ^");
        assert_eq!(excerpt(1, "a =", &(3..3)), "  |\n1 | a =\n  |    ^");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let line = format!("{}HERE{}", "a".repeat(500), "b".repeat(500));
        let shown = excerpt(1, &line, &(500..504));
        assert_eq!(shown, format!("  |\n1 | ...{}HERE{}...\n  | {}^^^^", "a".repeat(60), "b".repeat(56), " ".repeat(63)));
    }

    #[test]
    fn what_could_move_the_cursor_is_not_shown() {
        assert!(!excerpt(1, "a\u{1b}[2Jb\rc", &(0..1)).contains(['\u{1b}', '\r']));
    }
}
