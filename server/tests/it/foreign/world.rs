//! A client with something of everything, whose every text bears a word of its own.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::{
    id::{ClientId, PoolId},
    lang::Lang,
    layout::{Column, ListLayout},
    role::ReadyRole,
    text::{Email, Name},
    time::Millis,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use store::{
    accounts::NewUser,
    sessions::NewSession,
    testing::{NOW, TestDatabase},
    tokens::NewToken,
};

use crate::{http::Call, support::TestApp};

/// What can be in a pool of one's own; the fields of the system are there anyway.
const KINDS: [(&str, &str); 15] = [
    ("single_line", r#""§wert""#),
    ("multi_line", r#""§wert\nund mehr""#),
    ("selection", r#""§rot""#),
    ("multi_selection", r#"["§rot", "§blau"]"#),
    ("salutation", r#""ms""#),
    ("country", r#""AT""#),
    ("state", r#""DE-HH""#),
    ("mobile_prefix", r#""+49151""#),
    ("date", r#""1990-12-31""#),
    ("date_time", r#""2026-01-02T03:04:05Z""#),
    ("email", r#""jemand@§.example""#),
    ("boolean", "true"),
    ("integer", "4711"),
    ("postcode", r#""1010""#),
    ("ip_address", r#""192.0.2.7""#),
];

/// What stands behind the word in the texts of a client.
pub(super) const BEHIND: [&str; 28] = [
    "zuordnung",
    "spalte",
    "wert",
    "rot",
    "blau",
    "grau",
    "alt",
    "pool",
    "papierkorb",
    "kategorie",
    "altekategorie",
    "hilfe",
    "name",
    "vorneweg",
    "geloescht",
    "stadt",
    "datei",
    "importiert",
    "abgelehnt",
    "keineadresse",
    "rolle",
    "mitglied",
    "gesperrt",
    "schluessel",
    "mandant",
    "chefin",
    "programm",
    "browser",
];

/// A client, its administrator's ways in, and the ids of what it has, by kind.
pub(super) struct World {
    pub(super) client: ClientId,
    pub(super) word: &'static str,
    pub(super) token: String,
    pub(super) cookie: String,
    ids: BTreeMap<&'static str, Vec<String>>,
}

impl World {
    /// The ids of a kind: the first one of something that is there, further ones of something deleted, done, or called by name.
    pub(super) fn ids(&self, kind: &str) -> &[String] {
        self.ids.get(kind).unwrap_or_else(|| panic!("nothing of the kind {kind} was made"))
    }

    /// All of them, of all kinds.
    pub(super) fn all(&self) -> Vec<&str> {
        self.ids.values().flatten().map(String::as_str).collect()
    }

    /// Founds the client and fills it. `more` profiles go ahead of those that are named, so that the same number means another
    /// profile, or none, in the next client.
    pub(super) async fn found(app: &TestApp, word: &'static str, more: usize) -> Self {
        let (client, token, cookie, session) = administrator(&app.database, word).await;
        let mut world = Self { client, word, token, cookie, ids: BTreeMap::new() };
        world.keep("client", [client.to_string()]);
        world.keep("session", [session]);
        world.keep("word", [word.to_owned()]);
        world.fill_pool(app, more).await;
        world.import(app);
        world.fill_team(app).await;
        world.rest(app);
        world
    }

    fn keep(&mut self, kind: &'static str, ids: impl IntoIterator<Item = String>) {
        self.ids.entry(kind).or_default().extend(ids);
    }

    fn named(&self, text: &str) -> String {
        text.replace('§', self.word)
    }

    pub(super) fn rest_call(&self, app: &TestApp, method: &'static str, path: &str) -> Call {
        app.call(method, &format!("/api/v1{path}")).bearer(&self.token)
    }

    #[track_caller]
    fn done(&self, app: &TestApp, method: &'static str, path: &str, body: &str) -> Value {
        let body: Value = serde_json::from_str(&self.named(body)).unwrap();
        let answer = self.rest_call(app, method, &self.named(path)).json(&body).send();
        assert!(answer.status < 300, "{method} {path} {body}: {} {}", answer.status, answer.text());
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }

    #[track_caller]
    fn posted(&self, app: &TestApp, path: &str, form: &str) {
        let call = app.call("POST", path).cookie(&self.cookie).header("sec-fetch-site", "same-origin");
        let answer = call.header("content-type", "application/x-www-form-urlencoded").body(self.named(form)).send();
        assert!(answer.status < 300, "{path} {form}: {} {}", answer.status, answer.text());
    }

    /// Waits until no job of the client is open.
    pub(super) fn rest(&self, app: &TestApp) {
        let until = Instant::now() + Duration::from_secs(120);
        loop {
            let jobs = self.rest_call(app, "GET", "/jobs").send().expect(200).json();
            if jobs["items"].as_array().unwrap().iter().all(|job| job["finished_at"].is_i64()) {
                return;
            }
            assert!(Instant::now() < until, "a job does not end: {jobs}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    async fn fill_pool(&mut self, app: &TestApp, more: usize) {
        let id = |value: &Value| value["id"].as_i64().unwrap().to_string();
        let pool = id(&self.done(app, "POST", "/pools", r#"{"name": "§pool"}"#));
        let gone = id(&self.done(app, "POST", "/pools", r#"{"name": "§papierkorb"}"#));
        self.done(app, "DELETE", &format!("/pools/{gone}"), "{}");
        let at = |rest: &str| format!("/pools/{pool}{rest}");
        let category = self.done(app, "POST", &at("/categories"), r#"{"name": "§kategorie"}"#);
        let without = self.done(app, "POST", &at("/categories"), r#"{"name": "§altekategorie"}"#);
        let (category, without) = (id(&category), id(&without));
        let removed = self.done(app, "DELETE", &at(&format!("/categories/{without}")), "{}");

        let mut values = serde_json::Map::new();
        let mut fields = BTreeMap::new();
        for (kind, value) in KINDS {
            let options = if kind.contains("selection") { r#", "options": ["§rot", "§blau", "§grau", "§alt"]"# } else { "" };
            let body = format!(r#"{{"label": "§{kind}", "kind": "{kind}", "category": {category}, "help": "§hilfe"{options}}}"#);
            let made = self.done(app, "POST", &at("/fields"), &body);
            values.insert(made["key"].as_str().unwrap().to_owned(), serde_json::from_str(&self.named(value)).unwrap());
            fields.insert(kind, made);
        }
        let deleted = self.done(app, "POST", &at("/fields"), r#"{"label": "§altesfeld", "kind": "single_line"}"#);
        let change = self.done(app, "DELETE", &at(&format!("/fields/{}", deleted["id"])), "{}");
        let (field, several) = (&fields["selection"], &fields["multi_selection"]);
        let option = |nth: usize| field["option_ids"][nth].to_string();
        self.done(app, "DELETE", &at(&format!("/fields/{}/options/{}", field["id"], option(3))), "{}");

        values.insert("NAME".to_owned(), json!(self.named("§name")));
        values.insert("EMAIL".to_owned(), json!(self.named("erste@§.example")));
        for _ in 0..more {
            self.done(app, "POST", &at("/profiles"), r#"{"fields": {"NAME": "§vorneweg"}}"#);
        }
        let body = json!({"fields": values}).to_string();
        let profile = id(&self.done(app, "POST", &at("/profiles"), &body));
        let binned = id(&self.done(app, "POST", &at("/profiles"), r#"{"fields": {"NAME": "§geloescht"}}"#));
        let delete = self.done(app, "POST", &at("/profiles/delete"), &format!(r#"{{"ids": [{binned}]}}"#));
        let edit = format!(r#"{{"ids": [{profile}], "field": "CITY", "value": "§stadt"}}"#);
        let edit = self.done(app, "POST", &at("/profiles/edit"), &edit);
        let line = &fields["single_line"];
        let converted = self.done(app, "POST", &at(&format!("/fields/{}/conversions", line["id"])), r#"{"kind": "multi_line"}"#);
        self.rest(app);

        let export = self.done(app, "POST", &at("/exports"), r#"{"q": "§name", "format": "json"}"#);
        let backups = ["§sicherung", "§zweite"].map(|name| self.done(app, "POST", &at("/backups"), &format!(r#"{{"name": "{name}"}}"#)));
        self.rest(app);

        let compared = self.done(app, "POST", &at(&format!("/backups/{}/restores", backups[0]["id"])), "{}");
        self.rest(app);

        let key = |field: &Value| field["key"].as_str().unwrap().to_owned();
        self.keep("pool", [pool.clone(), gone.clone()]);
        self.keep("called", [pool.clone(), self.named("§pool"), gone, self.named("§papierkorb")]);
        self.keep("category", [category, without]);
        self.keep("field", [field["id"].to_string(), line["id"].to_string(), deleted["id"].to_string()]);
        self.keep("several", [several["id"].to_string()]);
        self.keep("line", [line["id"].to_string()]);
        self.keep("key", [key(field), key(several), key(&deleted)]);
        self.keep("option", [option(0), option(1), option(3)]);
        self.keep("other", [option(2)]);
        self.keep("label", [self.named("§rot"), self.named("§alt")]);
        self.keep("profile", [profile, binned]);
        self.keep("batch", [delete["batch"].to_string(), edit["batch"].to_string()]);
        self.keep("change", [change["change"].to_string(), removed["change"].to_string()]);
        self.keep("conversion", [converted["conversion"].to_string()]);
        self.keep("job", [converted["job"].to_string()]);
        self.keep("backup", backups.map(|backup| backup["id"].to_string()));
        self.keep("restore", [compared["restore"].to_string()]);
        self.keep("export", [export["job"]["id"].to_string()]);
        let layout = ListLayout { columns: vec![Column::new(key(field))], page_size: 20, dense: true };
        let layout = postcard::to_allocvec(&(pool.parse::<i64>().unwrap(), layout)).unwrap();
        let call = app.call("POST", "/api/layouts/save").cookie(&self.cookie).header("sec-fetch-site", "same-origin");
        call.header("content-type", "application/octet-stream").body(layout).send().expect(200);
    }

    fn import(&mut self, app: &TestApp) {
        let pool = self.ids("pool")[0].clone();
        let file = self.named("Name;E-Mail\n§importiert;zweite@§.example\n§abgelehnt;§keineadresse\n");
        let call = self.rest_call(app, "POST", &format!("/pools/{pool}/imports?file_name={}datei.csv", self.word));
        let begun = call.header("content-type", "text/csv").body(file.clone()).send().expect(202).json();
        let upload = app.call("POST", &format!("/pools/{pool}/imports/upload")).cookie(&self.cookie);
        let waiting =
            upload.header("sec-fetch-site", "same-origin").header("content-type", "text/csv").body(file).send().expect(201).json();
        self.keep("import", [begun["import"].to_string(), waiting["import"].to_string()]);
        self.keep("waiting", [waiting["import"].to_string()]);
        self.keep("job", [begun["job"].to_string()]);
        let metadata = BASE64_STANDARD.encode(self.named("§datei.csv"));
        let parts = app.call("POST", &format!("/api/v1/pools/{pool}/uploads?review=true")).bearer(&self.token);
        let parts =
            parts.header("tus-resumable", "1.0.0").header("upload-length", "9").header("upload-metadata", format!("filename {metadata}"));
        let parts = parts.header("content-type", "application/offset+octet-stream").body("abc").send().expect(201);
        self.keep("upload", [parts.header("location").rsplit('/').next().unwrap().to_owned()]);
        let kept = r#"{"name": "§zuordnung", "columns": {"§spalte": "NAME", "E-Mail": "EMAIL"}, "key": "EMAIL"}"#;
        let kept = self.done(app, "POST", &format!("/pools/{pool}/mappings"), kept);
        self.keep("mapping", [kept["id"].to_string()]);
        self.keep("kept", [self.named("§zuordnung")]);
        let regular = r#"{"name": "§regelmaessig", "source": "§ordner", "timing": "daily 03:00"}"#;
        let regular = self.done(app, "POST", &format!("/pools/{pool}/schedules"), regular);
        self.keep("schedule", [regular["id"].to_string()]);
        let layout = self.done(app, "POST", &format!("/pools/{pool}/export-layouts"), r#"{"name": "§exportlayout", "columns": ["NAME"]}"#);
        self.keep("layout", [layout["id"].to_string()]);
        self.rest(app);
        let refused = self.rest_call(app, "GET", &format!("/imports/{}/refusals.csv", begun["import"])).send().expect(200);
        assert!(refused.text().contains(&self.named("§keineadresse")), "the import has a refusal: {}", refused.text());
    }

    async fn fill_team(&mut self, app: &TestApp) {
        self.posted(app, "/api/roles/save", "name=§rolle&rights[]=profiles.see&rule=CITY%20%3D%20%22§stadt%22");
        self.posted(app, "/api/team/invite", "email=mitglied@§.example&name=§mitglied&role=§rolle");
        self.posted(app, "/api/team/invite", "email=gesperrt@§.example&name=§gesperrt&role=viewer");
        self.posted(app, "/api/tokens/create", "name=§schluessel&days=9&rights[]=pools.see&rights[]=api");
        let store = app.database.open().await;
        let members = store.members(self.client).await.unwrap();
        let user = |start: &str| members.iter().find(|one| one.email.starts_with(start)).unwrap().user.to_string();
        let (member, boss, off) = (user("mitglied"), user("chefin"), user("gesperrt"));
        self.posted(app, "/api/team/disable", &format!("user={off}&off=true"));
        let tokens = store.tokens(self.client).await.unwrap();
        self.keep("token", tokens.iter().filter(|token| token.name.ends_with("schluessel")).map(|token| token.id.to_string()));
        let mails = store.mails(self.client, 9).await.unwrap();
        assert!(!mails.is_empty(), "an invitation is a mail, whether it is sent or not");
        self.keep("mail", mails.iter().map(|mail| mail.id.to_string()));
        let reach = store::Reach::whole(self.client);
        let pool = store.pool(self.client, pool_of(self)).await.unwrap();
        let profile = self.ids("profile")[0].parse().unwrap();
        let lines = store.history(&reach, &pool, profile, 9, None).await.unwrap();
        self.keep("event", lines.iter().filter_map(|line| line.id).map(|id| id.to_string()));
        self.keep("user", [member, boss, off]);
        self.keep("role", [self.named("§rolle")]);
        store.close().await;
    }
}

/// Founds a client behind the program's back, with a token and a session of its administrator and the key of the latter.
async fn administrator(database: &TestDatabase, word: &'static str) -> (ClientId, String, String, String) {
    let store = database.open().await;
    let client = store.create_client(&Name::parse(&format!("{word}mandant")).unwrap(), NOW).await.unwrap();
    let email = Email::parse(&format!("chefin@{word}.example")).unwrap();
    let user = NewUser { email, name: format!("{word}chefin"), password_hash: None, lang: Lang::De };
    let user = store.create_user(user, NOW).await.unwrap();
    store.add_member(client, user, &ReadyRole::Administrator.into(), NOW).await.unwrap();
    let hash = |text: &str| -> [u8; 32] { Sha256::digest(text.as_bytes()).into() };
    let token = format!("lagune_{word}");
    let name = Name::parse(&format!("{word}programm")).unwrap();
    let new = NewToken { user, name, hash: hash(&token), rights: None, expires_at: None };
    store.create_token(client, &new, NOW).await.unwrap();
    // The clock of the server is another one: the session must be young there.
    let now = Millis::new(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap());
    let (far, hash) = (Millis::new(i64::MAX / 4), hash(&format!("session-{word}")));
    let new = NewSession { token_hash: hash, user, client, expires_at: far, address: "192.0.2.1".into(), agent: format!("{word}browser") };
    store.create_session(&new, now).await.unwrap();
    let key = store.sessions_of(user, &hash, now).await.unwrap().remove(0).key;
    assert_eq!(store.pools(&store::Reach::whole(client)).await.unwrap().len(), 0);
    store.close().await;
    (client, token, format!("lagune=session-{word}"), key)
}

/// A pool's id as a number.
pub(super) fn pool_of(world: &World) -> PoolId {
    world.ids("pool")[0].parse().unwrap()
}
