//! Whether the domains of e-mail addresses take mail: asked at the DNS, where somebody wished that for an import.
//!
//! What the DNS says for certain counts: a domain that doesn't exist, has neither mail servers nor addresses (RFC 5321, 5.1), or says
//! that it takes no mail (RFC 7505). What it doesn't answer is no reason to refuse anybody.

use std::{
    collections::{HashMap, HashSet},
    net::SocketAddr,
    time::Duration,
};

use domain::{
    id::{FieldId, OptionId},
    import::{RowProblem, Rules},
    problem::Problem,
    value::Value,
};
use futures::{StreamExt as _, stream};
use hickory_resolver::{
    Resolver, TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig},
    lookup::Lookup,
    net::{DnsError, NetError, NoRecords, runtime::TokioRuntimeProvider},
    proto::{
        op::ResponseCode,
        rr::{RData, RecordType},
    },
};
use store::{
    StoreError,
    load::{Batch, NewLabel, Row},
};

use super::{Pause, Work, feed::Feed};

/// Questions on their way at the same time.
const AT_ONCE: usize = 32;
/// So long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// After so many questions in a row without any answer the DNS is taken to be away, and nothing more is asked. A server of
/// names that has lost its own connection says so: that it failed is no answer either.
const IN_VAIN: usize = 50;
/// So many domains are remembered; in a file with more of them some are asked for again.
const REMEMBERED: usize = 200_000;
/// How often to look whether somebody wants to stop, while answers are waited for.
const LOOK: Duration = Duration::from_secs(1);

/// Who is asked; none: the servers of the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dns(pub Option<SocketAddr>);

/// What is known of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    TakesMail,
    TakesNone,
    Unknown,
}

/// The domains of a file.
pub(super) struct Domains {
    resolver: Option<TokioResolver>,
    /// The fields with addresses, and the headings of their columns.
    fields: Vec<(FieldId, String)>,
    known: HashMap<String, Answer>,
    in_vain: usize,
    /// Options that refused rows have brought: whichever row uses them next, brings them.
    orphans: HashMap<(FieldId, OptionId), NewLabel>,
}

/// Sifts a batch, if there is a wish to. Tells why to stop; the batch is of no use then.
pub(super) async fn sift(domains: &mut Option<Domains>, work: &Work, batch: &mut Batch) -> Result<Option<Pause>, StoreError> {
    let Some(domains) = domains else { return Ok(None) };
    let mut sifted = std::pin::pin!(domains.sift(batch));
    while tokio::time::timeout(LOOK, &mut sifted).await.is_err() {
        if let Some(pause) = work.pause().await? {
            return Ok(Some(pause));
        }
    }
    Ok(None)
}

impl Domains {
    /// Those of a file, if its import is to ask for them.
    pub(super) fn wanted(work: &Work, rules: &Rules, feed: &Feed) -> Option<Self> {
        let fields = feed.plan().addresses();
        (rules.dns && !fields.is_empty()).then(|| Self::new(work.place.dns, fields))
    }

    /// `fields`: those with addresses, and the headings of their columns.
    fn new(dns: Dns, fields: Vec<(FieldId, String)>) -> Self {
        let resolver = resolver(dns).inspect_err(|error| tracing::warn!(%error, "the DNS can't be asked")).ok();
        Self { resolver, fields, known: HashMap::new(), in_vain: 0, orphans: HashMap::new() }
    }

    /// Takes the rows away whose address can't be reached, and counts those that could not be told about.
    async fn sift(&mut self, batch: &mut Batch) {
        if self.known.len() > REMEMBERED {
            self.known.clear();
        }
        let asked = batch.rows.iter().flat_map(|row| self.addresses(row)).map(|(_, address)| domain_of(address));
        let asked: HashSet<String> = asked.filter(|domain| !self.known.contains_key(*domain)).map(str::to_owned).collect();
        self.ask(asked).await;
        for mut row in std::mem::take(&mut batch.rows) {
            let (refused, unknown) = self.judge(&row);
            if refused.is_empty() {
                self.adopt(&mut row);
                batch.not_asked += u64::from(unknown);
                batch.rows.push(row);
            } else {
                let options = row.more.into_iter().flat_map(|more| more.options);
                self.orphans.extend(options.map(|new| ((new.field, new.stands_for), new)));
                batch.refusals.extend(refused);
            }
        }
        batch.refusals.sort_by_key(|problem| problem.row);
    }

    /// Why a row is refused, and whether something about it is not known.
    fn judge(&self, row: &Row) -> (Vec<RowProblem>, bool) {
        let (mut refused, mut unknown) = (Vec::new(), false);
        for (heading, address) in self.addresses(row) {
            let domain = domain_of(address);
            match self.known.get(domain) {
                Some(Answer::TakesMail) => {}
                Some(Answer::TakesNone) => {
                    let reason = Problem::NoMailDomain { domain: domain.to_owned() };
                    refused.push(RowProblem::new(row.number, heading, address, reason));
                }
                Some(Answer::Unknown) | None => unknown = true,
            }
        }
        (refused, unknown)
    }

