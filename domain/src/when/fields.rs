//! What a text said: the parts of a date and a time, as far as it named them, and what is to be added.

use super::offset::Offset;
use super::relative::Relative;

/// The parts that a text named; what it did not name comes from the reference time.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    pub(super) year: Option<i64>,
    pub(super) month: Option<i64>,
    pub(super) day: Option<i64>,
    pub(super) clock: Clock,
    /// Where the clock stands, if the text says so.
    pub(super) offset: Option<Offset>,
    pub(super) relative: Relative,
    /// Four digits that may have been meant as a year were read as a time of day.
    pub(super) digits_as_clock: bool,
    /// The day is the one of the year, not of the month.
    pub(super) counts_from_new_year: bool,
    /// A word that is no time zone was passed over, as PHP does where a zone was named before.
    pub(super) passed_over: bool,
    has_date: bool,
    times: u8,
    zones: u8,
}

/// A time of day, as far as it was named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: Option<i64>,
    pub(super) minute: Option<i64>,
    pub(super) second: Option<i64>,
    pub(super) micros: Option<i64>,
}

impl Clock {
    /// The beginning of the day.
    pub(super) const MIDNIGHT: Self = Self::at(0, 0, 0, 0);

    pub(super) const fn at(hour: i64, minute: i64, second: i64, micros: i64) -> Self {
        Self { hour: Some(hour), minute: Some(minute), second: Some(second), micros: Some(micros) }
    }
}

/// Why a piece can't be added to the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It means nothing.
    Unknown,
    /// There was such a thing before.
    Twice,
}

impl Fields {
    /// The text names a date; a second one is refused.
    pub(super) fn begin_date(&mut self) -> Result<(), Refusal> {
        if std::mem::replace(&mut self.has_date, true) { Err(Refusal::Twice) } else { Ok(()) }
    }

    /// The text names a time of day; a second one is refused.
    pub(super) fn begin_time(&mut self) -> Result<(), Refusal> {
        if self.times > 0 {
            return Err(Refusal::Twice);
        }
        self.times = 1;
        self.clock = Clock::MIDNIGHT;
        Ok(())
    }

    /// How many times of day were named.
    pub(super) fn times(&self) -> u8 {
        self.times
    }

    /// Counts a time of day of bare digits, of which a second one is a year.
    pub(super) fn count_time(&mut self) {
        self.times = self.times.saturating_add(1);
    }

    /// The day begins, whatever time was named before.
    pub(super) fn reset_time(&mut self) {
        self.times = 0;
        self.clock = Clock::MIDNIGHT;
    }

    /// Only the date of the calendar's beginning is left, so that another date may follow.
    pub(super) fn reset_date(&mut self) {
        self.has_date = false;
        (self.year, self.month, self.day) = (Some(0), Some(0), Some(0));
    }

    /// The text names a time zone. A second one is passed over (`false`), a third refused.
    pub(super) fn begin_zone(&mut self) -> Result<bool, Refusal> {
        self.zones = self.zones.saturating_add(1);
        match self.zones {
            1 => Ok(true),
            2 => Ok(false),
            _ => Err(Refusal::Twice),
        }
    }

    /// A date without a time means the beginning of its day.
    pub(super) fn clock(&self) -> Clock {
        if self.has_date && self.times == 0 { Clock::MIDNIGHT } else { self.clock }
    }
}
