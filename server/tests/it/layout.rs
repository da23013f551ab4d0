use serde_json::{Value, json};

use crate::support::{on_each_server, with_input};

const FILE: &str = "format: 1
categories:
  - role: basic
    fields:
      - {key: TITLE, required: true}
  - name: Hobbys
    fields:
      - {key: HOBBY, label: Hobby, kind: multi_selection, options: [Lesen, Reisen], default: Lesen}
      - {key: EMAIL, kind: date}
";

fn signs(answer: &Value) -> Vec<String> {
    let lines = answer["lines"].as_array().unwrap().iter().filter(|line| line["sign"] != "kept");
    lines.map(|line| format!("{} {}", line["sign"].as_str().unwrap(), line["subject"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn a_layout_is_read_compared_and_applied() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let layout = format!("/pools/{pool}/layout");
        let put = |query: &str, body: &str| {
            app.api("PUT", &format!("{layout}{query}")).header("content-type", "application/yaml").body(body).send()
        };
        let dry = put("?dry_run=true", FILE).expect(200).json();
        let expected = ["added Hobbys", "added Hobby (HOBBY)", "changed Titel (TITLE)", "refused E-Mail (EMAIL)"];
        assert_eq!((signs(&dry), &dry["applied"], &dry["changes"]), (expected.map(str::to_owned).to_vec(), &json!(false), &json!(3)));
        let done = put("", FILE).expect(200).json();
        assert_eq!((&done["applied"], done["change"].is_i64()), (&json!(true), true));
        let again = put("", FILE).expect(200).json();
        assert_eq!((signs(&again), &again["change"]), (vec!["refused E-Mail (EMAIL)".to_owned()], &Value::Null));

        for (query, accept, kind) in
            [("?format=yaml", "", "yaml"), ("", "application/yaml", "yaml"), ("?format=json", "", "json"), ("", "*/*", "json")]
        {
            let file = app.api("GET", &format!("{layout}{query}")).header("accept", accept).send().expect(200);
            assert_eq!(file.header("content-type"), format!("application/{kind}"));
            assert!(file.header("content-disposition").ends_with(&format!("Kunden.{kind}")), "{}", file.header("content-disposition"));
            let same = put("", &file.text()).expect(200).json();
            assert_eq!(same["lines"], json!([]), "a pool is as its own file says");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_layout_is_refused_with_its_lines() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let put = |body: Vec<u8>| app.api("PUT", &format!("/pools/{pool}/layout")).header("accept-language", "en").body(body).send();
        let wrong = put(b"format: 1\ncategories:\n  - fields: x\n".to_vec()).expect(422).json();
        assert_eq!(wrong["code"], "unreadable_layout");
        assert_eq!(wrong["errors"].as_array().unwrap().len(), 2);
        assert!(wrong["detail"].as_str().unwrap().starts_with("Line 3, categories[1].fields: A list is expected."), "{wrong}");
        put(b"a: &a [1]\nb: *a\n".to_vec()).expect(422);
        put(vec![0xff, 0xfe]).expect(422);
        put(vec![b' '; 1_500_000]).expect(422);
        assert_eq!(put(vec![b' '; 10_000_000]).expect(413).json()["code"], "too_large");
        app.api("PUT", "/pools/99/layout").body(FILE).send().expect(404);
        app.call("PUT", &format!("/api/v1/pools/{pool}/layout")).body(FILE).send().expect(401);
    })
    .await;
}

#[tokio::test]
async fn pools_begin_with_a_template_or_as_a_copy_and_come_back() {
    on_each_server(async |app| {
        let create = |body: Value| app.api("POST", "/pools").header("accept-language", "en").json(&body).send();
        let id = create(json!({"name": "Firmen", "template": "b2b"})).expect(201).json()["id"].as_i64().unwrap();
        let labels = |pool: i64| {
            let fields = app.api("GET", &format!("/pools/{pool}/fields")).send().expect(200).json();
            fields["items"].as_array().unwrap().iter().map(|field| field["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert!(labels(id).contains(&"Lead status".to_owned()));
        let copy = create(json!({"name": "Kopie", "copy_of": "Firmen"})).expect(201).json()["id"].as_i64().unwrap();
        assert_eq!(labels(copy), labels(id));
        create(json!({"name": "X", "template": "other"})).expect(422);
        create(json!({"name": "X", "template": "b2b", "copy_of": "Firmen"})).expect(422);
        create(json!({"name": "X", "copy_of": "Nirgends"})).expect(404);
        app.api("DELETE", &format!("/pools/{copy}")).send().expect(204);
        assert_eq!(app.api("POST", &format!("/pools/{copy}/restore")).send().expect(200).json()["name"], "Kopie");
        app.api("POST", &format!("/pools/{copy}/restore")).send().expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_script_moves_a_layout_from_one_pool_to_another() {
    on_each_server(async |app| {
        app.lagune(&["pool", "create", "Test", "--template", "event"]);
        app.lagune(&["pool", "create", "Echt"]);
        for format in ["yaml", "json"] {
            let text = app.lagune(&["pool", "export", "Test", "--format", format]);
            let file = app.file("layout", text.as_bytes());
            let file = file.to_str().unwrap();
            let dry = app.lagune(&["pool", "apply", "Echt", file, "--dry-run"]);
            assert_eq!(dry.contains("+ "), format == "yaml", "{dry}");
            assert_eq!(app.lagune(&["pool", "apply", "Echt", file]), dry);
            assert_eq!(app.lagune(&["pool", "apply", "Echt", file]), "");
        }
        assert_eq!(app.lagune(&["pool", "export", "Echt"]).replace("pool: Echt", "pool: Test"), app.lagune(&["pool", "export", "Test"]));
        let wrong = with_input(&mut app.command(&["pool", "apply", "Echt", "-"]), "Hallo");
        let said = String::from_utf8(wrong.stderr).unwrap();
        assert_eq!(wrong.status.code(), Some(1), "{said}");
        assert!(said.contains("Line 1: Entries with names are expected"), "{said}");
    })
    .await;
}