    /// A refused row brings no options, and the next one with the same does.
    fn adopt(&mut self, row: &mut Row) {
        if self.orphans.is_empty() {
            return;
        }
        for (field, value) in &row.values {
            let one;
            let chosen: &[OptionId] = match value {
                Value::Int(n) => {
                    one = [OptionId::new(*n)];
                    &one
                }
                Value::Set(set) => set,
                _ => continue,
            };
            for option in chosen {
                if let Some(new) = self.orphans.remove(&(*field, *option)) {
                    row.more.get_or_insert_default().options.push(new);
                }
            }
        }
    }

    /// The addresses of a row, with the headings of their columns.
    fn addresses<'s>(&'s self, row: &'s Row) -> impl Iterator<Item = (&'s str, &'s str)> {
        row.values.iter().filter_map(|(id, value)| {
            let (_, heading) = self.fields.iter().find(|(field, _)| field == id)?;
            match value {
                Value::Text(address) => Some((heading.as_str(), address.as_str())),
                _ => None,
            }
        })
    }

    async fn ask(&mut self, domains: HashSet<String>) {
        let Some(resolver) = &self.resolver else { return };
        let mut answers = stream::iter(domains)
            .map(|domain| async move {
                let answer = tokio::time::timeout(PATIENCE, takes_mail(resolver, &domain)).await.unwrap_or(Answer::Unknown);
                (domain, answer)
            })
            .buffer_unordered(AT_ONCE);
        while self.in_vain < IN_VAIN
            && let Some((domain, answer)) = answers.next().await
        {
            self.in_vain = if answer == Answer::Unknown { self.in_vain + 1 } else { 0 };
            self.known.insert(domain, answer);
        }
    }
}

fn resolver(dns: Dns) -> Result<TokioResolver, NetError> {
    let mut builder = match dns.0 {
        None => Resolver::builder_tokio()?,
        Some(server) => {
            let with_port = |mut connection: ConnectionConfig| {
                connection.port = server.port();
                connection
            };
            let connections = vec![with_port(ConnectionConfig::udp()), with_port(ConnectionConfig::tcp())];
            let server = NameServerConfig::new(server.ip(), true, connections);
            Resolver::builder_with_config(ResolverConfig::from_parts(None, Vec::new(), vec![server]), TokioRuntimeProvider::default())
        }
    };
    let options = builder.options_mut();
    // Each question is asked twice at most: the patience is for both.
    options.attempts = 1;
    options.timeout = PATIENCE / 2;
    // Over one connection, should it come to that.
    options.max_active_requests = 2 * AT_ONCE;
    // What this machine calls its neighbours is nothing that the DNS says.
    options.use_hosts_file = ResolveHosts::Never;
    builder.build()
}

/// Mail servers, or else an address: that of the domain itself counts as one (RFC 5321, 5.1).
async fn takes_mail(resolver: &TokioResolver, domain: &str) -> Answer {
    // With the dot at the end nothing is put behind it.
    let name = format!("{domain}.");
    match resolver.lookup(name.as_str(), RecordType::MX).await {
        Ok(found) if has(&found, RecordType::MX) => return if is_null(&found) { Answer::TakesNone } else { Answer::TakesMail },
        Ok(_) => {}
        Err(error) if error.is_nx_domain() => return Answer::TakesNone,
        Err(error) if is_no(&error) => {}
        Err(_) => return Answer::Unknown,
    }
    let mut answer = Answer::TakesNone;
    for kind in [RecordType::A, RecordType::AAAA] {
        match resolver.lookup(name.as_str(), kind).await {
            Ok(found) if has(&found, kind) => return Answer::TakesMail,
            Err(error) if is_no(&error) => {}
            Ok(_) | Err(_) => answer = Answer::Unknown,
        }
    }
    answer
}

fn has(found: &Lookup, kind: RecordType) -> bool {
    found.answers().iter().any(|record| record.record_type() == kind)
}

/// Nothing but a mail server without a name: the domain takes no mail (RFC 7505).
fn is_null(found: &Lookup) -> bool {
    let mut servers = found.answers().iter().filter_map(|record| match &record.data {
        RData::MX(mx) => Some(mx.exchange.is_root()),
        _ => None,
    });
    servers.next() == Some(true) && servers.next().is_none()
}

/// Whether an error is an answer: that there is no such thing. Who only sends us on to somebody else has not said that.
fn is_no(error: &NetError) -> bool {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(NoRecords { response_code, soa, ns, .. })) => match *response_code {
            ResponseCode::NXDomain => true,
            ResponseCode::NoError => ns.is_none() || soa.is_some(),
            _ => false,
        },
        _ => false,
    }
}

fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain)
}
