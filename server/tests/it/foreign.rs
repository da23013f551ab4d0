//! Ids of another client in every position of every call: nothing is told, nothing is changed, and nobody can even find out
//! that something with that id exists.

mod calls;
mod world;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead as _, BufReader},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::Value;

use self::{
    calls::{ADDRESSES, FUNCTIONS, NO_IDS, Own, PACKED, REST, mark_of},
    world::{World, pool_of},
};
use crate::{
    http::{Answer, Call},
    support::{TestApp, on_each_server},
};

/// An id that nothing has.
const NOWHERE: &str = "987654321";

/// So many ways to put mine and theirs into the positions of one call are tried, and so many with anything anywhere.
const WAYS: usize = 12;
const WILD: usize = 4;

/// So often is asked again what is busy, and what was answered differently: a job that ends between two calls changes a page
/// once, what tells of another client does it each time.
const BUSY: usize = 50;
const AGAIN: usize = 3;

/// A call with marks.
struct Asked {
    name: String,
    method: &'static str,
    address: String,
    body: Body,
    marks: Vec<String>,
    own: Option<Own>,
}

enum Body {
    Nothing,
    Form(String),
    Json(String),
    Bare(String),
    /// Of a file: a byte at its end.
    Part,
    Packed(calls::Pack),
}

impl Asked {
    fn new(name: &str, method: &'static str, address: String, body: Body, own: Option<Own>) -> Self {
        let mut marks = marks_in(&address);
        match &body {
            Body::Form(text) | Body::Json(text) | Body::Bare(text) => marks.extend(marks_in(text)),
            Body::Nothing | Body::Part | Body::Packed(_) => {}
        }
        Self { name: name.to_owned(), method, address, body, marks, own }
    }

    /// The call with these values at its marks; `n` makes what it names new.
    fn call(&self, app: &TestApp, values: &[String], n: usize) -> Call {
        let mut left = values.iter();
        let address = filled(&self.address, &mut left, n);
        let call = app.call(self.method, &address);
        let call = if self.name.ends_with("_upload") { call.header("tus-resumable", "1.0.0").header("upload-length", "9") } else { call };
        match &self.body {
            Body::Nothing => call,
            Body::Part => call.header("content-type", "application/offset+octet-stream").header("upload-offset", "3").body("x"),
            Body::Form(text) => call.header("content-type", "application/x-www-form-urlencoded").body(filled(text, &mut left, n)),
            Body::Json(text) => call.header("content-type", "application/json").body(filled(text, &mut left, n)),
            Body::Bare(text) => call.header("content-type", "text/csv").body(filled(text, &mut left, n)),
            Body::Packed(pack) => {
                let ids: Vec<i64> = values.iter().map(|value| value.parse().unwrap_or(-1)).collect();
                call.header("content-type", "application/octet-stream").body(pack(&ids, &format!("neu{n}")))
            }
        }
    }
}

/// The names between `<` and `>`; `<n>` counts the calls.
fn marks_in(text: &str) -> Vec<String> {
    let ends = text.split('<').skip(1).filter_map(|rest| rest.split_once('>'));
    ends.map(|(mark, _)| mark.to_owned()).filter(|mark| mark != "n").collect()
}

fn filled<'a>(text: &str, values: &mut impl Iterator<Item = &'a String>, n: usize) -> String {
    let mut parts = text.split('<');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (mark, rest) = part.split_once('>').expect("a mark has an end");
        if mark == "n" {
            out += &n.to_string();
        } else {
            out += values.next().expect("a value for each mark");
        }
        out += rest;
    }
    out
}

