//! The order that a file asks for, of things that it names and things that it knows nothing of.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// The order of things when `asked` shall follow each other as they do there. Those that nobody asked about stay behind the
/// thing that they stand behind now; so asking the same once more changes nothing.
pub(super) fn target<T: Copy + Eq + Hash>(now: &[T], asked: &[T]) -> Vec<T> {
    let places: HashMap<T, usize> = asked.iter().copied().zip(0..).collect();
    let mut behind: Vec<Vec<T>> = vec![Vec::new(); asked.len() + 1];
    let mut anchor = 0;
    for thing in now {
        match places.get(thing) {
            Some(place) => anchor = place + 1,
            None => behind[anchor].push(*thing),
        }
    }
    let mut rows = behind.into_iter();
    let mut order = rows.next().unwrap_or_default();
    for (thing, followers) in asked.iter().zip(rows) {
        order.push(*thing);
        order.extend(followers);
    }
    order
}

/// Which things have to be moved, as few as possible, so that those which are in both stand in `now` as they do in `then`.
pub(super) fn to_move<T: Copy + Eq + Hash>(now: &[T], then: &[T]) -> HashSet<T> {
    let places: HashMap<T, usize> = now.iter().copied().zip(0..).collect();
    let both: Vec<(T, usize)> = then.iter().filter_map(|thing| places.get(thing).map(|place| (*thing, *place))).collect();
    let numbers: Vec<usize> = both.iter().map(|(_, place)| *place).collect();
    let stay = longest_rise(&numbers);
    both.into_iter().zip(0..).filter(|(_, n)| !stay.contains(n)).map(|((thing, _), _)| thing).collect()
}

/// The places of a longest rising sequence within the numbers (patience sorting).
fn longest_rise(numbers: &[usize]) -> HashSet<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (n, number) in numbers.iter().enumerate() {
        let place = ends.partition_point(|end| numbers[*end] < *number);
        before.push(place.checked_sub(1).map(|place| ends[place]));
        if place == ends.len() {
            ends.push(n);
        } else {
            ends[place] = n;
        }
    }
    std::iter::successors(ends.last().copied(), |n| before[*n]).collect()
}

/// Each thing with the next one behind it that is known already.
pub(super) fn with_neighbours<T: Copy, K: Copy>(order: &[T], known: impl Fn(T) -> Option<K>) -> Vec<(T, Option<K>)> {
    let mut next = None;
    let mut pairs: Vec<(T, Option<K>)> = order
        .iter()
        .rev()
        .map(|thing| {
            let before = next;
            next = known(*thing).or(next);
            (*thing, before)
        })
        .collect();
    pairs.reverse();
    pairs
}
