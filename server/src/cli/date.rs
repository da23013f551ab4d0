//! `lagune date`.

use chrono::DateTime;
use clap::Args;
use domain::{
    problem::Problem,
    time::{Millis, Zone, rfc3339},
    when,
};

use super::{Failed, language, remark, say};
use crate::clock;

#[derive(Args)]
pub(super) struct Date {
    /// Words such as "first day of next month", "+2 weeks 9am", "vor 5 Tagen" or "31.12.2026 18:00"
    #[arg(allow_hyphen_values = true)]
    text: String,
    /// The time from which to count, as RFC 3339 writes it; the time now, if left out
    #[arg(long, value_name = "RFC3339")]
    now: Option<String>,
    /// The time zone in which days and clock times are meant
    #[arg(long, value_name = "ZONE", default_value = "Europe/Berlin")]
    tz: String,
    /// Print seconds since 1970 instead
    #[arg(long)]
    unix: bool,
}

impl Date {
    /// Prints the point in time, and on stderr what may be otherwise than meant.
    pub(super) fn run(self) -> Result<(), Failed> {
        let lang = language();
        let zone: Zone = self.tz.parse().map_err(|problem: Problem| Failed::Usage(format!("--tz: {}", problem.message(lang))))?;
        let now = match &self.now {
            Some(now) => DateTime::parse_from_rfc3339(now)
                .map(|at| at.timestamp_millis())
                .map_err(|_| Failed::Usage("--now: Please write a time as RFC 3339 does, e.g. 2026-03-31T14:25:36+02:00.".to_owned()))?,
            // Nobody asks for fractions of a second that no text named.
            None => clock::now().get().div_euclid(1_000) * 1_000,
        };
        let moment = when::read(&self.text, Millis::new(now), &zone).map_err(|problem| {
            let problem = if problem == Problem::Required { Problem::NotAMoment { part: self.text.trim().to_owned() } } else { problem };
            Failed::Work(problem.message(lang))
        })?;
        for trap in &moment.traps {
            remark(format_args!("lagune: {}", trap.text().get(lang)));
        }
        if self.unix {
            return say(moment.at.get().div_euclid(1_000));
        }
        let shown = rfc3339(moment.at, &zone);
        say(shown
            .ok_or_else(|| Failed::Work("The calendar ends before this point in time. With --unix it is shown in seconds.".to_owned()))?)
    }
}
