//! Files in parts (tus 1.0): what was acknowledged is there, whatever happens in between.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream},
    time::{Duration, Instant},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::db::Engine;

use crate::{
    http::{Answer, Call},
    support::{TestApp, on_each_server},
};

const PART: &str = "application/offset+octet-stream";
const FILE: &str = "E-Mail;Name\nanna@example.com;Adler\nben@example.com;Böhm\n";

fn tus(app: &TestApp, method: &'static str, address: &str) -> Call {
    app.call(method, address).bearer(&app.token).header("tus-resumable", "1.0.0")
}

fn metadata(name: &str) -> String {
    format!("filename {}", BASE64_STANDARD.encode(name))
}

/// Begins a file; the address of its parts.
#[track_caller]
fn begun(app: &TestApp, pool: i64, query: &str, length: usize) -> String {
    let call = tus(app, "POST", &format!("/api/v1/pools/{pool}/uploads{query}")).header("upload-length", length.to_string());
    let answer = call.header("upload-metadata", metadata("kontakte.csv")).send().expect(201);
    assert_eq!((answer.header("upload-offset"), answer.header("tus-resumable")), ("0", "1.0.0"));
    assert!(answer.header("upload-expires").ends_with(" GMT"), "{}", answer.header("upload-expires"));
    answer.header("location").to_owned()
}

fn part(app: &TestApp, address: &str, offset: usize, bytes: &[u8]) -> Answer {
    tus(app, "PATCH", address).header("content-type", PART).header("upload-offset", offset.to_string()).body(bytes).send()
}

#[track_caller]
fn offset(app: &TestApp, address: &str) -> usize {
    tus(app, "HEAD", address).send().expect(200).header("upload-offset").parse().unwrap()
}

fn files(app: &TestApp) -> usize {
    std::fs::read_dir(app.folder.path().join("data/uploads")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_file_in_parts_becomes_an_import_with_its_last_one() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let address = begun(app, pool, "?key=EMAIL", FILE.len());
        let (first, rest) = FILE.as_bytes().split_at(20);
        let answer = part(app, &address, 0, first).expect(204);
        assert_eq!((answer.header("upload-offset"), answer.header("lagune-import")), ("20", ""));
        let looked = tus(app, "HEAD", &address).send().expect(200);
        assert_eq!((looked.header("upload-offset"), looked.header("upload-length")), ("20", FILE.len().to_string().as_str()));
        assert_eq!((looked.header("cache-control"), looked.header("upload-metadata")), ("no-store", metadata("kontakte.csv").as_str()));
        let last = part(app, &address, 20, rest).expect(204);
        app.job_done(last.header("lagune-job").parse().unwrap());
        let import = app.api("GET", &format!("/imports/{}", last.header("lagune-import"))).send().expect(200).json();
        assert_eq!((&import["file_name"], &import["counts"]["created"]), (&json!("kontakte.csv"), &json!(2)));
        // Whoever did not hear the last answer asks again, and no second import is made.
        let looked = tus(app, "HEAD", &address).send().expect(200);
        assert_eq!(looked.header("lagune-import"), last.header("lagune-import"));
        assert_eq!(looked.header("lagune-job"), last.header("lagune-job"));
        let total = app.api("GET", &format!("/pools/{pool}/profiles")).send().expect(200).json()["total"].clone();
        assert_eq!(total, json!(2));
        tus(app, "DELETE", &address).send().expect(204);
        app.api("GET", &format!("/imports/{}", last.header("lagune-import"))).send().expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_small_file_comes_along_and_may_wait_for_somebody_to_look_at_it() {
    on_each_server(async |app| {
        let (pool, cookie) = (app.create_pool("Kunden"), app.sign_in());
        let call = app.call("POST", &format!("/api/v1/pools/{pool}/uploads?review=true")).cookie(&cookie);
        let call = call.header("sec-fetch-site", "same-origin").header("tus-resumable", "1.0.0").header("content-type", PART);
        let call = call.header("upload-length", FILE.len().to_string()).header("upload-metadata", metadata("../../köln.csv"));
        let made = call.body(FILE).send().expect(201);
        assert_eq!(made.header("lagune-job"), "", "nobody has started it");
        let import = made.header("lagune-import");
        let page = app.get(&format!("/pools/{pool}/import/{import}")).browser().cookie(&cookie).send().expect(200).text();
        assert!(page.contains("Adler") && page.contains("köln.csv"), "{page}");
        assert_eq!(tus(app, "HEAD", made.header("location")).send().expect(200).header("lagune-import"), import, "and by token too");
    })
    .await;
}

#[tokio::test]
async fn what_the_protocol_is_capable_of_is_told() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let offer = app.api("OPTIONS", &format!("/pools/{pool}/uploads")).send().expect(204);
        assert_eq!((offer.header("tus-version"), offer.header("tus-max-size")), ("1.0.0", "2147483648"));
        for extension in ["creation", "creation-with-upload", "expiration", "checksum", "termination"] {
            assert!(offer.header("tus-extension").split(',').any(|one| one == extension), "{extension}");
        }
        assert!(offer.header("tus-checksum-algorithm").contains("sha1"));
    })
    .await;
}

