//! A server of names for tests, by RFC 1035: it knows a few domains and what they answer, counts what it is asked, and says of
//! all others that they don't exist.

use std::{
    net::{SocketAddr, UdpSocket},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use server::jobs::import::domains::Dns;

const A: u8 = 1;
const NS: u8 = 2;
const CNAME: u8 = 5;
const MX: u8 = 15;
const AAAA: u8 = 28;

pub(crate) struct NameServer {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl NameServer {
    pub(crate) fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let (address, asked) = (socket.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let count = Arc::clone(&asked);
        std::thread::spawn(move || {
            let mut question = [0; 1_500];
            while let Ok((n, from)) = socket.recv_from(&mut question) {
                count.fetch_add(1, Ordering::SeqCst);
                if let Some(answer) = answer(&question[..n]) {
                    let _ = socket.send_to(&answer, from);
                }
            }
        });
        Self { address, asked }
    }

    /// Where it is, as the setting has it.
    pub(crate) fn setting(&self) -> String {
        self.address.to_string()
    }

    /// Where it is, as a worker has it.
    pub(crate) fn dns(&self) -> Dns {
        Dns(Some(self.address))
    }

    /// How often it was asked.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// What it says: whether it failed, the records that it has, and who would know more.
#[derive(Default)]
struct Said {
    failed: u8,
    found: Vec<(u8, Vec<u8>)>,
    ask: Vec<u8>,
}

fn says(domain: &str, kind: u8) -> Option<Said> {
    let found = |found: Vec<(u8, Vec<u8>)>| Some(Said { found, ..Said::default() });
    let failed = |failed| Some(Said { failed, ..Said::default() });
    let server = |name: &str| (MX, [&[0, 10][..], &encoded(name)].concat());
    match (domain, kind) {
        ("mail.example", MX) => found(vec![server("mx.mail.example")]),
        ("null.example", MX) => found(vec![(MX, vec![0, 0, 0])]),
        ("both.example", MX) => found(vec![(MX, vec![0, 0, 0]), server("mx.mail.example")]),
        ("plain.example", A) => found(vec![(A, vec![192, 0, 2, 1])]),
        ("six.example", AAAA) => found(vec![(AAAA, [&[0x20, 1, 0x0d, 0xb8][..], &[0; 12]].concat())]),
        ("alias.example", _) => found(vec![(CNAME, encoded("mail.example"))]),
        ("lost.example", _) => found(vec![(CNAME, encoded("gone.example"))]),
        ("elsewhere.example", _) => Some(Said { ask: encoded("ns.mail.example"), ..Said::default() }),
        ("mail.example" | "null.example" | "plain.example" | "six.example" | "bare.example", _) => failed(0),
        ("silent.example", _) => None,
        _ if domain.ends_with("broken.example") => failed(2),
        _ => failed(3),
    }
}

/// A name as it is sent.
fn encoded(name: &str) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    for label in name.split('.') {
        out.push(u8::try_from(label.len()).unwrap());
        out.extend(label.as_bytes());
    }
    out.push(0);
    out
}

fn answer(question: &[u8]) -> Option<Vec<u8>> {
    let (mut at, mut labels) = (12, Vec::new());
    while question[at] > 0 {
        let end = at + 1 + usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..end]).to_ascii_lowercase());
        at = end;
    }
    let (kind, end) = (question[at + 2], at + 5);
    let said = says(&labels.join("."), kind)?;
    let n = u8::try_from(said.found.len()).unwrap();
    let header = [0x81, 0x80 | said.failed, 0, 1, 0, n, 0, u8::from(!said.ask.is_empty()), 0, 0];
    let mut out = [&question[..2], &header, &question[12..end]].concat();
    let others = (!said.ask.is_empty()).then_some((NS, said.ask));
    for (kind, data) in said.found.into_iter().chain(others) {
        // About the name that was asked for, for a minute.
        out.extend([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 60, 0, u8::try_from(data.len()).unwrap()]);
        out.extend(data);
    }
    Some(out)
}
