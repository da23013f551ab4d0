//! The rules of the house that a reader would otherwise have to remember.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the workspace").to_path_buf()
}

/// Every file below `folder` whose name ends with `ending`, with its text.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !["target", "node_modules"].iter().any(|skip| path.ends_with(skip)) {
                    walk(&path, ending, found);
                }
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    let root = root();
    let mut found = Vec::new();
    walk(&root.join(folder), ending, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no {ending} below {folder}: did the folder move?");
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).expect("found below the root").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a source file is readable text");
            (name, text)
        })
        .collect()
}

fn source(crate_name: &str) -> Vec<(String, String)> {
    files(&format!("{crate_name}/src"), ".rs")
}

fn offenders(files: &[(String, String)], words: &[&str], allowed: impl Fn(&str) -> bool) -> Vec<String> {
    files
        .iter()
        .filter(|(name, _)| !allowed(name))
        .flat_map(|(name, text)| {
            text.lines()
                .enumerate()
                .filter(|(_, line)| !line.trim_start().starts_with("//") && words.iter().any(|word| line.contains(word)))
                .map(move |(number, line)| format!("{name}:{}: {}", number + 1, line.trim()))
        })
        .collect()
}

#[test]
fn the_domain_knows_no_database_no_pages_and_no_clock() {
    let found = offenders(&source("domain"), &["sqlx", "leptos", "tokio", "std::fs", "SystemTime::now", "Utc::now", "async fn"], |_| false);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn only_the_store_knows_sql() {
    let mut everywhere_else = source("app");
    everywhere_else.extend(source("server"));
    everywhere_else.extend(source("domain"));
    assert_eq!(offenders(&everywhere_else, &["sqlx", "insert into ", "delete from "], |_| false), Vec::<String>::new());
}

#[test]
fn text_that_becomes_sql_is_declared_safe_in_one_module() {
    let holders: Vec<String> =
        source("store").into_iter().filter(|(_, text)| text.contains("AssertSqlSafe(")).map(|(name, _)| name).collect();
    assert!(holders.len() <= 1, "AssertSqlSafe stands in {holders:?}");
}

#[test]
fn the_store_has_no_pages_and_no_http() {
    assert_eq!(offenders(&source("store"), &["leptos", "axum", "http::"], |_| false), Vec::<String>::new());
}

#[test]
fn the_browser_is_touched_in_one_folder() {
    let found = offenders(&source("app"), &["web_sys::", "js_sys::", "gloo_net::"], |name| name.starts_with("app/src/browser"));
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn both_migration_folders_name_the_same_steps() {
    let names = |engine: &str| -> Vec<String> {
        files(&format!("migrations/{engine}"), ".sql")
            .into_iter()
            .map(|(name, _)| name.rsplit('/').next().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn no_file_is_longer_than_a_reader_keeps_in_mind() {
    let mut long = Vec::new();
    for folder in ["domain/src", "store/src", "app/src", "server/src", "frontend/src", "xtask/src"] {
        for (name, text) in files(folder, ".rs") {
            let lines = text.lines().count();
            if lines > 300 && !name.contains("/tests") {
                long.push(format!("{name}: {lines}"));
            }
        }
    }
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn no_colour_stands_outside_the_tokens() {
    let found: Vec<String> = offenders(&files("style", ".css"), &["oklch(", "rgb(", "rgba(", "hsl("], |name| name.ends_with("tokens.css"));
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn each_crate_is_named_in_the_map() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map exists");
    for name in ["domain", "store", "app", "server", "frontend", "xtask"] {
        assert!(map.contains(&format!("`{name}`")), "{name} is missing in ARCHITECTURE.md");
    }
}