#[tokio::test]
async fn a_part_that_does_not_fit_changes_nothing() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let uploads = format!("/api/v1/pools/{pool}/uploads");
        let create = |call: Call| call.header("upload-length", "20").send();
        create(app.call("POST", &uploads).bearer(&app.token)).expect(412);
        let old = create(app.call("POST", &uploads).bearer(&app.token).header("tus-resumable", "0.2.2")).expect(412);
        assert_eq!((old.header("tus-version"), old.header("tus-resumable")), ("1.0.0", "1.0.0"));
        tus(app, "POST", &uploads).send().expect(400);
        tus(app, "POST", &uploads).header("upload-length", "-1").send().expect(400);
        create(tus(app, "POST", &uploads).header("upload-metadata", "filename §§")).expect(400);
        create(tus(app, "POST", &uploads).header("upload-checksum", "md5 AAAA")).expect(400);
        tus(app, "POST", &uploads).header("upload-length", (3_u64 << 30).to_string()).send().expect(413);
        assert_eq!(files(app), 0);

        let address = begun(app, pool, "", 20);
        part(app, &address, 0, b"0123456789").expect(204);
        part(app, &address, 0, b"0123456789").expect(409);
        part(app, &address, 11, b"012345678").expect(409);
        part(app, &address, 10, b"0123456789a").expect(413);
        assert_eq!(offset(app, &address), 10, "nothing of it counts");
        tus(app, "PATCH", &address).header("upload-offset", "10").header("content-type", "text/csv").body("x").send().expect(415);
        tus(app, "PATCH", &address).header("content-type", PART).body("x").send().expect(400);
        app.call("PATCH", &address).bearer(&app.token).header("content-type", PART).header("upload-offset", "10").send().expect(412);
        part(app, &format!("{uploads}/nirgends"), 0, b"x").expect(404);
        part(app, &format!("{uploads}/..%2f..%2fetc"), 0, b"x").expect(404);
        assert_eq!(offset(app, &address), 10);
        tus(app, "DELETE", &address).send().expect(204);
        assert_eq!((tus(app, "HEAD", &address).send().status, files(app)), (404, 0));
    })
    .await;
}

#[tokio::test]
async fn a_part_that_arrives_otherwise_than_it_was_sent_is_thrown_away() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let address = begun(app, pool, "", 100);
        let sum = |text: &str| format!("sha256 {}", BASE64_STANDARD.encode(Sha256::digest(text)));
        let send = |sum: String, text: &'static str, at: &str| {
            let call = tus(app, "PATCH", &address).header("content-type", PART).header("upload-offset", at);
            call.header("upload-checksum", sum).body(text).send()
        };
        send(sum("Name"), "Nane", "0").expect(460);
        assert_eq!(offset(app, &address), 0);
        send(sum("Name"), "Name", "0").expect(204);
        assert_eq!(offset(app, &address), 4);
        let hello = format!("sha1 {}", "Kq5sNclPz7QV2+lfQIuc6R7oRu0=");
        send(hello, "hello world", "4").expect(204);
        assert_eq!(offset(app, &address), 15);
    })
    .await;
}

