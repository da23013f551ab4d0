//! Refused rows come back as a file of the same format, whole and with their reasons; corrected, they are imported once more.

use std::{
    fs,
    time::{Duration, SystemTime},
};

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use serde_json::{Value, json};

use crate::{
    http::Answer,
    support::{TestApp, on_each_server},
};

/// Imports a file and gives its import as it is then, with the result of its job.
fn imported(app: &TestApp, pool: i64, query: &str, file: impl Into<Vec<u8>>) -> (Value, Value) {
    let call = app.api("POST", &format!("/pools/{pool}/imports?{query}")).header("content-type", "text/csv");
    let begun = call.body(file.into()).send().expect(202).json();
    let job = app.job_done(begun["job"].as_i64().unwrap());
    assert_eq!(job["state"], "done", "{job}");
    (app.api("GET", &format!("/imports/{}", begun["import"])).send().expect(200).json(), job["result"].clone())
}

fn rejects(app: &TestApp, import: &Value) -> Answer {
    app.api("GET", &format!("/imports/{}/rejects", import["id"])).send()
}

#[tokio::test]
async fn a_table_of_text_comes_back_as_it_was_and_is_imported_when_it_is_right() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        // Windows-1252, blank lines, quotation marks, a column that goes nowhere, one that is called as the reasons would be.
        let text = "E-Mail;Name;Notiz;Grund\r\nanna@example.com;Adler;a;1\r\n\r\nkeine;\"B\u{f6}hm; \"\"der\"\" \u{c4}ltere\";=1+1;2\r\n\r\n\r\nauch keine;Cramer;\"zwei\r\nZeilen\";3\r\nben@example.com;Bergmann;;4\r\n";
        let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
        let (import, result) = imported(app, pool, "file_name=kunden.csv", bytes);
        assert_eq!((&import["counts"]["created"], &import["counts"]["refused"], &result["rejects"]), (&json!(2), &json!(2), &json!(2)));
        let answer = rejects(app, &import).expect(200);
        assert!(answer.header("content-disposition").contains("kunden abgelehnt.csv"), "{}", answer.header("content-disposition"));
        let back: String = answer.body.iter().map(|byte| char::from(*byte)).collect();
        let lines: Vec<&str> = back.split("\r\n").collect();
        assert_eq!(lines[0], "E-Mail;Name;Notiz;Grund;Grund (2)");
        assert!(lines[1].starts_with("keine;\"B\u{f6}hm; \"\"der\"\" \u{c4}ltere\";=1+1;2;E-Mail: "), "{}", lines[1]);
        assert!(back.contains("auch keine;Cramer;\"zwei\r\nZeilen\";3;E-Mail: "), "{back}");
        assert!(!back.contains("anna@") && !back.contains("Bergmann"), "{back}");

        let right = back.replace("auch keine", "cora@example.com").replace("keine", "berta@example.com");
        let right: Vec<u8> = right.chars().map(|c| u8::try_from(c).unwrap()).collect();
        let (import, result) = imported(app, pool, "file_name=kunden.csv", right);
        assert_eq!((&import["counts"]["created"], &import["counts"]["refused"], &result["rejects"]), (&json!(2), &json!(0), &json!(0)));
        rejects(app, &import).expect(410);
        let list = app.api("GET", &format!("/pools/{pool}/profiles?q=cora")).send().expect(200).json();
        assert_eq!(list["items"][0]["fields"]["NAME"], "Cramer");
        let found = app.api("GET", &format!("/pools/{pool}/profiles?q=berta")).send().expect(200).json();
        assert_eq!(found["items"][0]["fields"]["NAME"], "B\u{f6}hm; \"der\" \u{c4}ltere");
    })
    .await;
}

