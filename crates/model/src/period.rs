//! Dates as reports give them, often only a year or a month, and the period a report covers.
//! Three dates of a report are never mixed up: the *period* it covers, the day it was *published*,
//! the day its bytes were *captured*. Written forms follow ISO 8601: `2021`, `2021-03`,
//! `2021-03-31`, and the interval `2020-10/2021-09`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A year (1 to 9999), a month of one, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// The time a report covers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    start: PartialDate,
    end: PartialDate,
}

/// A range of time asked for, possibly open at either end: `2021`, `2019..2023`, `2019..`, `..2023`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PeriodFilter {
    start: Option<PartialDate>,
    end: Option<PartialDate>,
}

/// A text that is not a date, a period or a range of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {wanted}")]
pub struct InvalidDate {
    text: String,
    wanted: &'static str,
}

const DATE: &str = "a date: write 2021, 2021-03 or 2021-03-31";
const PERIOD: &str = "a period: write 2021, 2021-03, or an interval such as 2020-10/2021-09";
const FILTER: &str =
    "a range of time: write 2021, 2019..2023, 2019.., ..2023 or 2020-10/2021-09, the earlier first";

fn invalid(text: &str, wanted: &'static str) -> InvalidDate {
    InvalidDate { text: text.chars().take(60).collect(), wanted }
}

impl PartialDate {
    /// 1970-01-01, for a clock that cannot say the day.
    pub const EPOCH: Self = Self { year: 1970, month: Some(1), day: Some(1) };

    /// A whole year, from 1 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: None, day: None })
    }

    /// A single day.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok()?;
        (year >= 1).then_some(Self { year, month: Some(month), day: Some(day) })
    }

    /// The first day it can mean.
    fn first(&self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .unwrap_or(Date::constant(1, 1, 1))
    }

    /// The last day it can mean.
    fn last(&self) -> Date {
        match (self.month, self.day) {
            (_, Some(_)) => self.first(),
            (Some(_), None) => self.first().last_of_month(),
            (None, None) => Date::new(self.year, 12, 31).unwrap_or(Date::constant(9999, 12, 31)),
        }
    }

    /// The year.
    pub fn calendar_year(&self) -> i16 {
        self.year
    }
}

impl Period {
    /// The period from the first day of `start` to the last day of `end`; `None` when it would end
    /// before it starts.
    pub fn new(start: PartialDate, end: PartialDate) -> Option<Self> {
        (start.first() <= end.last()).then_some(Self { start, end })
    }

    /// A calendar year.
    pub fn year(year: i16) -> Option<Self> {
        PartialDate::year(year).map(|date| Self { start: date, end: date })
    }

    /// The years it touches, in order.
    pub fn years(&self) -> impl Iterator<Item = i16> + use<> {
        self.start.year..=self.end.year
    }

    /// Its first day, counted in days from 1970-01-01.
    pub fn first_day(&self) -> i64 {
        days(self.start.first())
    }

    /// Its last day, counted in days from 1970-01-01.
    pub fn last_day(&self) -> i64 {
        days(self.end.last())
    }
}

impl PeriodFilter {
    /// A whole calendar year, from 1 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        PartialDate::year(year).map(|date| Self { start: Some(date), end: Some(date) })
    }

    /// The time that both ask for; `None` where there is none. A period that overlaps each of two
    /// ranges of time that overlap one another overlaps what they share, and the other way round.
    pub fn within(&self, other: &Self) -> Option<Self> {
        let start = match (self.start, other.start) {
            (Some(a), Some(b)) => Some(if a.first() >= b.first() { a } else { b }),
            (a, b) => a.or(b),
        };
        let end = match (self.end, other.end) {
            (Some(a), Some(b)) => Some(if a.last() <= b.last() { a } else { b }),
            (a, b) => a.or(b),
        };
        let empty = start.zip(end).is_some_and(|(start, end)| start.first() > end.last());
        (!empty).then_some(Self { start, end })
    }

    /// The first day asked for, in days from 1970-01-01; `None` when open.
    pub fn first_day(&self) -> Option<i64> {
        self.start.map(|date| days(date.first()))
    }

    /// The last day asked for, in days from 1970-01-01; `None` when open.
    pub fn last_day(&self) -> Option<i64> {
        self.end.map(|date| days(date.last()))
    }

    /// Whether a report that covers `period` speaks about any day asked for.
    pub fn overlaps(&self, period: &Period) -> bool {
        self.first_day().is_none_or(|first| period.last_day() >= first)
            && self.last_day().is_none_or(|last| period.first_day() <= last)
    }
}

/// The year of a day, counted in days from 1970-01-01; `None` outside the years that dates can have.
pub fn year_of(day: i64) -> Option<i16> {
    let span = jiff::Span::new().try_days(day).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok().map(Date::year)
}

fn days(date: Date) -> i64 {
    // A difference of two civil dates counted in days always fits.
    date.since(Date::constant(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()))
}

impl FromStr for PartialDate {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let wrong = || invalid(text, DATE);
        let mut parts = text.split('-');
        let mut number = |width: usize| -> Result<Option<i16>, InvalidDate> {
            match parts.next() {
                None => Ok(None),
                Some(p) if p.len() == width && p.bytes().all(|b| b.is_ascii_digit()) => {
                    p.parse().map(Some).map_err(|_| wrong())
                }
                Some(_) => Err(wrong()),
            }
        };
        let year = number(4)?.ok_or_else(wrong)?;
        let (month, day) = (number(2)?, number(2)?);
        if parts.next().is_some() || year == 0 {
            return Err(wrong());
        }
        // Two digits always fit in an i8.
        let (month, day) = (month.map(|m| m as i8), day.map(|d| d as i8));
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| wrong())?;
        Ok(Self { year, month, day })
    }
}

