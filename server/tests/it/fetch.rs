//! Files of other servers: only of those that are allowed, whole or on where the connection broke, and one import each.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use serde_json::{Value, json};
use store::db::Engine;

use crate::support::TestApp;

const FILE: &str = "E-Mail;Name\nanna@example.com;Adler\nben@example.com;Böhm\n";

/// What was asked: the path, and from which byte on.
type Asked = Arc<Mutex<Vec<(String, Option<usize>)>>>;

/// A server of files that breaks off as its paths say.
struct Files {
    address: SocketAddr,
    asked: Asked,
}

impl Files {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Asked::default());
        let log = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let log = log.clone();
                thread::spawn(move || answer(stream, &log));
            }
        });
        Self { address, asked }
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    fn asked(&self, path: &str) -> Vec<Option<usize>> {
        self.asked.lock().unwrap().iter().filter(|(asked, _)| asked == path).map(|(_, from)| *from).collect()
    }
}

fn answer(mut stream: TcpStream, log: &Asked) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).map(|line| line.to_lowercase()).collect();
    let from = head.iter().find_map(|line| line.strip_prefix("range: bytes=")?.trim_end_matches('-').parse::<usize>().ok());
    let nth = {
        let mut log = log.lock().unwrap();
        log.push((path.clone(), from));
        log.iter().filter(|(asked, _)| *asked == path).count()
    };
    let file = FILE.as_bytes();
    let whole = |file: &[u8]| {
        [format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\netag: \"a\"\r\nconnection: close\r\n\r\n", file.len()).as_bytes(), file].concat()
    };
    let sent = match path.as_str() {
        "gone.csv" => b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
        "large.csv" => b"HTTP/1.1 200 OK\r\ncontent-length: 99000000\r\nconnection: close\r\n\r\nName\n".to_vec(),
        "elsewhere.csv" => {
            b"HTTP/1.1 302 Found\r\nlocation: https://other.example/a.csv\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec()
        }
        "secret.csv" => {
            b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/a.csv\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec()
        }
        "within.csv" => b"HTTP/1.1 302 Found\r\nlocation: /kunden.csv\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
        "circle.csv" => b"HTTP/1.1 302 Found\r\nlocation: /circle.csv\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
        // The first answer breaks off; the next one goes on, or begins anew where ranges are not known.
        "broken.csv" | "plain.csv" if nth == 1 => whole(file)[..whole(file).len() - 30].to_vec(),
        "broken.csv" if from.is_some() => {
            let from = from.unwrap();
            let range = format!("bytes {from}-{}/{}", file.len() - 1, file.len());
            let head = format!(
                "HTTP/1.1 206 Partial Content\r\ncontent-range: {range}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                file.len() - from
            );
            [head.as_bytes(), &file[from..]].concat()
        }
        _ => whole(file),
    };
    let _ = stream.write_all(&sent);
}

/// A server of Lagune that may fetch from the other one.
async fn allowed(engine: Engine, files: &Files) -> TestApp {
    let hosts = format!("files.example.com, http://{} private", files.address);
    TestApp::start(engine, &[("LAGUNE_IMPORT_HOSTS", &hosts), ("LAGUNE_UPLOAD_LIMIT", "1MB")]).await
}

fn fetched(app: &TestApp, pool: i64, body: &Value) -> Value {
    let job = app.api("POST", &format!("/pools/{pool}/imports/address")).json(body).send().expect(202).json();
    assert_eq!(job["kind"], "fetch");
    app.job_done(job["id"].as_i64().unwrap())
}

fn left_over(app: &TestApp) -> usize {
    std::fs::read_dir(app.folder.path().join("data/uploads")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_file_is_fetched_and_imported_also_after_a_lost_connection() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let files = Files::start();
        let app = allowed(engine, &files).await;
        for (path, asked) in [
            ("kunden.csv", vec![None]),
            ("within.csv", vec![None]),
            ("broken.csv", vec![None, Some(FILE.len() - 30)]),
            ("plain.csv", vec![None, Some(FILE.len() - 30)]),
        ] {
            let pool = app.create_pool(path);
            let job = fetched(&app, pool, &json!({"address": files.at(path), "key": "EMAIL"}));
            assert_eq!(job["state"], "done", "{path}: {job}");
            app.job_done(job["result"]["job"].as_i64().unwrap());
            let import = app.api("GET", &format!("/imports/{}", job["result"]["import"])).send().expect(200).json();
            assert_eq!((&import["file_name"], &import["counts"]["created"]), (&json!(path), &json!(2)), "{path}");
            assert_eq!(files.asked(path), asked, "{path}");
        }
        app.stop().await;
    }
}