#[tokio::test]
async fn each_format_comes_back_in_its_own() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let ndjson = "{\"EMAIL\":\"anna@example.com\",\"NAME\":\"Adler\"}\n{\"EMAIL\":\"keine\",\"NAME\":\"B\u{f6}hm\",\"ort\":{\"plz\":\"50667\"}}\n";
        let (import, _) = imported(app, pool, "file_name=a.ndjson", ndjson);
        let back: Value = serde_json::from_str(rejects(app, &import).expect(200).text().trim()).unwrap();
        assert_eq!((&back["EMAIL"], &back["NAME"], &back["ort.plz"]), (&json!("keine"), &json!("B\u{f6}hm"), &json!("50667")));
        assert!(back["Grund"].as_str().unwrap().starts_with("EMAIL: "), "{back}");

        let list = "[{\"EMAIL\":\"keine\",\"NAME\":\"Adler\"},{\"EMAIL\":\"ben@example.com\"},{\"EMAIL\":\"x\",\"NAME\":\"\"}]";
        let (import, _) = imported(app, pool, "file_name=a.json", list);
        let back: Value = rejects(app, &import).expect(200).json();
        assert_eq!((back.as_array().unwrap().len(), &back[0]["NAME"], back[1].get("NAME")), (2, &json!("Adler"), None));

        let page = "<table><tr><th>E-Mail</th><th>Name</th></tr><tr><td>keine</td><td>007</td></tr><tr><td>dora@example.com</td><td>D</td></tr></table>";
        let (import, _) = imported(app, pool, "file_name=a.html", page);
        let answer = rejects(app, &import).expect(200);
        let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(answer.body.clone())).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
        assert_eq!((rows[0].as_slice(), &rows[1][..2]), (&["E-Mail", "Name", "Grund"].map(String::from)[..], &["keine", "007"].map(String::from)[..]));
        let (import, _) = imported(app, pool, "file_name=a.xlsx", answer.body.clone());
        assert_eq!((&import["counts"]["rows"], &import["counts"]["refused"]), (&json!(1), &json!(1)), "the same once more");

        let cards = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna Adler\r\nN:Adler;Anna;;;\r\nEMAIL:keine\r\nEND:VCARD\r\n";
        let (import, _) = imported(app, pool, "file_name=a.vcf", cards);
        let answer = rejects(app, &import).expect(200);
        assert!(answer.header("content-disposition").contains("a abgelehnt.csv"));
        assert!(answer.text().contains("Adler") && answer.text().contains("keine"), "{}", answer.text());
    })
    .await;
}

#[tokio::test]
async fn many_refused_rows_stay_in_step_with_the_file() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let mut text = "E-Mail\tName\n".to_owned();
        for n in 0..50_000 {
            let gap = if n % 7 == 0 { "\n" } else { "" };
            let mail = if n % 5 < 2 { format!("keine{n}") } else { format!("p{n}@example.com") };
            text += &format!("{gap}{mail}\tName {n}\n");
        }
        let (import, result) = imported(app, pool, "file_name=viele.tsv", text);
        assert_eq!((&import["counts"]["refused"], &result["rejects"]), (&json!(20_000), &json!(20_000)));
        let answer = rejects(app, &import).expect(200);
        let text = answer.text();
        let rows: Vec<&str> = text.trim_start_matches('\u{feff}').lines().skip(1).collect();
        assert_eq!(rows.len(), 20_000);
        for (nth, row) in rows.iter().enumerate() {
            let n = nth / 2 * 5 + nth % 2;
            assert!(row.starts_with(&format!("keine{n}\tName {n}\t")), "{row}");
        }
    })
    .await;
}

#[tokio::test]
async fn rows_that_rules_leave_out_are_among_them_and_a_program_gets_them_too() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let file = app.file("messe.csv", "E-Mail;Name\nanna@example.com;Adler\nkeine;B\nanna@example.com;Zweite\n".as_bytes());
        let to = app.folder.path().join("abgelehnt.csv");
        let arguments = ["import", "--pool", "Kunden", "--duplicates", "first", "--rejects", to.to_str().unwrap(), file.to_str().unwrap()];
        app.lagune(&arguments);
        let text = fs::read_to_string(&to).unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains("keine;B;") && text.contains("anna@example.com;Zweite;"), "{text}");
        let again = app.command(&arguments).output().unwrap();
        assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("there already"));
        assert_eq!(fs::read_to_string(&to).unwrap(), text);
        let _ = pool;
    })
    .await;
}

#[tokio::test]
async fn a_file_of_refused_rows_goes_after_14_days_and_belongs_to_its_client() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let (import, _) = imported(app, pool, "", "E-Mail;Name\nkeine;B\n");
        let eve = app.token_of_another_client().await;
        app.call("GET", &format!("/api/v1/imports/{}/rejects", import["id"])).bearer(&eve).send().expect(404);
        let cookie = app.sign_in();
        app.get(&format!("/imports/{}/rejects", import["id"])).cookie(&cookie).send().expect(200);
        let log = app.api("GET", "/audit").send().expect(200).text();
        assert!(log.contains("\"rejects\""), "{log}");
        let path = app.folder.path().join(format!("data/rejects/{}.csv", import["id"]));
        let age = |days: u64| {
            let at = SystemTime::now() - Duration::from_secs(days * 24 * 3_600);
            fs::File::options().write(true).open(&path).unwrap().set_modified(at).unwrap();
        };
        age(13);
        app.kill_and_restart();
        rejects(app, &import).expect(200);
        age(15);
        app.kill_and_restart();
        let until = std::time::Instant::now() + Duration::from_secs(30);
        while path.exists() {
            assert!(std::time::Instant::now() < until, "it stays");
            std::thread::sleep(Duration::from_millis(50));
        }
        rejects(app, &import).expect(410);
    })
    .await;
}
