//! A small pattern language for the formats of dates. All ways to match are followed at once, so that the longest match
//! is found and no text can make it slow.
//!
//! In a pattern a small letter stands for both cases, a capital and everything in brackets for itself alone. `<name>`
//! is another pattern, `\0` the end of the text; `( | ) [ - ] ? * + {m,n}` are as everywhere.

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) enum Pattern {
    /// One byte of a set.
    Byte(Set),
    /// One after the other.
    Row(Vec<Pattern>),
    /// One of several.
    Either(Vec<Pattern>),
    /// As often as this.
    Times(Box<Pattern>, u32, u32),
}

/// A set of bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Set([u128; 2]);

impl Set {
    fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte >> 7)] |= 1 << (byte & 127);
    }

    fn join(&mut self, other: Self) {
        self.0[0] |= other.0[0];
        self.0[1] |= other.0[1];
    }

    /// Whether the byte is one of them.
    pub(super) fn contains(self, byte: u8) -> bool {
        self.0[usize::from(byte >> 7)] >> (byte & 127) & 1 == 1
    }
}

impl Pattern {
    /// Compiles a pattern; `named` answers what stands for a `<name>`.
    pub(super) fn compile(source: &str, named: &dyn Fn(&str) -> Pattern) -> Self {
        Compiler { rest: source, named }.either()
    }

    /// The bytes that a match may begin with, and whether it may be empty.
    pub(super) fn beginnings(&self) -> (Set, bool) {
        match self {
            Self::Byte(set) => (*set, false),
            Self::Row(row) => {
                let mut all = Set::default();
                for next in row {
                    let (set, empty) = next.beginnings();
                    all.join(set);
                    if !empty {
                        return (all, false);
                    }
                }
                (all, true)
            }
            Self::Either(ways) => ways.iter().map(Self::beginnings).fold((Set::default(), false), |(mut all, empty), (set, also)| {
                all.join(set);
                (all, empty || also)
            }),
            Self::Times(of, least, _) => {
                let (set, empty) = of.beginnings();
                (set, empty || *least == 0)
            }
        }
    }

    /// Where the longest match of the text from a place on ends. The text is followed by one byte NUL.
    pub(super) fn longest(&self, text: &[u8], from: usize) -> Option<usize> {
        self.ends(text, vec![from]).last().copied()
    }

    /// The places, in rising order, at which a match from one of these places may end.
    fn ends(&self, text: &[u8], from: Vec<usize>) -> Vec<usize> {
        match self {
            Self::Byte(set) => {
                let byte = |at: usize| if at == text.len() { Some(0) } else { text.get(at).copied() };
                from.into_iter().filter(|&at| byte(at).is_some_and(|byte| set.contains(byte))).map(|at| at + 1).collect()
            }
            Self::Row(row) => row.iter().fold(from, |from, next| if from.is_empty() { from } else { next.ends(text, from) }),
            Self::Either(ways) => sorted(ways.iter().flat_map(|way| way.ends(text, from.clone())).collect()),
            Self::Times(of, least, most) => {
                let mut all = if *least == 0 { from.clone() } else { Vec::new() };
                let mut reached = from;
                for n in 1..=*most {
                    reached = of.ends(text, reached);
                    if n > *least {
                        // Beyond the least number only new places lead anywhere new.
                        reached.retain(|at| all.binary_search(at).is_err());
                    }
                    if reached.is_empty() {
                        break;
                    }
                    if n >= *least {
                        all.extend_from_slice(&reached);
                        all = sorted(all);
                    }
                }
                all
            }
        }
    }
}

fn sorted(mut places: Vec<usize>) -> Vec<usize> {
    places.sort_unstable();
    places.dedup();
    places
}

/// Reads the pattern language. The patterns are constants of this crate, so what is malformed is left out.
struct Compiler<'a> {
    rest: &'a str,
    named: &'a dyn Fn(&str) -> Pattern,
}

impl Compiler<'_> {
    fn either(&mut self) -> Pattern {
        let mut ways = vec![self.row()];
        while self.take('|') {
            ways.push(self.row());
        }
        if ways.len() == 1 { ways.swap_remove(0) } else { Pattern::Either(ways) }
    }

    fn row(&mut self) -> Pattern {
        let mut row = Vec::new();
        while let Some(c) = self.rest.chars().next() {
            if c == '|' || c == ')' {
                break;
            }
            self.rest = &self.rest[c.len_utf8()..];
            let one = match c {
                '(' => {
                    let inner = self.either();
                    self.take(')');
                    inner
                }
                '[' => self.set(),
                '<' => (self.named)(self.until('>')),
                '\\' => Pattern::Byte(self.escaped()),
                c => letter(c),
            };
            row.push(self.repeated(one));
        }
        Pattern::Row(row)
    }

    fn repeated(&mut self, one: Pattern) -> Pattern {
        let (least, most) = if self.take('?') {
            (0, 1)
        } else if self.take('*') {
            (0, u32::MAX)
        } else if self.take('+') {
            (1, u32::MAX)
        } else if self.take('{') {
            let times = self.until('}');
            let (least, most) = times.split_once(',').unwrap_or((times, times));
            (least.parse().unwrap_or(0), most.parse().unwrap_or(u32::MAX))
        } else {
            return one;
        };
        Pattern::Times(Box::new(one), least, most)
    }

    fn set(&mut self) -> Pattern {
        let mut set = Set::default();
        let mut before = None;
        let inside = self.until(']').as_bytes();
        let mut bytes = inside.iter().copied().enumerate();
        while let Some((i, byte)) = bytes.next() {
            match (byte, before, inside.get(i + 1)) {
                (b'-', Some(first), Some(&last)) => (first..=last).for_each(|byte| set.insert(byte)),
                (b'\\', ..) => {
                    let (_, escaped) = bytes.next().unwrap_or((i, byte));
                    set.insert(control(escaped));
                }
                _ => set.insert(byte),
            }
            before = Some(byte);
        }
        Pattern::Byte(set)
    }

    fn escaped(&mut self) -> Set {
        let mut set = Set::default();
        if let Some(byte) = self.rest.bytes().next() {
            self.rest = self.rest.get(1..).unwrap_or_default();
            set.insert(control(byte));
        }
        set
    }

    fn take(&mut self, c: char) -> bool {
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn until(&mut self, end: char) -> &'_ str {
        let (inside, rest) = self.rest.split_once(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        inside
    }
}

fn control(escaped: u8) -> u8 {
    match escaped {
        b'0' => 0,
        b't' => b'\t',
        other => other,
    }
}

fn letter(c: char) -> Pattern {
    let mut bytes = [0; 4];
    let one = |byte: u8| {
        let mut set = Set::default();
        set.insert(byte);
        set.insert(byte.to_ascii_uppercase());
        Pattern::Byte(set)
    };
    let encoded = c.encode_utf8(&mut bytes).as_bytes();
    if let [byte] = encoded { one(*byte) } else { Pattern::Row(encoded.iter().map(|byte| one(*byte)).collect()) }
}
