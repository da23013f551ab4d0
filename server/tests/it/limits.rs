//! What is too large, too deep, too many or too slow, and names that lead elsewhere: refused on every route, and the server
//! goes on.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use store::db::Engine;

use crate::{
    http::{Answer, encode},
    support::{TestApp, on_each_server},
};

/// A server with little patience.
async fn hasty() -> TestApp {
    TestApp::start(Engine::Sqlite, &[("LAGUNE_REQUEST_SECONDS", "1"), ("LAGUNE_UPLOAD_LIMIT", "1MB")]).await
}

fn connect(app: &TestApp) -> TcpStream {
    let stream = TcpStream::connect(app.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

/// What comes until the server closes; that it does is what is asked.
#[track_caller]
fn until_closed(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    let closed = read.as_ref().err().is_none_or(|error| error.kind() == std::io::ErrorKind::ConnectionReset);
    assert!(closed, "the server waits for ever: {read:?}");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sends one byte after another, as slowly as the server lets it; what it says in the end.
#[track_caller]
fn drip(mut stream: TcpStream, byte: &[u8]) -> String {
    stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let (until, mut said) = (Instant::now() + Duration::from_secs(60), Vec::new());
    let mut piece = [0; 4_096];
    while Instant::now() < until {
        if stream.write_all(byte).is_err() {
            return String::from_utf8_lossy(&said).into_owned();
        }
        match stream.read(&mut piece) {
            Ok(0) => return String::from_utf8_lossy(&said).into_owned(),
            Ok(n) => said.extend_from_slice(&piece[..n]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return String::from_utf8_lossy(&said).into_owned(),
        }
    }
    panic!("the server takes drops for ever");
}

fn uploads(app: &TestApp) -> usize {
    std::fs::read_dir(app.folder.path().join("data/uploads")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_head_that_does_not_come_ends_the_connection() {
    let app = hasty().await;
    assert_eq!(until_closed(connect(&app)), "", "not a byte");
    let mut half = connect(&app);
    half.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n").unwrap();
    assert!(!until_closed(half).contains(" 200 "), "half a head");
    let mut slow = connect(&app);
    slow.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ").unwrap();
    assert!(!drip(slow, b"a").contains(" 200 "), "a head in drops");
    // Who was served and asks nothing more is not waited for either.
    let mut idle = connect(&app);
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    assert!(until_closed(idle).contains(" 200 "));
    app.get("/healthz").send().expect(200);
    app.stop().await;
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let app = hasty().await;
    let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
    let begin = |path: &str, kind: &str, beginning: &str| {
        let mut stream = connect(&app);
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\ncontent-type: {kind}\r\n\
             content-length: 100000\r\n\r\n{beginning}"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream
    };
    let form = "application/x-www-form-urlencoded";
    for (path, kind) in [
        ("/sign-in".to_owned(), form),
        ("/sign-in/link".to_owned(), form),
        ("/api/pools/create".to_owned(), form),
        (format!("/pools/{pool}?new=1"), form),
        ("/api/configuration/take".to_owned(), "application/octet-stream"),
        (format!("/api/v1/pools/{pool}/profiles"), "application/json"),
    ] {
        let answer = until_closed(begin(&path, kind, "a"));
        assert!(answer.starts_with("HTTP/1.1 503"), "{path}: {answer}");
    }
    let part = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nName\n";
    let upload = format!("/pools/{pool}/imports/upload");
    for (kind, beginning) in [("text/csv", "Name\n"), ("multipart/form-data; boundary=b", part), ("multipart/form-data; boundary=b", "--b")]
    {
        let answer = until_closed(begin(&upload, kind, beginning));
        assert!(answer.starts_with("HTTP/1.1 408"), "{kind}: {answer}");
    }
    let answer = drip(begin(&upload, "text/csv", "Name\n"), b"a");
    assert!(answer.starts_with("HTTP/1.1 408") || answer.is_empty(), "a file in drops: {answer}");
    assert_eq!(uploads(&app), 0, "nothing of them stays");
    app.stop().await;
}

#[tokio::test]
async fn nothing_stays_of_a_file_whose_sender_hangs_up() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let mut stream = connect(app);
        let head = format!(
            "POST /api/v1/pools/{pool}/imports HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: text/csv\r\n\
             content-length: 1000000\r\n\r\nName\n",
            app.token
        );
        stream.write_all(head.as_bytes()).unwrap();
        let until = Instant::now() + Duration::from_secs(60);
        while uploads(app) == 0 {
            assert!(Instant::now() < until, "the file begins");
            std::thread::yield_now();
        }
        drop(stream);
        while uploads(app) > 0 {
            assert!(Instant::now() < until, "half a file stays");
            std::thread::yield_now();
        }
    })
    .await;
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let app = TestApp::start(Engine::Sqlite, &[]).await;
    app.get("/healthz").header("x-large", "a".repeat(200_000)).send().expect(431);
    let many = (0..200).fold(app.get("/healthz"), |call, n| call.header(&format!("x-{n}"), "a"));
    many.send().expect(431);
    let long = app.get(&format!("/healthz?{}", "a".repeat(100_000))).send();
    assert!([414, 431].contains(&long.status), "{}", long.status);
    let cookies = app.get("/healthz").cookie(&"lagune=a; ".repeat(12_000)).send();
    assert!(cookies.status < 500, "{}", cookies.status);
    app.get("/healthz").send().expect(200);
    app.stop().await;
}

/// What parts of files are called.
const PART: &str = "application/offset+octet-stream";

/// Every address that takes a body, with a sort of body that it takes.
fn takers(app: &TestApp, pool: i64) -> Vec<(&'static str, String, &'static str)> {
    let _ = app::App;
    let form = "application/x-www-form-urlencoded";
    let mut all: Vec<_> = leptos::server_fn::axum::server_fn_paths()
        .filter(|(path, method)| path.starts_with("/api/") && method.as_str() == "POST")
        .map(|(path, _)| ("POST", path.to_owned(), form))
        .collect();
    let description = app.get("/api/v1/openapi.json").send().json();
    for (path, calls) in description["paths"].as_object().unwrap() {
        for method in ["POST", "PUT", "PATCH"] {
            let Some(kind) = calls[method.to_lowercase()]["requestBody"]["content"].as_object().and_then(|kinds| kinds.keys().next())
            else {
                continue;
            };
            let kind = match kind {
                kind if kind.contains("json") => "application/json",
                kind if kind.contains("offset") => PART,
                _ => "text/csv",
            };
            let path = path.split('/').map(|part| if part == "{pool}" { pool.to_string() } else { part.replace(['{', '}'], "") });
            all.push((method, path.collect::<Vec<_>>().join("/"), kind));
        }
    }
    all.extend([
        ("POST", "/sign-in".to_owned(), form),
        ("POST", "/sign-in/link".to_owned(), form),
        ("POST", "/sign-in/passkey".to_owned(), form),
        ("POST", "/settings/passkeys".to_owned(), form),
        ("POST", format!("/pools/{pool}?new=1"), form),
        ("POST", format!("/pools/{pool}/configuration"), form),
        ("POST", format!("/pools/{pool}/imports/upload"), "text/csv"),
        ("POST", format!("/pools/{pool}/imports/upload"), "multipart/form-data; boundary=b"),
    ]);
    all
}

#[tokio::test]
async fn no_route_takes_a_body_without_an_end() {
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_UPLOAD_LIMIT", "1MB")]).await;
    let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
    let all = takers(&app, pool);
    assert!(all.len() > 60, "the routes are known: {}", all.len());
    let part = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    for (method, path, kind) in all {
        let body = match kind {
            "application/json" => format!("{{\"a\": \"{}\"}}", "a".repeat(6_000_000)),
            "text/csv" | PART => "Name\n".repeat(1_200_000),
            form if form.starts_with("multipart") => format!("{part}{}\r\n--b--\r\n", "Name\n".repeat(1_200_000)),
            _ => format!("a={}", "a".repeat(6_000_000)),
        };
        // Announced, and in pieces whose number nobody knows beforehand.
        let more = [("tus-resumable", "1.0.0"), ("upload-length", "6000000"), ("upload-offset", "0")];
        let more = if kind == PART { &more[..] } else { &[] };
        let call = app.call(method, &path).cookie(&cookie).header("sec-fetch-site", "same-origin").header("content-type", kind);
        let call = more.iter().fold(call, |call, (name, value)| call.header(name, *value));
        let announced = call.body(body.clone()).send();
        assert!(refuses(&announced), "{method} {path}: {} {}", announced.status, announced.text());
        let mut stream = connect(&app);
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\n\
             content-type: {kind}\r\n{}transfer-encoding: chunked\r\n\r\n{:x}\r\n",
            more.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect::<String>(),
            body.len()
        );
        let _ = stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(body.as_bytes()))
            .and_then(|()| stream.write_all(b"\r\n0\r\n\r\n"));
        let answer = until_closed(stream);
        let status = answer.split(' ').nth(1).and_then(|status| status.parse::<u16>().ok());
        // Who goes on sending after the refusal may find the line cut before reading it.
        assert!(status.is_none_or(|status| [303, 404, 413].contains(&status)), "{method} {path}: {answer}");
    }
    assert_eq!(uploads(&app), 0);
    app.get("/healthz").send().expect(200);
    app.stop().await;
}

/// Not found is what an id of the test is that names nothing; back to the form goes who signs in.
fn refuses(answer: &Answer) -> bool {
    [303, 404, 413].contains(&answer.status)
}

#[tokio::test]
async fn what_stands_too_deep_or_too_often_is_refused_and_nothing_falls_over() {
    on_each_server(async |app| {
        let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
        let deep = |open: &str, close: &str, n: usize| format!("{}1{}", open.repeat(n), close.repeat(n));
        let rest = |path: &str, body: String| app.api("POST", path).header("content-type", "application/json").body(body).send();
        for body in [deep("{\"not\":", "}", 100_000), deep("{\"not\":", "}", 100), deep("{\"all\":[", "]}", 50)] {
            assert_eq!(rest("/roles", format!("{{\"name\": \"x\", \"rights\": [], \"rule_tree\": {body}}}")).status, 422);
        }
        for body in [deep("[", "]", 500_000), deep("{\"a\":", "}", 200_000), format!("{{\"fields\": {}}}", deep("[", "]", 100_000))] {
            assert_eq!(rest(&format!("/pools/{pool}/profiles"), body).status, 422);
        }
        for layout in [
            deep("[", "]", 100_000),
            deep("{a: ", "}", 100_000),
            deep("- ", "", 100_000),
            format!("format: 1\ncategories: {}", deep("[", "]", 50_000)),
        ] {
            let answer = app.api("PUT", &format!("/pools/{pool}/layout")).body(layout).send();
            assert!([400, 413, 422].contains(&answer.status), "{}", answer.status);
        }
        let post = |path: &'static str, kind: &str, body: Vec<u8>| {
            let call = app.call("POST", path).cookie(&cookie).header("sec-fetch-site", "same-origin");
            let answer = call.header("content-type", kind).body(body).send();
            assert!(
                (400..500).contains(&answer.status),
                "{path}: {} {}",
                answer.status,
                answer.text().chars().take(200).collect::<String>()
            );
            app.get("/healthz").send().expect(200);
        };
        let form = "application/x-www-form-urlencoded";
        // Steps within steps: two bytes each, a million of them.
        let all = postcard::to_allocvec(&domain::config::Step::All(Vec::new())).unwrap()[0];
        let steps = [postcard::to_allocvec(&pool).unwrap(), [all, 1].repeat(1_000_000)].concat();
        post("/api/configuration/take", "application/octet-stream", steps);
        // Lengths that promise more than there is.
        let long = [postcard::to_allocvec(&pool).unwrap(), vec![0xff; 9], vec![1]].concat();
        post("/api/profiles/refresh", "application/octet-stream", long.clone());
        post("/api/layouts/save", "application/octet-stream", long);
        for rule in [
            deep("(", ")", 100_000),
            "not ".repeat(100_000),
            format!("{}1{}", "all(".repeat(100_000), ")".repeat(100_000)),
            "NAME is filled and ".repeat(50_000),
        ] {
            post("/api/roles/save", form, format!("name=x&rights[]=profiles.see&rule={}", encode(&rule)).into_bytes());
            assert_eq!(rest("/roles", serde_json::json!({"name": "x", "rights": [], "rule": rule}).to_string()).status, 422);
        }
        post("/api/clients/save", form, format!("form{}=x", "[a]".repeat(100_000)).into_bytes());
        let many = |text: &str, n: usize| text.repeat(n);
        for (path, body) in [
            ("/api/profiles/delete", format!("pool=999&{}", many("ids[]=1&", 200_000))),
            ("/api/layouts/columns", format!("pool=999&{}", many("columns[]=NAME&", 100_000))),
            ("/api/pools/rename", format!("pool=999&{}", many("name=a&", 200_000))),
        ] {
            post(path, form, body.into_bytes());
        }
        for part in ["filter=NAME:is:a&", "sort=NAME&", "in=NAME&", "fields=NAME&", "q=a&", "page=1&"] {
            let answer = app.api("GET", &format!("/pools/{pool}/profiles?{}", many(part, 60_000 / part.len()))).send();
            assert!(answer.status < 500, "{part}: {}", answer.text());
        }
        for page in ["999999999999999999999", "18446744073709551615", "9223372036854775807", "-1", "0"] {
            let answer = app.api("GET", &format!("/pools/{pool}/profiles?page={page}&page_size={page}")).send();
            assert!(answer.status < 500, "{page}: {}", answer.text());
            let bin = app.get(&format!("/api/profiles/bin?pool={pool}&page={page}")).cookie(&cookie).send();
            assert!(bin.status < 500, "{page}: {}", bin.text());
            let audit = app.api("GET", &format!("/audit?before={page}&limit={page}&from={page}")).send();
            assert!(audit.status < 500, "{page}: {}", audit.text());
        }
    })
    .await;
}