#[tokio::test]
async fn a_proxy_that_knows_only_post_lets_it_through() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let address = begun(app, pool, "", 9);
        let call = |method: &str| tus(app, "POST", &address).header("x-http-method-override", method);
        call("PATCH").header("content-type", PART).header("upload-offset", "0").body("abc").send().expect(204);
        assert_eq!(call("HEAD").send().expect(200).header("upload-offset"), "3");
        call("PURGE").send().expect(405);
        call("DELETE").send().expect(204);
        call("HEAD").send().expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_can_not_be_read_is_refused_with_its_last_part_and_goes() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        for (query, bytes) in [("", &b"PK\x03\x04 no archive"[..]), ("?key=NOSUCH", b"Name\nMaier\n"), ("?key=EMAIL", b"Name\nMaier\n")] {
            let address = begun(app, pool, query, bytes.len());
            let refused = part(app, &address, 0, bytes).expect(422);
            assert!(refused.header("content-type").starts_with("application/problem+json"), "{query}");
            assert_eq!((tus(app, "HEAD", &address).send().status, files(app)), (404, 0), "{query}");
        }
        let empty = tus(app, "POST", &format!("/api/v1/pools/{pool}/uploads")).header("upload-length", "0").send();
        assert_eq!((empty.status, files(app)), (422, 0), "{}", empty.text());
    })
    .await;
}

#[tokio::test]
async fn nobody_else_sees_or_changes_the_file_of_somebody() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let address = begun(app, pool, "", 20);
        part(app, &address, 0, b"01234").expect(204);
        let bob = app.token_with(domain::role::ReadyRole::Editor.rights().with(domain::rights::Right::Import)).await;
        let eve = app.token_of_another_client().await;
        for token in [&bob, &eve] {
            let call = |method| app.call(method, &address).bearer(token).header("tus-resumable", "1.0.0");
            call("HEAD").send().expect(404);
            call("PATCH").header("content-type", PART).header("upload-offset", "5").body("x").send().expect(404);
            call("DELETE").send().expect(404);
        }
        let other = app.create_pool("Andere");
        let elsewhere = address.replace(&format!("/pools/{pool}/"), &format!("/pools/{other}/"));
        tus(app, "HEAD", &elsewhere).send().expect(404);
        assert_eq!(offset(app, &address), 5);
    })
    .await;
}

/// A part of which this much is sent, and no more.
fn half(app: &TestApp, address: &str, from: usize, bytes: &[u8], announced: usize) -> TcpStream {
    let mut stream = TcpStream::connect(app.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let head = format!(
        "PATCH {address} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ntus-resumable: 1.0.0\r\ncontent-type: {PART}\r\n\
         upload-offset: {from}\r\ncontent-length: {announced}\r\n\r\n",
        app.token
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(bytes).unwrap();
    stream
}

/// Waits until so much is acknowledged.
#[track_caller]
fn reaches(app: &TestApp, address: &str, least: usize) -> usize {
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let at = offset(app, address);
        if at >= least {
            return at;
        }
        assert!(Instant::now() < until, "only {at} bytes are acknowledged");
        std::thread::yield_now();
    }
}

/// Few rows of many bytes: what is sent counts here, not what is imported.
fn large(rows: usize) -> Vec<u8> {
    let mut file = b"E-Mail;Name;Ballast\n".to_vec();
    for n in 0..rows {
        write!(file, "p{n}@example.com;Person {n};").unwrap();
        file.extend(std::iter::repeat_n(b'a' + u8::try_from(n % 26).unwrap(), 100_000));
        file.push(b'\n');
    }
    file
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill_and_the_import_has_each_row_once() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let file = large(250);
        let address = begun(app, pool, "", file.len());
        let sent = half(app, &address, 0, &file[..20_000_000], file.len());
        let told = reaches(app, &address, 8 << 20);
        let busy = part(app, &address, told, b"x");
        assert_eq!(busy.status, 423, "the first one is still at it: {}", busy.text());
        app.kill_and_restart();
        drop(sent);
        let at = offset(app, &address);
        assert!(at >= told, "{at} of {told} acknowledged bytes are left");
        let last = part(app, &address, at, &file[at..]).expect(204);
        let job = app.job_done(last.header("lagune-job").parse().unwrap());
        assert_eq!(job["state"], "done", "{job}");
        let import = app.api("GET", &format!("/imports/{}", last.header("lagune-import"))).send().expect(200).json();
        assert_eq!((&import["counts"]["rows"], &import["counts"]["created"]), (&json!(250), &json!(250)));
    })
    .await;
}