/// Every call there is; one that stands in no table fails.
fn all_calls(app: &TestApp) -> Vec<Asked> {
    let mut all = Vec::new();
    let description = app.get("/api/v1/openapi.json").send().json();
    let mut seen = BTreeSet::new();
    let mut described = BTreeMap::new();
    for (path, calls) in description["paths"].as_object().unwrap() {
        for method in ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] {
            if let Some(call) = calls.get(method.to_lowercase()) {
                described.insert(call["operationId"].as_str().unwrap().to_owned(), (method, path.clone()));
            }
        }
    }
    for (operation, query, body, own) in REST {
        let (method, path) = described.get(*operation).unwrap_or_else(|| panic!("there is no {operation}"));
        let marked = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(parameter) => format!("<{}>", mark_of(operation, parameter)),
            None => part.to_owned(),
        };
        let address = path.split('/').map(marked).collect::<Vec<_>>().join("/") + query;
        let body = match *body {
            "" if *operation == "create_import" => Body::Bare("Name\nn<n>\n".to_owned()),
            "part" => Body::Part,
            "" => Body::Nothing,
            layout if layout.starts_with("format") => Body::Bare(layout.to_owned()),
            json => Body::Json(json.to_owned()),
        };
        all.push(Asked::new(operation, method, address, body, Some(*own)));
        seen.insert((*operation).to_owned());
    }
    let missing: Vec<_> = described.keys().filter(|operation| !seen.contains(*operation)).collect();
    assert!(missing.is_empty(), "{missing:?} stand in no table: which ids do they take? Please say so in foreign/calls.rs.");

    // Naming the root links the functions in.
    let _ = app::App;
    let registered: BTreeMap<&str, String> = leptos::server_fn::axum::server_fn_paths()
        .filter_map(|(path, method)| Some((path.strip_prefix("/api/")?, method.to_string())))
        .collect();
    let known: BTreeSet<&str> =
        FUNCTIONS.iter().map(|(path, ..)| *path).chain(PACKED.iter().map(|(path, ..)| *path)).chain(NO_IDS.iter().copied()).collect();
    let missing: Vec<_> = registered.keys().filter(|path| !known.contains(*path)).collect();
    assert!(missing.is_empty(), "{missing:?} stand in no table: which ids do they take? Please say so in foreign/calls.rs.");
    assert!(known.iter().all(|path| registered.contains_key(path)), "a function of the table is gone");
    for (path, arguments, own) in FUNCTIONS {
        all.push(match registered[path].as_str() {
            "GET" => Asked::new(path, "GET", format!("/api/{path}?{arguments}"), Body::Nothing, Some(*own)),
            _ => Asked::new(path, "POST", format!("/api/{path}"), Body::Form((*arguments).to_owned()), Some(*own)),
        });
    }
    for (path, marks, pack) in PACKED {
        let marks = marks.iter().map(|mark| (*mark).to_owned()).collect();
        let (name, address) = ((*path).to_owned(), format!("/api/{path}"));
        all.push(Asked { name, method: "POST", address, body: Body::Packed(*pack), marks, own: None });
    }
    for (method, address, form) in ADDRESSES {
        let body = if form.is_empty() { Body::Nothing } else { Body::Form((*form).to_owned()) };
        all.push(Asked::new(address, method, (*address).to_owned(), body, Some(Own::Served)));
    }
    all
}

/// Numbers that look like chance and are the same again for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The seed of this run: another one each time, or that of `FOREIGN_SEED`.
fn seed() -> u64 {
    let given = std::env::var("FOREIGN_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(|| u64::from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos()));
    eprintln!("FOREIGN_SEED={seed}");
    seed
}

/// A value of the same form that names nothing.
fn nowhere(value: &str) -> String {
    match value {
        _ if value.bytes().all(|b| b.is_ascii_digit()) => NOWHERE.to_owned(),
        _ if value.len() >= 16 && value.bytes().all(|b| b.is_ascii_hexdigit()) => "0".repeat(value.len()),
        // As long as the other: lengths are told in answers.
        _ if value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) => {
            "QZNIRGENDS".chars().cycle().take(value.len()).collect()
        }
        _ => "qznirgends".chars().cycle().take(value.len()).collect(),
    }
}

/// Fillings in which at least one value is theirs: all, or so many by chance.
fn ways(asked: &Asked, mine: &World, theirs: &World, chance: &mut Chance) -> Vec<Vec<(String, bool)>> {
    let choices: Vec<Vec<(String, bool)>> = asked
        .marks
        .iter()
        .map(|mark| {
            let own = (mine.ids(mark)[0].clone(), false);
            std::iter::once(own).chain(theirs.ids(mark).iter().map(|id| (id.clone(), true))).collect()
        })
        .collect();
    let n: usize = choices.iter().map(Vec::len).product();
    let nth = |mut nth: usize| -> Vec<(String, bool)> {
        choices
            .iter()
            .map(|some| {
                let one = some[nth % some.len()].clone();
                nth /= some.len();
                one
            })
            .collect()
    };
    if n <= WAYS + 1 {
        return (1..n).map(nth).collect();
    }
    (0..WAYS).map(|_| nth(1 + chance.below(n - 1))).collect()
}