/// Names with which somebody would like to be elsewhere, or to be taken for something else.
const STRANGE: [&str; 11] = [
    "../../../../tmp/lagune-was-here.csv",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\autoexec.bat",
    "....//....//x.csv",
    "%2e%2e%2fx.csv",
    "a\u{0}b.csv",
    "a\r\nset-cookie: lagune=x.csv",
    "\u{202e}vsc.exe",
    "\"; filename=\"x.html",
    "..",
];

#[tokio::test]
async fn the_name_of_a_file_leads_nowhere() {
    on_each_server(async |app| {
        let (pool, cookie) = (app.create_pool("../Kun\"den"), app.sign_in());
        let mut imports = Vec::new();
        for name in STRANGE {
            let rest = app.api("POST", &format!("/pools/{pool}/imports?file_name={}", encode(name))).header("content-type", "text/csv");
            let begun = rest.body("Name;E-Mail\nMaier;keine\n").send().expect(202).json();
            app.job_done(begun["job"].as_i64().unwrap());
            imports.push(begun["import"].as_i64().unwrap());
            if !name.contains(['\r', '\u{0}']) {
                let escaped = name.replace('"', "%22");
                let form = format!(
                    "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{escaped}\"\r\n\r\nName\nMaier\n\r\n--b--\r\n"
                );
                let call =
                    app.call("POST", &format!("/pools/{pool}/imports/upload")).cookie(&cookie).header("sec-fetch-site", "same-origin");
                let made = call.header("content-type", "multipart/form-data; boundary=b").body(form).send().expect(201).json();
                imports.push(made["import"].as_i64().unwrap());
            }
        }
        let folder = app.folder.path().join("data/uploads");
        for entry in std::fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let plain = name.strip_suffix(".csv").is_some_and(|stem| stem.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
            assert!(plain, "a file has a name of ours: {name}");
        }
        assert!(!std::path::Path::new("/tmp/lagune-was-here.csv").exists());
        for import in imports {
            let name = app.api("GET", &format!("/imports/{import}")).send().expect(200).json()["file_name"].as_str().unwrap().to_owned();
            assert!(!name.contains(['/', '\\', '\r', '\n', '\u{0}']) && !name.is_empty(), "{name:?}");
            let file = app.get(&format!("/imports/{import}/refused.csv")).cookie(&cookie).send().expect(200);
            attached(&file);
        }
        attached(&app.get(&format!("/pools/{pool}/export.csv")).cookie(&cookie).send().expect(200));
        attached(&app.get(&format!("/pools/{pool}/integration.csv")).cookie(&cookie).send().expect(200));
    })
    .await;
}