#[tokio::test]
async fn what_arrived_before_the_connection_broke_stays() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let address = begun(app, pool, "", FILE.len());
        let mut sent = half(app, &address, 0, &FILE.as_bytes()[..30], FILE.len());
        sent.shutdown(Shutdown::Write).unwrap();
        let _ = sent.read_to_end(&mut Vec::new());
        reaches(app, &address, 30);
        let until = Instant::now() + Duration::from_secs(60);
        let last = loop {
            let last = part(app, &address, 30, &FILE.as_bytes()[30..]);
            if last.status != 423 || Instant::now() > until {
                break last.expect(204);
            }
        };
        app.job_done(last.header("lagune-job").parse().unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_whole_file_of_which_a_killed_process_made_no_import_gets_one() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let address = begun(app, pool, "", FILE.len());
        let id = address.rsplit('/').next().unwrap();
        // As if the process had been killed behind the last byte.
        std::fs::write(app.folder.path().join(format!("data/uploads/{id}.csv")), FILE).unwrap();
        app.database.sql(&format!("update uploads set received = length where id = '{id}'")).await.unwrap();
        let looked = tus(app, "HEAD", &address).send().expect(200);
        let job = looked.header("lagune-job").parse().unwrap();
        app.job_done(job);
        // As if it had been killed between making and starting the import.
        let address = begun(app, pool, "?review=true", FILE.len());
        let made = part(app, &address, 0, FILE.as_bytes()).expect(204);
        let id = address.rsplit('/').next().unwrap();
        app.database
            .sql(&format!("update uploads set how = replace(how, '\"review\":true', '\"review\":false') where id = '{id}'"))
            .await
            .unwrap();
        let looked = tus(app, "HEAD", &address).send().expect(200);
        assert_eq!(looked.header("lagune-import"), made.header("lagune-import"));
        app.job_done(looked.header("lagune-job").parse().unwrap());
        let total = app.api("GET", &format!("/pools/{pool}/profiles")).send().expect(200).json()["total"].clone();
        assert_eq!(total, json!(2), "the second file finds the profiles of the first");
    })
    .await;
}

#[tokio::test]
async fn nobody_waits_for_ever_for_the_next_part() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let (old, young) = (begun(app, pool, "", 20), begun(app, pool, "", 20));
        part(app, &old, 0, b"01234").expect(204);
        let id = old.rsplit('/').next().unwrap();
        app.database.sql(&format!("update uploads set expires_at = 1 where id = '{id}'")).await.unwrap();
        tus(app, "HEAD", &old).send().expect(404);
        part(app, &old, 5, b"x").expect(404);
        assert_eq!(files(app), 2);
        app.kill_and_restart();
        let until = Instant::now() + Duration::from_secs(60);
        while files(app) > 1 {
            assert!(Instant::now() < until, "what expired is not removed");
            std::thread::yield_now();
        }
        assert_eq!(offset(app, &young), 0);
    })
    .await;
}

#[tokio::test]
async fn a_part_in_drops_is_not_waited_for_and_what_came_of_it_stays() {
    let app = TestApp::start(Engine::Sqlite, &[("LAGUNE_REQUEST_SECONDS", "1")]).await;
    let pool = app.create_pool("Kunden");
    let address = begun(&app, pool, "", 100);
    let mut sent = half(&app, &address, 0, b"0123456789", 100);
    let mut said = String::new();
    let _ = sent.read_to_string(&mut said);
    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
    assert_eq!(offset(&app, &address), 10);
    app.stop().await;
}
