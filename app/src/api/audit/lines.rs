//! Entries as the page shows them.

use std::collections::HashSet;

use domain::audit::{Area, AuditQuery, Deed, Entry, Line, ObjectKind, hex, lines, object_name, who_code};
use domain::history::Actor;
use domain::id::{FieldId, ImportId, PoolId, ProfileId};
use domain::lang::{Lang, fill};
use domain::time::{rfc3339, show_seconds};
use store::Store;

use super::{AuditAsked, AuditChange, AuditLine, AuditList};
use crate::context::Viewer;
use crate::error::AppError;
use crate::pages::profiles::place::pairs_of;
use crate::routes;
use crate::text::audit as t;

/// Lines on a page.
const LINES: u32 = 50;

pub(super) async fn page(store: &Store, viewer: &Viewer, address: &str) -> Result<AuditList, AppError> {
    let (client, lang) = (viewer.client, viewer.lang);
    let query = AuditQuery::from_pairs(pairs_of(address.trim_start_matches('?')).into_iter());
    let page = store.audit_page(client, &query, &viewer.zone, LINES).await?;
    let links = store.audit_links(client, &page.entries).await?;
    let mut people: Vec<(String, String)> = [Actor::System, Actor::CommandLine, Actor::Nobody]
        .map(|actor| (who_code(actor.kind(), None), actor_name(actor.kind(), "", lang)))
        .into();
    let known = store.audit_people(client).await?;
    people.extend(known.into_iter().map(|(actor, name)| (who_code(actor.kind(), actor.id()), actor_name(actor.kind(), &name, lang))));
    let shown = Shown { query: &query, viewer, links };
    let lines: Vec<AuditLine> = page.entries.iter().map(|entry| shown.line(entry)).collect();
    // Somebody who has left since is not among the members any more.
    let asked_who = query.who.map(|actor| who_code(actor.kind(), actor.id())).unwrap_or_default();
    if !asked_who.is_empty() && people.iter().all(|(code, _)| *code != asked_who) {
        let name = lines.first().map_or_else(|| asked_who.clone(), |line| line.who.clone());
        people.push((asked_who.clone(), name));
    }
    let at = |before: Option<i64>| href(&AuditQuery { before, ..query.clone() });
    Ok(AuditList {
        asked: shown.asked(asked_who, page.entries.first()),
        deeds: Area::ALL.iter().map(|area| (area.label().get(lang).to_owned(), deeds(*area, lang))).collect(),
        people,
        older: page.entries.last().filter(|_| page.more).map(|last| at(Some(last.n))),
        newest: query.before.map(|_| at(None)),
        query: AuditQuery { before: None, ..query.clone() }.to_query(),
        lines,
    })
}

fn deeds(area: Area, lang: Lang) -> Vec<(String, String)> {
    let within = Deed::ALL.iter().filter(|deed| deed.area() == area);
    within.map(|deed| (deed.code().to_owned(), deed.label().get(lang).to_owned())).collect()
}

fn href(query: &AuditQuery) -> String {
    let parts = query.to_query();
    if parts.is_empty() { routes::AUDIT.to_owned() } else { format!("{}?{parts}", routes::AUDIT) }
}

/// Who did something: a name, or what stands for one.
fn actor_name(kind: &str, name: &str, lang: Lang) -> String {
    let known = match kind {
        "api" => Some(t::BY_TOKEN),
        "import" => Some(t::BY_IMPORT),
        "command_line" => Some(t::COMMAND_LINE),
        "nobody" => Some(t::NOBODY),
        "system" => Some(t::SYSTEM),
        _ => None,
    };
    known.map_or_else(|| name.to_owned(), |text| fill(text.get(lang), &[("name", name)]))
}

struct Shown<'a> {
    query: &'a AuditQuery,
    viewer: &'a Viewer,
    /// The entries whose object can be opened.
    links: HashSet<i64>,
}

impl Shown<'_> {
    fn asked(&self, who: String, first: Option<&Entry>) -> AuditAsked {
        let AuditQuery { q, deed, object, from, to, .. } = self.query;
        // Every entry of the list is about this object, or about something in it.
        let named = |(kind, id): (ObjectKind, i64)| {
            let is_it = first.filter(|entry| entry.object.kind == kind.code() && entry.object.id == Some(id));
            is_it.map_or_else(|| format!("{} {id}", kind.label().get(self.viewer.lang)), |entry| object_name(entry, self.viewer.lang))
        };
        AuditAsked {
            q: q.clone(),
            deed: deed.map(|deed| deed.code().to_owned()).unwrap_or_default(),
            who,
            object: object.map(|(kind, id)| who_code(kind.code(), Some(id))).unwrap_or_default(),
            object_name: object.map(named).unwrap_or_default(),
            from: AuditQuery::shown_day(*from),
            to: AuditQuery::shown_day(*to),
        }
    }

    fn line(&self, entry: &Entry) -> AuditLine {
        let lang = self.viewer.lang;
        let deed = Deed::from_code(&entry.deed);
        let kind = ObjectKind::from_code(&entry.object.kind);
        let who = Actor::from_parts(&entry.actor.kind, entry.actor.id);
        let object = kind.zip(entry.object.id);
        let alone = AuditQuery { before: None, ..AuditQuery::default() };
        AuditLine {
            n: entry.n,
            at: rfc3339(entry.at, &self.viewer.zone).unwrap_or_default(),
            time: show_seconds(entry.at, lang, &self.viewer.zone),
            deed: entry.deed_label(lang).to_owned(),
            icon: deed.map_or("info", |deed| deed.area().icon()).to_owned(),
            who: actor_name(&entry.actor.kind, &entry.actor.name, lang),
            who_href: (self.query.who != Some(who)).then(|| href(&AuditQuery { who: Some(who), ..alone.clone() })),
            kind: kind.map_or(entry.object.kind.clone(), |kind| kind.label().get(lang).to_owned()),
            object: object_name(entry, lang),
            href: self.links.contains(&entry.n).then(|| opens(entry)).flatten(),
            object_href: object.filter(|_| self.query.object != object).map(|_| href(&AuditQuery { object, ..alone.clone() })),
            address: entry.address.clone().unwrap_or_default(),
            session: entry.session.clone().unwrap_or_default(),
            changes: lines(entry, lang).into_iter().map(|Line { label, before, after }| AuditChange { label, before, after }).collect(),
            hash: hex(&entry.hash),
        }
    }
}

/// Where the object of an entry stands.
fn opens(entry: &Entry) -> Option<String> {
    let (pool, id) = (PoolId::new(entry.pool?), entry.object.id?);
    match ObjectKind::from_code(&entry.object.kind)? {
        ObjectKind::Pool => Some(routes::pool(pool)),
        ObjectKind::Field => Some(routes::configured_field(pool, FieldId::new(id))),
        ObjectKind::Profile => Some(routes::profile(pool, ProfileId::new(id))),
        ObjectKind::Import => Some(routes::one_import(pool, ImportId::new(id))),
        _ => None,
    }
}
