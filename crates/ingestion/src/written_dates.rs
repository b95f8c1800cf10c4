//! Dates as reports write them: `July 30, 2012`, `30 July 2012`, `from 8 to 19 February 2010`.
//! Only what is certain is read: months by their English names, years of four digits. `3/4/2012` is
//! two different days on two sides of an ocean, and no date here.

use model::{PartialDate, Period};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date with parts left out, as in "from 8 to 19 February".
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    year: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
}

/// The date that these words are: a day, a month or a year.
pub fn date(words: &str) -> Option<PartialDate> {
    words.trim().parse().ok().or_else(|| Parts::of(words)?.date())
}

/// The period between two written dates; the first may leave out what the second says.
pub fn period(from: &str, to: &str) -> Option<Period> {
    let (mut from, to) = (Parts::of(from)?, Parts::of(to)?);
    from.year = from.year.or(to.year);
    if from.day.is_some() {
        from.month = from.month.or(to.month);
    }
    match (from, to) {
        (a, b) if a.year == b.year && a.is(1, 1) && b.is(12, 31) => {
            format!("{:04}", a.year?).parse().ok()
        }
        _ => Period::new(from.date()?, to.date()?),
    }
}

impl Parts {
    fn of(words: &str) -> Option<Self> {
        let mut parts = Self::default();
        for word in words.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()) {
            let slot = match word.parse::<u32>() {
                Ok(_) if !word.bytes().all(|byte| byte.is_ascii_digit()) => return None,
                Ok(number) if word.len() == 4 => (&mut parts.year, number),
                Ok(number) if word.len() <= 2 => (&mut parts.day, number),
                Ok(_) => return None,
                Err(_) => {
                    let word = word.trim_end_matches('.').to_ascii_lowercase();
                    let is_month =
                        |month: &str| month == word || word.len() == 3 && month.starts_with(&word);
                    let at = MONTHS.iter().position(|month| is_month(month))?;
                    (&mut parts.month, at as u32 + 1)
                }
            };
            if slot.0.replace(slot.1).is_some() {
                return None;
            }
        }
        (parts.year.is_some() || parts.month.is_some() || parts.day.is_some()).then_some(parts)
    }

    fn is(&self, month: u32, day: u32) -> bool {
        self.month == Some(month) && self.day == Some(day)
    }

    fn date(&self) -> Option<PartialDate> {
        let year = self.year?;
        let written = match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (None, None) => format!("{year:04}"),
            (None, Some(_)) => return None,
        };
        written.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_days_months_and_years_are_read() {
        for (words, expected) in [
            ("July 30, 2012", "2012-07-30"),
            ("30 July 2012", "2012-07-30"),
            ("9 Sept. 2012", ""),
            ("9 Sep. 2012", "2012-09-09"),
            ("May 2021", "2021-05"),
            ("2021", "2021"),
            ("2021-05-03", "2021-05-03"),
            ("31 February 2012", ""),
            ("3/4/2012", ""),
            ("12 13 May 2012", ""),
            ("30 July", ""),
            ("", ""),
        ] {
            assert_eq!(date(words).map_or(String::new(), |d| d.to_string()), expected, "{words}");
        }
    }

    #[test]
    fn the_first_date_of_a_period_may_leave_out_what_the_second_says() {
        for (from, to, expected) in [
            ("8", "19 February 2010", "2010-02-08/2010-02-19"),
            ("30 November", "11 December 2009", "2009-11-30/2009-12-11"),
            ("1 January 2011", "31 December 2011", "2011"),
            ("October 2020", "September 2021", "2020-10/2021-09"),
            ("19 February 2010", "8 February 2010", ""),
            ("soon", "2010", ""),
        ] {
            let found = period(from, to).map_or(String::new(), |p| p.to_string());
            assert_eq!(found, expected, "{from} to {to}");
        }
    }
}
