//! The order of fields, categories and options.

use std::collections::HashMap;
use std::hash::Hash;

/// The order after one thing was put before another, or at the end where there is no such thing. Whatever is named, the
/// result holds exactly the things that were there, each once; put before itself a thing stays where it is.
pub fn moved<T: Copy + PartialEq>(order: &[T], thing: T, before: Option<T>) -> Vec<T> {
    if before == Some(thing) {
        return order.to_vec();
    }
    let mut after: Vec<T> = order.iter().copied().filter(|other| *other != thing).collect();
    let place = before.and_then(|before| after.iter().position(|other| *other == before));
    if after.len() < order.len() {
        after.insert(place.unwrap_or(after.len()), thing);
    }
    after
}

/// The order after things were added: one with a number stands at that place, counted from 1, smaller numbers first; the
/// others stand behind all that were there, as they come.
pub fn placed<T: Copy>(order: &[T], new: &[(T, Option<i64>)]) -> Vec<T> {
    let mut numbered: Vec<(i64, T)> = new.iter().filter_map(|(thing, number)| Some(((*number)?, *thing))).collect();
    numbered.sort_by_key(|(number, _)| *number);
    let mut old = order.iter().copied();
    let mut after = Vec::with_capacity(order.len() + new.len());
    for (number, thing) in numbered {
        let ahead = usize::try_from(number.saturating_sub(1)).unwrap_or(0).saturating_sub(after.len());
        after.extend(old.by_ref().take(ahead));
        after.push(thing);
    }
    after.extend(old);
    after.extend(new.iter().filter(|(_, number)| number.is_none()).map(|(thing, _)| *thing));
    after
}

/// The order in which those that are `wanted` come first, as they are named, and the others behind them. The result holds
/// exactly the things that were there, each once.
pub fn arranged<T: Copy + Eq + Hash>(order: &[T], wanted: &[T]) -> Vec<T> {
    let place: HashMap<T, usize> = wanted.iter().rev().zip((0..wanted.len()).rev()).map(|(thing, place)| (*thing, place)).collect();
    let mut after = order.to_vec();
    after.sort_by_key(|thing| place.get(thing).copied().unwrap_or(usize::MAX));
    after
}
