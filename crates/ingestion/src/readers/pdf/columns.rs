//! Two columns of prose are read one after the other. A page has them where an upright gap near its
//! middle parts most of its lines, and what stands on both sides is as wide as prose; a table's gaps
//! are not taken for it. A line across the gap ends what stands above it and begins anew.

use super::content::Placed;
use super::lines::Band;

/// How far apart two words of one line never stand, in sizes: what may be a gutter.
const GUTTER: f32 = 0.9;

/// How many lines must stand side by side.
const SIDE_BY_SIDE: usize = 5;

/// Where a band stands to a gutter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Both,
    Across,
}

/// Bands in reading order, each with its column: 1 and 2, or 0 where there are none.
pub(super) fn in_order(bands: Vec<Band>) -> Vec<(Band, u8)> {
    let Some(gutter) = find_gutter(&bands) else {
        return bands.into_iter().map(|band| (band, 0)).collect();
    };
    let mut ordered = Vec::with_capacity(bands.len() * 2);
    let mut zone: Vec<Band> = Vec::new();
    for band in bands {
        if side(&band, gutter) == Side::Across {
            take_zone(std::mem::take(&mut zone), gutter, &mut ordered);
            ordered.push((band, 0));
        } else {
            zone.push(band);
        }
    }
    take_zone(zone, gutter, &mut ordered);
    ordered
}

/// Bands between two that go across: columns where enough of them stand side by side.
fn take_zone(zone: Vec<Band>, gutter: f32, ordered: &mut Vec<(Band, u8)>) {
    if zone.iter().filter(|band| side(band, gutter) == Side::Both).count() < 2 {
        ordered.extend(zone.into_iter().map(|band| (band, 0)));
        return;
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for band in zone {
        let (of_left, of_right): (Vec<Placed>, Vec<Placed>) =
            band.characters.iter().partition(|placed| placed.x < gutter);
        for (characters, column) in [(of_left, &mut left), (of_right, &mut right)] {
            if characters.iter().any(|placed| !placed.c.is_whitespace()) {
                column.push(Band { characters, ..band });
            }
        }
    }
    ordered.extend(left.into_iter().map(|band| (band, 1)));
    ordered.extend(right.into_iter().map(|band| (band, 2)));
}

/// Where the gutter of a page is, if it has one.
fn find_gutter(bands: &[Band]) -> Option<f32> {
    let shown = || bands.iter().filter_map(edges);
    let left = shown().map(|(left, _)| left).min_by(f32::total_cmp)?;
    let right = shown().map(|(_, right)| right).max_by(f32::total_cmp)?;
    let width = right - left;
    let steps = 40;
    let best = (0..=steps)
        .map(|step| left + width * (0.3 + 0.4 * step as f32 / steps as f32))
        .map(|x| (x, bands.iter().filter(|band| side(band, x) == Side::Across).count()))
        .min_by_key(|(_, across)| *across)?;
    let fewest = best.1;
    // The middle of the widest run of places where as few lines go across.
    let free: Vec<f32> = (0..=steps)
        .map(|step| left + width * (0.3 + 0.4 * step as f32 / steps as f32))
        .filter(|x| bands.iter().filter(|band| side(band, *x) == Side::Across).count() == fewest)
        .collect();
    let middle = left + width / 2.0;
    let gutter =
        free.into_iter().min_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs()))?;
    let both: Vec<&Band> = bands.iter().filter(|b| side(b, gutter) == Side::Both).collect();
    let is_prose = |part: fn(&Band, f32) -> Option<f32>, whole: f32| {
        let full = both.iter().filter_map(|b| part(b, gutter)).filter(|w| *w >= 0.6 * whole);
        full.count() * 2 >= both.len()
    };
    let enough = both.len() >= SIDE_BY_SIDE && fewest * 2 <= both.len();
    (enough && is_prose(left_width, gutter - left) && is_prose(right_width, right - gutter))
        .then_some(gutter)
}

fn shown(band: &Band) -> impl DoubleEndedIterator<Item = &Placed> {
    band.characters.iter().filter(|placed| !placed.c.is_whitespace())
}

fn edges(band: &Band) -> Option<(f32, f32)> {
    Some((shown(band).next()?.x, shown(band).next_back()?.end))
}

fn left_width(band: &Band, gutter: f32) -> Option<f32> {
    let last = shown(band).rfind(|placed| placed.x < gutter)?;
    Some(last.end - shown(band).next()?.x)
}

fn right_width(band: &Band, gutter: f32) -> Option<f32> {
    let first = shown(band).find(|placed| placed.x >= gutter)?;
    Some(shown(band).next_back()?.end - first.x)
}

/// Where a band stands to an upright line at `x`.
fn side(band: &Band, x: f32) -> Side {
    let before = shown(band).rfind(|placed| placed.x < x);
    let after = shown(band).find(|placed| placed.x >= x);
    match (before, after) {
        (Some(before), Some(after))
            if before.end > x || after.x - before.end < GUTTER * band.size =>
        {
            Side::Across
        }
        (Some(before), None) if before.end > x => Side::Across,
        (Some(_), Some(_)) => Side::Both,
        (Some(_), None) => Side::Left,
        _ => Side::Right,
    }
}
