//! A date taken apart, as citation styles need it: the year, and the month and day where they are
//! known.

use model::PartialDate;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The parts of a date that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateParts {
    pub year: i16,
    /// From 1 to 12.
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl DateParts {
    pub(crate) fn of(date: PartialDate) -> Self {
        let written = date.to_string();
        let mut parts = written.split('-').skip(1).map(|part| part.parse().ok());
        let mut next = || parts.next().flatten();
        Self { year: date.calendar_year(), month: next(), day: next() }
    }

    /// The month's English name.
    pub(crate) fn month_name(self) -> Option<&'static str> {
        MONTHS.get(usize::from(self.month?).checked_sub(1)?).copied()
    }

    /// `15 May 2023`, `May 2023`, `2023`.
    pub(crate) fn day_first(self) -> String {
        match (self.day, self.month_name()) {
            (Some(day), Some(month)) => format!("{day} {month} {}", self.year),
            (None, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_is_written() {
        let written = |text: &str| {
            let parts = DateParts::of(text.parse().expect("a date"));
            parts.day_first()
        };
        assert_eq!(written("2023-05-15"), "15 May 2023");
        assert_eq!(written("2023-05"), "May 2023");
        assert_eq!(written("2023"), "2023");
    }
}