#[tokio::test]
async fn what_is_not_allowed_is_refused_at_once_and_nobody_is_asked() {
    let files = Files::start();
    let app = allowed(Engine::Sqlite, &files).await;
    let pool = app.create_pool("Kunden");
    let refused = |address: &str| {
        let answer =
            app.api("POST", &format!("/pools/{pool}/imports/address")).json(&json!({"address": address})).send().expect(422).json();
        answer["errors"][0]["code"].as_str().unwrap().to_owned()
    };
    let port = files.address.port();
    for address in [
        "https://evil.example/a.csv".to_owned(),
        format!("https://127.0.0.1:{port}/a.csv"),
        format!("http://localhost:{port}/a.csv"),
        "http://169.254.169.254/".to_owned(),
    ] {
        assert_eq!(refused(&address), "host_not_allowed", "{address}");
    }
    for address in ["kunden.csv".to_owned(), "file:///etc/passwd".to_owned(), format!("http://ada:geheim@127.0.0.1:{port}/a.csv")] {
        assert_eq!(refused(&address), "no_address", "{address}");
    }
    assert!(files.asked.lock().unwrap().is_empty());
    let jobs = app.api("GET", "/jobs").send().expect(200).json();
    assert!(jobs["items"].as_array().unwrap().iter().all(|job| job["kind"] != "fetch"), "{jobs}");
    app.stop().await;
    let none = TestApp::start(Engine::Sqlite, &[]).await;
    let pool = none.create_pool("Kunden");
    let answer = none.api("POST", &format!("/pools/{pool}/imports/address")).json(&json!({"address": files.at("kunden.csv")})).send();
    assert_eq!(answer.expect(422).json()["errors"][0]["code"], "host_not_allowed", "none is allowed by itself");
    none.stop().await;
}

#[tokio::test]
async fn a_server_that_lies_in_a_private_network_must_be_allowed_expressly() {
    let files = Files::start();
    let hosts = format!("http://{}", files.address);
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_IMPORT_HOSTS", &hosts)]).await;
    let pool = app.create_pool("Kunden");
    let job = fetched(&app, pool, &json!({"address": files.at("kunden.csv")}));
    assert_eq!(job["state"], "failed", "{job}");
    assert!(job["error"].as_str().unwrap().contains("privat"), "{job}");
    assert!(files.asked.lock().unwrap().is_empty(), "it was not asked");
    app.stop().await;
}

#[tokio::test]
async fn a_file_that_can_not_be_fetched_is_told_in_a_sentence_and_leaves_nothing() {
    let files = Files::start();
    let app = allowed(Engine::Sqlite, &files).await;
    let pool = app.create_pool("Kunden");
    for (path, words) in [
        ("gone.csv", "404"),
        ("large.csv", "zu groß"),
        ("elsewhere.csv", "anderen Server"),
        ("secret.csv", "anderen Server"),
        ("circle.csv", "anderen Server"),
    ] {
        let job = fetched(&app, pool, &json!({"address": files.at(path)}));
        assert_eq!(job["state"], "failed", "{path}: {job}");
        assert!(job["error"].as_str().unwrap().contains(words), "{path}: {job}");
        assert_eq!(left_over(&app), 0, "{path}");
    }
    let job = fetched(&app, pool, &json!({"address": files.at("kunden.csv"), "key": "NOSUCH"}));
    assert_eq!((&job["state"], left_over(&app)), (&json!("failed"), 0), "{job}");
    app.stop().await;
}

#[tokio::test]
async fn the_page_offers_an_address_where_servers_are_allowed_and_the_import_waits_to_be_looked_at() {
    let files = Files::start();
    let app = allowed(Engine::Sqlite, &files).await;
    let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
    let page = app.get(&format!("/pools/{pool}/import")).browser().cookie(&cookie).send().expect(200).text();
    assert!(page.contains("https://files.example.com") && page.contains("name=\"address\""), "{page}");
    let form = [("pool", pool.to_string()), ("address", files.at("kunden.csv"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sent = app.call("POST", "/api/imports/fetch").browser().cookie(&cookie).form(&form).send();
    assert_eq!((sent.status, sent.header("location")), (302, "/jobs"), "{}", sent.text());
    let jobs = app.api("GET", "/jobs").send().expect(200).json();
    let job = jobs["items"].as_array().unwrap().iter().find(|job| job["kind"] == "fetch").unwrap()["id"].as_i64().unwrap();
    let import = app.job_done(job)["result"]["import"].clone();
    let jobs = app.get("/jobs").browser().cookie(&cookie).send().expect(200).text();
    assert!(jobs.contains(&format!("href=\"/pools/{pool}/import/{import}\"")), "{jobs}");
    let page = app.get(&format!("/pools/{pool}/import/{import}")).browser().cookie(&cookie).send().expect(200).text();
    assert!(page.contains("Adler") && page.contains("Import starten"), "{page}");
    let said = app.lagune(&["import", "--pool", "Kunden", "--json", &files.at("kunden.csv")]);
    assert!(said.contains("\"rows\":2,\"created\":2"), "{said}");
    app.stop().await;
}
