//! Watch, rebuild, restart, reload. Files are asked for their time several times a second: that needs no library,
//! works in containers, and costs less than one percent of a core for a tree of this size.

use crate::files::{root, target_dir};
use crate::reload::{PORT, Pages};
use crate::{say, site};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

const PAUSE: Duration = Duration::from_millis(200);
/// Parts of the browser's program, of the server alone, and of the stylesheet.
const BROWSER: [&str; 3] = ["domain", "app", "frontend"];
const SERVER: [&str; 3] = ["store", "server", "migrations"];
const STYLE: [&str; 2] = ["style", "assets"];

impl Work {
    fn and(self, other: Self) -> Self {
        Self { style: self.style || other.style, browser: self.browser || other.browser, server: self.server || other.server }
    }
}

type Times = BTreeMap<PathBuf, SystemTime>;

/// What a change asks for.
#[derive(Clone, Copy, Default)]
struct Work {
    style: bool,
    browser: bool,
    server: bool,
}

/// Run until interrupted. `arguments` go to `lagune serve`.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let pages = Pages::default();
    pages.listen()?;
    let mut seen = times();
    let mut server: Option<Child> = None;
    let mut work = Work { style: true, browser: true, server: true };
    loop {
        let undone = rebuild(work, &mut server, arguments, &pages).err();
        if let Some(problem) = &undone {
            say(&format!("{problem:#}. Waiting for the next change"));
        }
        let next = next_change(&mut seen);
        // What could not be built is still to be built.
        work = if undone.is_some() { work.and(next) } else { next };
    }
}

/// The server first: what it writes is on the screen long before the browser's module is built, and every page works
/// without that. Until it is there the old one is gone, which would not know what to make of the new pages.
fn rebuild(work: Work, server: &mut Option<Child>, arguments: &[&str], pages: &Pages) -> Result<()> {
    let begun = Instant::now();
    let took = |what: &str| say(&format!("{what} after {:.1} s", begun.elapsed().as_secs_f32()));
    if work.browser {
        site::build_style_alone()?;
    } else if work.style {
        site::build_style()?;
    }
    if work.browser || work.server {
        let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(root())
            .args(["build", "--package", "server", "--locked"])
            .status()?;
        anyhow::ensure!(built.success(), "the server doesn't compile (see above)");
        stop(server);
        *server = Some(start(arguments)?);
        pages.reload();
    } else {
        pages.restyle();
    }
    took("On the screen");
    if work.browser {
        site::build(site::Flavour::Dev)?;
        pages.reload();
        took("Awake");
    }
    Ok(())
}

fn start(arguments: &[&str]) -> Result<Child> {
    let child = Command::new(target_dir().join("debug/lagune"))
        .current_dir(root())
        .arg("serve")
        .args(arguments)
        .env("LEPTOS_WATCH", "true")
        .env("LEPTOS_RELOAD_PORT", PORT.to_string())
        .spawn()
        .context("the server can't be started")?;
    let address = std::env::var("LAGUNE_LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".into());
    let patience = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(&address).is_err() && Instant::now() < patience {
        sleep(Duration::from_millis(50));
    }
    Ok(child)
}

/// End the server as an operator would, so that dev sees the clean shutdown every day.
fn stop(server: &mut Option<Child>) {
    let Some(mut child) = server.take() else { return };
    let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    let patience = Instant::now() + Duration::from_secs(3);
    while asked.is_ok() && Instant::now() < patience {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return;
        }
        sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Wait for a change, and until nothing changes for a moment (an editor saves several files at once).
fn next_change(seen: &mut Times) -> Work {
    let mut work = Work::default();
    let mut changed = false;
    loop {
        sleep(PAUSE);
        let now = times();
        if now == *seen {
            if changed {
                return work;
            }
            continue;
        }
        let different = now.iter().filter(|(path, time)| seen.get(*path) != Some(time)).map(|(path, _)| path);
        let gone = seen.keys().filter(|path| !now.contains_key(*path));
        for path in different.chain(gone) {
            let within = |parts: &[&str]| parts.iter().any(|part| path.starts_with(root().join(part)));
            work.style |= within(&STYLE);
            work.browser |= within(&BROWSER);
            work.server |= within(&SERVER);
        }
        changed = true;
        *seen = now;
    }
}

fn times() -> Times {
    let mut times = Times::new();
    for part in BROWSER.iter().chain(&SERVER).chain(&STYLE) {
        note(&root().join(part), &mut times);
    }
    times
}

fn note(folder: &Path, times: &mut Times) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            note(&entry.path(), times);
        } else if let Ok(time) = entry.metadata().and_then(|file| file.modified()) {
            times.insert(entry.path(), time);
        }
    }
}
