//! The table of security requirements says nothing that isn't so, as far as a machine can tell.

use std::{collections::BTreeSet, fs, path::Path};

/// How many requirements of levels 1 and 2 each chapter of ASVS 5.0.0 has.
const CHAPTERS: [(u32, usize); 17] = [
    (1, 27),
    (2, 11),
    (3, 19),
    (4, 10),
    (5, 9),
    (6, 35),
    (7, 18),
    (8, 7),
    (9, 7),
    (10, 29),
    (11, 14),
    (12, 9),
    (13, 13),
    (14, 9),
    (15, 13),
    (16, 16),
    (17, 7),
];

struct Row {
    id: String,
    level: String,
    state: String,
    how: String,
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(root().join("docs/security.md")).unwrap();
    text.lines()
        .filter(|line| line.starts_with("| V"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(cells.len(), 5, "{line}");
            let [id, level, _, state, how] = [0, 1, 2, 3, 4].map(|at| cells[at].to_owned());
            Row { id, level, state, how }
        })
        .collect()
}

/// What stands between backticks and names a file or a test of one.
fn named(how: &str) -> impl Iterator<Item = &str> {
    how.split('`').skip(1).step_by(2).filter(|text| (text.contains('/') || text.ends_with(".md")) && !text.starts_with('/'))
}

#[test]
fn every_requirement_of_both_levels_is_answered_once() {
    let rows = rows();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), rows.len(), "each once");
    for (chapter, n) in CHAPTERS {
        let start = format!("V{chapter}.");
        assert_eq!(ids.iter().filter(|id| id.starts_with(&start)).count(), n, "of chapter {chapter}");
    }
    assert_eq!(CHAPTERS.iter().map(|(_, n)| n).sum::<usize>(), rows.len());
    assert_eq!(rows.iter().filter(|row| row.level == "1").count(), 70, "of level 1");
    for row in rows {
        assert!(["met", "part", "no", "–"].contains(&row.state.as_str()), "{}: {}", row.id, row.state);
        assert!(!row.how.is_empty(), "{} says how or why", row.id);
    }
}

#[test]
fn every_file_and_every_test_of_the_table_exists() {
    let mut tests = 0;
    for row in rows() {
        for name in named(&row.how) {
            let (path, test) = name.split_once("::").map_or((name, None), |(path, test)| (path, Some(test)));
            let path = match path.split_once('/') {
                Some(("it", file)) => format!("server/tests/it/{file}"),
                Some(("store", file)) if !file.contains('/') => format!("store/tests/it/{file}"),
                Some(("e2e", file)) => format!("end2end/tests/{file}"),
                _ => path.to_owned(),
            };
            let text = fs::read_to_string(root().join(&path)).unwrap_or_else(|_| panic!("{}: there is no {path}", row.id));
            if let Some(test) = test {
                let is_one = text.split(&format!("fn {test}()")).next().is_some_and(|before| {
                    before.len() < text.len()
                        && before.lines().rev().take(4).any(|line| line.contains("#[test]") || line.contains("#[tokio::test"))
                });
                assert!(is_one, "{}: {path} has no test {test}", row.id);
                tests += 1;
            }
        }
    }
    assert!(tests > 60, "tests are named: {tests}");
}