impl FromStr for Period {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let (start, end) = text.split_once('/').unwrap_or((text, text));
        let parse = |part: &str| part.parse().map_err(|_| invalid(text, PERIOD));
        Self::new(parse(start)?, parse(end)?).ok_or_else(|| invalid(text, PERIOD))
    }
}

impl FromStr for PeriodFilter {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let wrong = |_| invalid(text, FILTER);
        let Some((start, end)) = text.split_once("..") else {
            let period: Period = text.parse().map_err(wrong)?;
            return Ok(Self { start: Some(period.start), end: Some(period.end) });
        };
        let bound = |part: &str| -> Result<Option<PartialDate>, InvalidDate> {
            if part.is_empty() { Ok(None) } else { part.parse().map(Some).map_err(wrong) }
        };
        let (start, end) = (bound(start)?, bound(end)?);
        match (start, end) {
            (None, None) => Err(invalid(text, FILTER)),
            (Some(s), Some(e)) if s.first() > e.last() => Err(invalid(text, FILTER)),
            _ => Ok(Self { start, end }),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.start == self.end {
            write!(f, "{}", self.start)
        } else {
            write!(f, "{}/{}", self.start, self.end)
        }
    }
}

impl fmt::Display for PeriodFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.start == self.end
            && let Some(date) = self.start
        {
            return write!(f, "{date}");
        }
        if let Some(start) = self.start {
            write!(f, "{start}")?;
        }
        f.write_str("..")?;
        if let Some(end) = self.end {
            write!(f, "{end}")?;
        }
        Ok(())
    }
}

macro_rules! as_text {
    ($($type:ty),*) => {$(
        impl From<$type> for String {
            fn from(value: $type) -> String {
                value.to_string()
            }
        }
        impl TryFrom<String> for $type {
            type Error = InvalidDate;
            fn try_from(text: String) -> Result<Self, InvalidDate> {
                text.parse()
            }
        }
    )*};
}
as_text!(PartialDate, Period);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn period(text: &str) -> Period {
        text.parse().expect("a period")
    }

    fn filter(text: &str) -> PeriodFilter {
        text.parse().expect("a filter")
    }

    #[test]
    fn written_forms_are_read_back() {
        for text in ["2021", "2021-03", "2021-03-31", "2020-10/2021-09", "0001/9999-12-31"] {
            assert_eq!(period(text).to_string(), text);
        }
        for text in ["2019..2023", "2019..", "..2023", "2021"] {
            assert_eq!(filter(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_the_forms_that_are() {
        for text in
            ["", "21", "2021-13", "2021-02-30", "0000", "2021/2020", "2021-1", "+021", "２０２１"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
        for text in ["..", "2023..2019", "x..2020"] {
            let error = text.parse::<PeriodFilter>().expect_err(text);
            assert!(error.to_string().contains("2019..2023"), "{error}");
        }
    }

    #[test]
    fn a_fiscal_year_overlaps_both_calendar_years_it_touches() {
        let fiscal = period("2020-10/2021-09");
        assert!(filter("2020").overlaps(&fiscal));
        assert!(filter("2021").overlaps(&fiscal));
        assert!(filter("..2020").overlaps(&fiscal));
        assert!(!filter("2022..").overlaps(&fiscal));
        assert!(!filter("2021-10").overlaps(&fiscal));
    }

    #[test]
    fn two_ranges_of_time_share_what_both_ask_for() {
        let year = PeriodFilter::year(2020).expect("a year");
        for (asked, shared) in [
            ("2019..2021", Some("2020")),
            ("2020-06..", Some("2020-06..2020")),
            ("..2020-03-31", Some("2020..2020-03-31")),
            ("2020-02/2020-04", Some("2020-02..2020-04")),
            ("2021..", None),
        ] {
            let within = year.within(&filter(asked));
            assert_eq!(within.map(|w| w.to_string()).as_deref(), shared, "{asked}");
            assert_eq!(within, filter(asked).within(&year).map(|_| within.expect("the same")));
        }
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(period("1970-01-01").first_day(), 0);
        assert_eq!(period("1971").first_day(), 365);
        assert_eq!(period("1970").last_day(), 364);
        assert_eq!(period("0001-01-01").first_day(), -719162);
        assert_eq!([-1, 0, 364, 365].map(year_of), [1969, 1970, 1970, 1971].map(Some));
        assert_eq!(year_of(i64::MAX), None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_an_error(text in "[0-9./-]{0,24}|\\PC{0,12}") {
            if let Ok(p) = text.parse::<Period>() {
                prop_assert!(p.first_day() <= p.last_day());
                prop_assert_eq!(p.to_string().parse::<Period>(), Ok(p));
            }
            if let Ok(f) = text.parse::<PeriodFilter>() {
                prop_assert_eq!(f.to_string().parse::<PeriodFilter>(), Ok(f));
            }
        }

        #[test]
        fn what_overlaps_both_overlaps_what_they_share(
            a in 1990i16..2000, more in 0i16..4, b in 1990i16..2000, length in 0i16..4, year in 1990i16..2000,
        ) {
            let asked = filter(&format!("{a}-07..{}-06", a + more + 1));
            let year = PeriodFilter::year(year).expect("a year");
            let covered = period(&format!("{b}-05/{}-08", b + length));
            let both = asked.overlaps(&covered) && year.overlaps(&covered);
            match asked.within(&year) {
                Some(within) => prop_assert_eq!(within.overlaps(&covered), both),
                None => prop_assert!(year.last_day() < asked.first_day() || asked.last_day() < year.first_day()),
            }
        }
    }
}