/// What an answer says apart from what the caller sent, numbers, and what differs with each request.
fn shape(answer: &Answer, sent: &[String]) -> String {
    // A call of the browser's module is refused in postcard, whose texts begin with their lengths.
    let refused = (answer.status >= 400).then(|| postcard::from_bytes::<app::error::AppError>(&answer.body).ok()).flatten();
    let said = refused.map_or_else(|| answer.text(), |error| format!("{error:?}"));
    let mut text = without_scripts(&said).to_lowercase();
    let nonce = answer.header("content-security-policy").split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next());
    for one in [Some(answer.header("x-request-id")), nonce].into_iter().flatten().filter(|one| !one.is_empty()) {
        text = text.replace(&one.to_lowercase(), "#");
    }
    // Longer ones first: one may begin another.
    let mut words: Vec<_> = sent.iter().filter(|one| one.bytes().any(|b| b.is_ascii_alphabetic())).map(|one| one.to_lowercase()).collect();
    words.sort_by_key(|one| std::cmp::Reverse(one.len()));
    for one in words {
        text = text.replace(&one, "#");
    }
    let mut out = String::new();
    // Points and commas too: how long something took is shown.
    for c in text.chars().filter(|c| !['.', ','].contains(c)) {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if c != '#' || !out.ends_with('#') {
            out.push(c);
        }
    }
    out
}

/// A page without what it is woken with, which holds lengths and times.
fn without_scripts(page: &str) -> String {
    let mut parts = page.split("<script");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once("</script>").map_or("", |(_, rest)| rest))
}

/// How somebody calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Cookie,
    Token,
}