/// A browser keeps it, under a name without folders, in a header of one line, and takes it for nothing else.
#[track_caller]
fn attached(answer: &Answer) {
    let said = answer.header("content-disposition");
    let name = said.strip_prefix("attachment; filename=\"").unwrap_or_else(|| panic!("{said}"));
    let (ascii, rest) = name.split_once('"').unwrap();
    assert!(!ascii.contains(['/', '\\']) && rest.starts_with("; filename*=UTF-8''") && !rest.contains(['"', '/', '\\']), "{said}");
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn an_address_of_a_file_leads_out_of_nowhere() {
    let app = TestApp::start(Engine::Sqlite, &[]).await;
    let cookie = app.sign_in();
    for path in [
        "/pkg/../../Cargo.toml",
        "/pkg/../../../../../../etc/passwd",
        "/pkg/%2e%2e/%2e%2e/Cargo.toml",
        "/pkg/..%2f..%2fCargo.toml",
        "/pkg/..\\..\\Cargo.toml",
        "/pkg//etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/pkg/%00",
        "/pkg/",
        "/api/v1/docs/../../../etc/passwd",
        "/api/v1/docs/..%2f..%2f..%2fetc%2fpasswd",
    ] {
        let answer = app.get(path).cookie(&cookie).send();
        assert!([400, 404].contains(&answer.status), "{path}: {} {}", answer.status, answer.text());
        assert!(!answer.text().contains("root:") && !answer.text().contains("[workspace]"), "{path}");
    }
    for method in ["TRACE", "CONNECT", "OPTIONS", "PROPFIND"] {
        let answer =
            app.call(method, "/api/v1/pools").cookie(&cookie).header("x-secret", "echo-me").header("sec-fetch-site", "same-origin").send();
        assert!((400..500).contains(&answer.status) && !answer.text().contains("echo-me"), "{method}: {}", answer.status);
    }
    app.stop().await;
}

#[tokio::test]
async fn a_message_whose_end_is_told_twice_is_refused() {
    let app = TestApp::start(Engine::Sqlite, &[]).await;
    for head in [
        "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked, identity\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: +5\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\nbad header: y\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\n folded: y\r\n\r\n",
    ] {
        let mut stream = connect(&app);
        stream.write_all(head.as_bytes()).unwrap();
        let answer = until_closed(stream);
        assert!(answer.starts_with("HTTP/1.1 400"), "{head}: {answer}");
    }
    app.stop().await;
}

#[tokio::test]
async fn a_caller_sets_only_what_the_call_is_for() {
    on_each_server(async |app| {
        let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
        let profile = app.create_profile(pool, json!({"NAME": "Müller"}));
        let at = format!("/pools/{pool}/profiles/{}", profile["id"]);
        let code = |answer: Answer| answer.expect(422).json()["errors"][0]["code"].as_str().unwrap().to_owned();
        for more in ["client", "client_id", "id", "deleted_at", "created_at", "__proto__"] {
            let body = json!({"fields": {"NAME": "X"}, more: 1});
            assert_eq!(code(app.api("PATCH", &at).json(&body).send()), "unknown_field", "{more}");
            assert_eq!(code(app.api("POST", &format!("/pools/{pool}/profiles")).json(&body).send()), "unknown_field", "{more}");
            let body = json!({"name": "Neu", more: 1});
            assert_eq!(code(app.api("POST", "/pools").json(&body).send()), "unknown_field", "{more}");
            assert_eq!(code(app.api("PATCH", &format!("/pools/{pool}")).json(&body).send()), "unknown_field", "{more}");
        }
        for more in ["client", "client_id", "user", "id", "code", "password_hash", "token_hash", "changeable", "__proto__"] {
            for (method, path, mut body) in [
                ("POST", "/members", json!({"email": "neu@example.com", "name": "Neu", "role": "viewer"})),
                ("PATCH", "/members/1", json!({"disabled": false})),
                ("POST", "/roles", json!({"name": "Neu", "rights": ["pools.see"]})),
                ("PATCH", "/roles/viewer", json!({"name": "Neu"})),
                ("POST", "/tokens", json!({"name": "Neu", "rights": ["pools.see"]})),
                ("PATCH", "/client", json!({"name": "Neu"})),
            ] {
                body[more] = json!(1);
                assert_eq!(code(app.api(method, path).json(&body).send()), "unknown_field", "{method} {path} {more}");
            }
        }
        // Fields that Lagune fills are nobody's to set: neither by REST nor by the form.
        let fields = app.api("GET", &format!("/pools/{pool}/fields")).send().expect(200).json();
        let own: Vec<&Value> = fields["items"].as_array().unwrap().iter().filter(|field| field["read_only"] == true).collect();
        assert!(own.len() > 5, "there are such fields: {}", own.len());
        for field in own {
            let key = field["key"].as_str().unwrap();
            assert_eq!(code(app.api("PATCH", &at).json(&json!({"fields": {key: "1"}})).send()), "read_only", "{key}");
            let values = format!("{{\"{key}\":[\"1\"]}}");
            let (pool, id) = (pool.to_string(), profile["id"].to_string());
            let form = [("pool", pool.as_str()), ("id", &id), ("revision", "99"), ("values", &values), ("was", "{}")];
            app.call("POST", "/api/profiles/save").cookie(&cookie).header("sec-fetch-site", "same-origin").form(&form).send();
            let edit = json!({"ids": [profile["id"]], "field": key, "value": "1"});
            assert_eq!(code(app.api("POST", &format!("/pools/{pool}/profiles/edit")).json(&edit).send()), "read_only", "{key}");
        }
        let after = app.api("GET", &at).send().expect(200).json();
        assert_eq!(after, profile, "nothing of it came through");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_invited_by_an_address_that_looks_like_anothers() {
    on_each_server(async |app| {
        let cookie = app.sign_in();
        let invite = |email: &str| {
            let form = [("email", email), ("name", "Ada"), ("role", "viewer")];
            app.call("POST", "/api/team/invite").cookie(&cookie).header("sec-fetch-site", "same-origin").form(&form).send()
        };
        invite("neu@example.com").expect(200);
        for email in
            ["\u{430}da@example.com", "ada@ex\u{430}mple.com", "ＡＤＡ@example.com", "ada@example.com\u{200b}", "\u{212a}laus@example.com"]
        {
            let refused = invite(email).expect(422);
            assert!(String::from_utf8_lossy(&refused.body).contains("xn--"), "{email}: {}", refused.text());
        }
        assert!(invite("ADA@EXAMPLE.COM").expect(422).text().contains("already"), "the same in capitals is the same");
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_hears_only_what_the_role_allows_now() {
    use std::io::{BufRead as _, BufReader};
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let cookie = app.sign_in();
        let mut lines = BufReader::new(app.get(&format!("/events?pool={pool}")).cookie(&cookie).open()).lines().map(Result::unwrap);
        lines.find(|line| line.starts_with("event: hello")).expect("the stream begins");
        app.create_profile(pool, json!({"NAME": "Müller"}));
        lines.find(|line| line.starts_with("event: profiles")).expect("a change is heard");
        app.call("POST", "/sign-out").cookie(&cookie).browser().send().expect(303);
        app.create_profile(pool, json!({"NAME": "Maier"}));
        let rest: Vec<String> = lines.collect();
        assert!(rest.iter().all(|line| !line.starts_with("event:")), "after the end of the session: {rest:?}");
    })
    .await;
}
