//! Where in a sheet the table begins.

use super::is_known_heading;

/// How many rows are looked through for the headings.
const NOTES: usize = 30;
/// How many rows below a row tell whether it is as wide as the table.
const BELOW: usize = 20;

/// The row, from 0, that probably holds the headings, or is the first where there are none. What stands above it are
/// notes: a title, who made the list, when. `rows` are the filled ones at the beginning of a sheet.
///
/// It is the first row with at least two headings that lists use, else the first in which as many cells are filled as
/// in the fullest of the rows below it, else the first that has as many as the next. Rows above it that are half as
/// wide, or more, are no notes: nothing of a table may be lost by a guess.
pub fn find_header(rows: &[Vec<String>]) -> usize {
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let widest_below = |i: usize| rows.iter().skip(i + 1).take(BELOW).map(filled).max().unwrap_or(0);
    let candidates = || (0..rows.len().min(NOTES)).filter(|i| filled(&rows[*i]) > 0);
    let known = |i: usize| rows[i].iter().filter(|cell| is_known_heading(cell.trim())).count();
    let found = candidates()
        .find(|i| known(*i) >= 2 && filled(&rows[*i]) * 2 >= widest_below(*i))
        .or_else(|| candidates().find(|i| filled(&rows[*i]) >= widest_below(*i).max(1)))
        .or_else(|| candidates().find(|i| rows.get(i + 1).is_some_and(|next| filled(next) == filled(&rows[*i]))))
        .unwrap_or(0);
    let notes = rows[..found].iter().all(|row| filled(row) * 2 <= filled(&rows[found]));
    if found > 0 && notes && is_header(&rows[found]) { found } else { 0 }
}

/// Whether a first row names the columns: with a heading that lists use, or without anything that only values look
/// like.
pub fn is_header(cells: &[String]) -> bool {
    let value = |cell: &String| {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        cell.contains('@') || digits >= 4 && digits * 2 > cell.len()
    };
    cells.iter().any(|cell| is_known_heading(cell.trim())) || !cells.iter().any(value)
}

#[cfg(test)]
mod tests {
    use super::find_header;

    fn at(rows: &[&str]) -> usize {
        let cells = |row: &&str| row.split(';').map(str::to_owned).collect::<Vec<_>>();
        find_header(&rows.iter().map(cells).collect::<Vec<_>>())
    }

    #[test]
    fn a_table_without_notes_begins_with_its_first_row() {
        assert_eq!(at(&["Vorname;Name;Ort", "Anna;Weber;Bern", "Bo;Roth;"]), 0);
        assert_eq!(at(&["Spalte;Zeile", "1;2"]), 0);
        assert_eq!(at(&["E-Mail", "a@example.com"]), 0);
        assert_eq!(at(&[]), 0);
    }

    #[test]
    fn notes_above_the_headings_are_no_rows() {
        assert_eq!(at(&["Kundenliste 2026", "Stand:;22.11.2026", "Vorname;Name;E-Mail;PLZ", "Anna;Weber;;1010"]), 2);
        assert_eq!(at(&["Liste;;", "a;b;c", "1;2;3", "4;;6"]), 1);
    }

    #[test]
    fn headings_may_be_fewer_than_columns_when_lists_know_them() {
        assert_eq!(at(&["Verein e. V.", "Vorname;Name;;", "Anna;Weber;x;y"]), 1);
    }

    #[test]
    fn a_table_without_headings_begins_where_it_is_widest() {
        assert_eq!(at(&["Liste", "1;2;3", "4;5;6"]), 1);
    }

    #[test]
    fn no_row_of_a_table_is_taken_for_a_note() {
        assert_eq!(at(&["Anna;;anna@example.com", "Bo;Roth;bo@example.com"]), 0);
        assert_eq!(at(&["Anna;Weber;;", "Bo;Roth;Bern;3000"]), 0);
    }
}
