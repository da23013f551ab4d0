//! What was measured, as a Markdown table.

use std::fmt;
use std::time::Duration;

use crate::Loaded;
use crate::raw::Raw;

/// Rows of figures.
pub(crate) struct Table {
    rows: Vec<[String; 3]>,
}

impl Table {
    pub(crate) fn new() -> Self {
        Self { rows: Vec::new() }
    }

    /// A row: what, figure, bar.
    pub(crate) fn row(&mut self, what: &str, figure: String, bar: &str) {
        eprintln!("{what}: {figure} ({bar})");
        self.rows.push([what.to_owned(), figure, bar.to_owned()]);
    }

    /// So many rows in this time.
    pub(crate) fn rate(&mut self, what: &str, n: u64, time: Duration) {
        self.row(what, format!("{:.1} s, {:.0} rows/s", time.as_secs_f64(), n as f64 / time.as_secs_f64()), "");
    }

    /// Bytes.
    pub(crate) fn memory(&mut self, what: &str, (all, own): (u64, u64)) {
        self.row(what, format!("{all} MB, of which {own} MB not mapped files"), "300 MB");
    }

    /// The spread of many times.
    pub(crate) fn times(&mut self, what: &str, mut times: Vec<Duration>, bar: &str) {
        times.sort_unstable();
        let at = |part: f64| ms(times[((times.len() - 1) as f64 * part).round() as usize]);
        let figure = format!("p50 {} · p99 {} · max {} (n = {})", at(0.5), at(0.99), at(1.0), times.len());
        self.row(what, figure, bar);
    }

    /// The engine's own figures beside ours.
    pub(crate) fn raw(&mut self, raw: &Raw, loaded: &Loaded, n: u64) {
        self.rate("The engine alone: plain load of the same rows", n, raw.rows);
        self.rate("… and a trigram index of the texts searched by default", n, raw.rows + raw.main);
        self.rate("… and a trigram index of the texts of all fields", n, raw.rows + raw.main + raw.all);
        let main = loaded.load.as_secs_f64() / (raw.rows + raw.main).as_secs_f64();
        let all = loaded.all_fields.as_secs_f64() / (raw.rows + raw.main + raw.all).as_secs_f64();
        self.row("Ours against the engine, searchable by default fields", format!("{main:.2} ×"), "1.5 ×");
        self.row("Ours against the engine, everything", format!("{all:.2} ×"), "1.5 ×");
    }
}

/// A time in milliseconds.
pub(crate) fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | measured | bar |\n| --- | --- | --- |")?;
        self.rows.iter().try_for_each(|[what, figure, bar]| writeln!(f, "| {what} | {figure} | {bar} |"))
    }
}

/// Begins to watch the peak anew.
pub(crate) fn forget_peak() {
    // Where the system has no such file, the figures are those of the whole run.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory since then, and how much of the present is the process's own, in MB.
pub(crate) fn peak() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1_024
    };
    (field("VmHWM:"), field("RssAnon:"))
}