fn send(app: &TestApp, by: By, world: &World, asked: &Asked, values: &[String], n: usize) -> Answer {
    let once = || {
        let call = asked.call(app, values, n);
        let call = if asked.address.starts_with("/api/") { call } else { call.header("accept", "text/html") };
        match by {
            By::Cookie => call.cookie(&world.cookie).header("sec-fetch-site", "same-origin").send(),
            By::Token => call.bearer(&world.token).send(),
        }
    };
    // A conversion holds the table for a moment: whoever is told that it is busy asks again.
    let mut answer = once();
    for _ in 0..BUSY {
        if answer.status != 503 {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
        answer = once();
    }
    answer
}

#[tokio::test]
async fn ids_of_another_client_tell_and_change_nothing_wherever_they_stand() {
    let seed = seed();
    on_each_server(async |app| {
        let mut chance = Chance(seed);
        let calls = all_calls(app);
        everything_serves_its_owner(app, &calls).await;

        let mine = World::found(app, "qxeigen", 0).await;
        let theirs = World::found(app, "qxfremd", 150).await;
        let before = app.database.dump(theirs.client).await.unwrap();
        assert!(before.values().map(Vec::len).sum::<usize>() > 150, "there is something to be looked for");
        let mut n = 0;
        for asked in &calls {
            let by: &[By] = if asked.address.starts_with("/api/v1/") { &[By::Token, By::Cookie] } else { &[By::Cookie] };
            for (nth, way) in ways(asked, &mine, &theirs, &mut chance).into_iter().enumerate() {
                // Half by token, half by cookie, where both are possible.
                let by = by[nth % by.len()];
                let values: Vec<String> = way.iter().map(|(value, _)| value.clone()).collect();
                let strange: Vec<String> =
                    way.iter().map(|(value, foreign)| if *foreign { nowhere(value) } else { value.clone() }).collect();
                let mut told = Ok(());
                for _ in 0..AGAIN {
                    n += 1;
                    let expected = send(app, by, &mine, asked, &strange, 2 * n);
                    let answer = send(app, by, &mine, asked, &values, 2 * n + 1);
                    tells_nothing(asked, &values, &answer, &theirs);
                    told = compare(&answer, &values, &expected, &strange);
                    if told.is_ok() {
                        break;
                    }
                    mine.rest(app);
                }
                if let Err(told) = told {
                    panic!("{} {} with {values:?}, but with {strange:?}: {told}", asked.name, asked.address);
                }
            }
        }
        let some: Vec<String> = mine_and_theirs(&mine, &theirs);
        for asked in calls.iter().filter(|asked| !asked.marks.is_empty()) {
            for _ in 0..WILD {
                n += 1;
                let values: Vec<String> = asked.marks.iter().map(|_| chance.one(&some).clone()).collect();
                let answer = send(app, By::Cookie, &mine, asked, &values, 2 * n);
                tells_nothing(asked, &values, &answer, &theirs);
            }
        }
        app.get("/settings").browser().cookie(&mine.cookie).send().expect(200);
        let after = app.database.dump(theirs.client).await.unwrap();
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        for (table, rows) in &before {
            assert!(rows == &after[table], "{table} changed:\n{:#?}\n{:#?}", rows, after[table]);
        }
    })
    .await;
}

/// Otherwise nothing but mistakes of this table would be compared.
async fn everything_serves_its_owner(app: &TestApp, calls: &[Asked]) {
    let mut packed = 0;
    let mut refused = Vec::new();
    // Calls of one sort take away what those of another one need.
    type Sort = (&'static str, fn(&Asked) -> bool);
    let sorts: [Sort; 4] = [
        ("qxprobe", |asked| asked.address.starts_with("/api/v1/")),
        ("qxzweit", |asked| asked.own.is_some() && asked.address.starts_with("/api/") && !asked.address.starts_with("/api/v1/")),
        ("qxdritt", |asked| asked.own.is_none()),
        ("qxviert", |asked| asked.method == "GET" && !asked.address.starts_with("/api/")),
    ];
    for (word, is_of) in sorts {
        let probe = World::found(app, word, 0).await;
        for (n, asked) in calls.iter().enumerate().filter(|(_, asked)| is_of(asked)) {
            // What ends the session or takes the pool away would end the rehearsal.
            if ["delete_pool", "pools/delete", "settings/end_sessions", "end_session", "end_sessions"].contains(&asked.name.as_str()) {
                continue;
            }
            let own: Vec<String> = asked.marks.iter().map(|mark| probe.ids(mark)[0].clone()).collect();
            let answer = send(app, By::Cookie, &probe, asked, &own, 900_000 + n);
            let said = format!(
                "{} {} {own:?}: {} {}",
                asked.name,
                asked.address,
                answer.status,
                answer.text().chars().take(300).collect::<String>()
            );
            assert!(answer.status < 500, "{said}");
            let served = answer.status < 400;
            packed += usize::from(served && asked.own.is_none());
            if !served && asked.own == Some(Own::Served) {
                refused.push(said);
            }
        }
    }
    assert!(refused.is_empty(), "not served with own ids:\n{}", refused.join("\n"));
    assert!(packed > 8, "steps that can be taken: {packed}");
}

/// Whether both answers say the same; otherwise where they part.
fn compare(answer: &Answer, values: &[String], expected: &Answer, strange: &[String]) -> Result<(), String> {
    let differ = |what: &str| Err(format!("{what}: {} {}\nor {} {}", answer.status, answer.text(), expected.status, expected.text()));
    if answer.status == 401 || answer.status != expected.status {
        return differ("the status tells that it exists");
    }
    if answer.header("location").len().abs_diff(expected.header("location").len()) >= 40 {
        return differ("the way on tells that it exists");
    }
    let (one, other) = (shape(answer, values), shape(expected, strange));
    if answer.status < 400 {
        // What one has oneself grows meanwhile, also on the page that a form without the program is answered with.
        return match one.len().abs_diff(other.len()) <= 120 + other.len() / 50 {
            true => Ok(()),
            false => differ("the lengths tell that it exists"),
        };
    }
    match one.chars().zip(other.chars()).position(|(a, b)| a != b) {
        None if one.len() == other.len() => Ok(()),
        at => {
            let near = |text: &str| text.chars().skip(at.unwrap_or(0).saturating_sub(80)).take(300).collect::<String>();
            Err(format!("{}: … {}\nor {}: … {}", answer.status, near(&one), expected.status, near(&other)))
        }
    }
}

#[track_caller]
fn tells_nothing(asked: &Asked, values: &[String], answer: &Answer, theirs: &World) {
    assert!(answer.status < 500, "{} {values:?}: {}", asked.name, answer.text());
    let headers = answer.headers.iter().map(|(_, value)| value.to_lowercase()).collect::<String>();
    let mut said = answer.text().to_lowercase() + &headers;
    // The word by itself comes last: it begins the others.
    let mut sent: Vec<String> = values.iter().map(|value| value.to_lowercase()).collect();
    sent.sort_by_key(|value| std::cmp::Reverse(value.len()));
    for value in sent.iter().filter(|value| value.contains(theirs.word) && *value != theirs.word) {
        said = said.replace(value, "#");
    }
    // What was looked for is written back as it was; only with more behind it is it something of theirs.
    let asked_for = sent.iter().any(|value| value == theirs.word);
    let told = said.match_indices(theirs.word).find(|(at, word)| {
        let behind = &said[at + word.len()..];
        !asked_for || world::BEHIND.iter().any(|end| behind.starts_with(end))
    });
    if let Some((at, _)) = told {
        let near: String = said[at..].chars().take(200).collect();
        panic!("{} {} with {values:?} tells of another client: … {near}", asked.name, asked.address);
    }
}

/// Something of everything to be put anywhere, except a number that is also one's own user: disabled or without a password, one
/// would be signed out.
fn mine_and_theirs(mine: &World, theirs: &World) -> Vec<String> {
    let own = ["pool", "category", "field", "option", "profile", "import", "job", "batch", "restore", "change", "event", "key", "role"];
    let own = own.iter().map(|kind| mine.ids(kind)[0].clone());
    let strange = theirs.all().into_iter().filter(|one| *one != theirs.word).map(str::to_owned);
    let all = strange.chain(own).chain([NOWHERE, "0", "-1", "9223372036854775807"].map(str::to_owned));
    all.filter(|one| !mine.ids("user").contains(one)).collect()
}

#[tokio::test]
async fn an_open_page_hears_nothing_of_another_client() {
    on_each_server(async |app| {
        let mine = World::found(app, "qxeigen", 0).await;
        let theirs = World::found(app, "qxfremd", 2).await;
        let (here, there) = (pool_of(&mine), pool_of(&theirs));
        let refused = |pool: &str| app.get(&format!("/events?pool={pool}")).cookie(&mine.cookie).send();
        let (strange, none) = (refused(&there.to_string()), refused(NOWHERE));
        assert_eq!((strange.status, shape(&strange, &[])), (404, shape(&none, &[])));

        let listen = |path: &str| BufReader::new(app.get(path).cookie(&mine.cookie).open()).lines().map(Result::unwrap);
        let mut of_pool = listen(&format!("/events?pool={here}"));
        let mut of_jobs = listen("/events");
        for lines in [&mut of_pool as &mut dyn Iterator<Item = String>, &mut of_jobs] {
            heard(lines, |line| line.starts_with("event: hello"));
        }
        // Everything that is told happens over there: profiles, many, the pool, a job.
        let call = |method, path: &str, body: Value| theirs.rest_call(app, method, &format!("/pools/{there}{path}")).json(&body).send();
        call("POST", "/profiles", serde_json::json!({"fields": {"NAME": "x"}})).expect(201);
        call("POST", "/profiles/edit", serde_json::json!({"query": "", "field": "CITY", "value": "x"})).expect(200);
        call("PATCH", "", serde_json::json!({"name": "neu"})).expect(200);
        let file = theirs.rest_call(app, "POST", &format!("/pools/{there}/imports")).header("content-type", "text/csv");
        let job = file.body("Name\nx\n").send().expect(202).json()["job"].as_i64().unwrap();
        while theirs.rest_call(app, "GET", &format!("/jobs/{job}")).send().json()["finished_at"].is_null() {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        // The first that is heard is what happens here.
        let file = mine.rest_call(app, "POST", &format!("/pools/{here}/imports")).header("content-type", "text/csv");
        let own = file.body("Name\nx\n").send().expect(202).json()["job"].as_i64().unwrap();
        for lines in [&mut of_pool as &mut dyn Iterator<Item = String>, &mut of_jobs] {
            let data = heard(lines, |line| line.starts_with("data:") && line.contains("\"kind\""));
            assert!(data.contains(&format!("\"id\":{own}")), "job {own}, not {job}: {data}");
        }
    })
    .await;
}

/// The first line of this sort.
fn heard(lines: &mut dyn Iterator<Item = String>, is_it: impl Fn(&str) -> bool) -> String {
    for line in lines {
        if is_it(&line) {
            return line;
        }
    }
    panic!("the stream ended")
}
