//! The dialog of a field as it is without the script: plain forms, and what they answer.

use serde_json::{Value, json};

use crate::http::Answer;
use crate::support::{TestApp, on_each_server};

struct Dialog<'a> {
    app: &'a TestApp,
    cookie: String,
    pool: i64,
    field: Value,
}

impl<'a> Dialog<'a> {
    fn of(app: &'a TestApp, new: &Value) -> Self {
        let pool = app.create_pool("Kunden");
        let field = app.api("POST", &format!("/pools/{pool}/fields")).json(new).send().expect(201).json();
        Self { app, cookie: app.sign_in(), pool, field }
    }

    fn path(&self) -> String {
        format!("/pools/{}/configuration?field={}", self.pool, self.field["id"])
    }

    fn open(&self) -> String {
        self.app.get(&self.path()).browser().cookie(&self.cookie).send().expect(200).text()
    }

    /// Sends the form as it was opened, with some inputs typed over.
    fn save(&self, was: &Value, typed: &[(&str, &str)]) -> Answer {
        let (was, id) = (was.to_string(), self.field["id"].to_string());
        let base = [("form[what]", "change_field"), ("form[field]", id.as_str()), ("form[was]", was.as_str())];
        let form = [&base[..], typed].concat();
        self.app.call("POST", &self.path()).browser().cookie(&self.cookie).form(&form).send()
    }

    fn now(&self) -> Value {
        self.app.api("GET", &format!("/pools/{}/fields/{}", self.pool, self.field["id"])).send().expect(200).json()
    }
}

#[tokio::test]
async fn two_people_save_one_field_and_the_second_sees_both_values() {
    on_each_server(async |app| {
        let dialog = Dialog::of(app, &json!({"label": "Farbe", "kind": "single_line", "help": "Hilfe"}));
        let was = json!({"label": "Farbe", "default": "", "help": "Hilfe", "category": dialog.field["category"]});
        let mine = [("form[label]", "Meine Farbe"), ("form[help]", "Hilfe")];
        // Something else about the field: both stay.
        let path = format!("/pools/{}/fields/FARBE", dialog.pool);
        app.api("PATCH", &path).json(&json!({"help": "Deren Hilfe", "default": "Blau"})).send().expect(200);
        let saved = dialog.save(&was, &mine).expect(302);
        assert!(saved.header("location").contains("/configuration?done="), "{}", saved.header("location"));
        let now = dialog.now();
        assert_eq!((&now["label"], &now["help"], &now["default"]), (&json!("Meine Farbe"), &json!("Deren Hilfe"), &json!("Blau")));

        // The same: nothing is written, both are shown.
        let was = json!({"label": "Farbe", "default": "Blau", "help": "Hilfe", "category": dialog.field["category"]});
        let mine = [("form[label]", "Ton"), ("form[help]", "Hilfe"), ("form[required]", "on")];
        let page = dialog.save(&was, &mine).expect(200).text();
        assert!(page.contains("hat dieses Feld inzwischen geändert"), "who and when is said");
        assert!(page.contains(r#"name="choose-label""#) && !page.contains(r#"name="choose-help""#), "only what both changed");
        assert!(page.contains(r#"value="Ton""#), "what was typed is kept");
        assert_eq!((dialog.now()["label"].clone(), dialog.now()["required"].clone()), (json!("Meine Farbe"), json!(false)));

        // The form that was shown goes out again, with a choice.
        let shown = json!({"label": "Meine Farbe", "default": "Blau", "help": "Deren Hilfe", "category": dialog.field["category"]});
        let typed = [("form[label]", "Ton"), ("form[help]", "Deren Hilfe"), ("form[required]", "on")];
        dialog.save(&shown, &[&typed[..], &[("choose-label", "theirs")]].concat()).expect(302);
        assert_eq!((dialog.now()["label"].clone(), dialog.now()["required"].clone()), (json!("Meine Farbe"), json!(true)));
        dialog.save(&shown, &[&typed[..], &[("choose-label", "mine")]].concat()).expect(302);
        assert_eq!(dialog.now()["label"], "Ton");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_in_the_dialog_is_said_and_what_was_typed_is_kept() {
    on_each_server(async |app| {
        let dialog = Dialog::of(app, &json!({"label": "Seit", "kind": "date"}));
        let was = json!({"label": "Seit", "default": "", "help": "", "category": dialog.field["category"]});
        let page = dialog.save(&was, &[("form[label]", "Kunde seit"), ("form[default]", "irgendwann")]).expect(200).text();
        assert!(page.contains(r#"value="irgendwann""#) && page.contains(r#"value="Kunde seit""#), "nothing typed is lost");
        assert!(page.contains("field__error"));
        assert_eq!(dialog.now()["label"], "Seit");
        let gone = format!("/pools/{}/fields/SEIT", dialog.pool);
        app.api("DELETE", &gone).send().expect(200);
        let page = dialog.save(&was, &[("form[label]", "Kunde seit")]).expect(200).text();
        assert!(page.contains("Jemand anderes hat es inzwischen gelöscht"));
    })
    .await;
}

#[tokio::test]
async fn an_option_becomes_the_default_by_a_plain_button() {
    on_each_server(async |app| {
        let dialog = Dialog::of(app, &json!({"label": "Farbe", "kind": "selection", "options": ["Rot", "Blau"]}));
        let button = |value: &str| {
            let form = [("pool", dialog.pool.to_string()), ("form[go]", value.to_owned())];
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let sent = app
                .call("POST", "/api/configuration/shape")
                .browser()
                .header("referer", format!("http://{}{}", app.address, dialog.path()));
            sent.cookie(&dialog.cookie).form(&form).send().expect(302)
        };
        let (field, red, blue) = (&dialog.field["id"], &dialog.field["option_ids"][0], &dialog.field["option_ids"][1]);
        let page = dialog.open();
        for option in [red, blue] {
            assert!(page.contains(&format!(r#"value="default_option:{field}:{option}:on:""#)), "the buttons are in the form");
        }
        assert!(button(&format!("default_option:{field}:{red}:on:")).header("location").contains(&format!("&field={field}")));
        assert_eq!(dialog.now()["default"], "Rot");
        // Who has not seen that, replaces nothing.
        let late = button(&format!("default_option:{field}:{blue}:on:")).header("location").to_owned();
        assert!(late.contains("__err="), "{late}");
        assert_eq!(dialog.now()["default"], "Rot");
        button(&format!("default_option:{field}:{blue}:on:{red}"));
        assert_eq!(dialog.now()["default"], "Blau");
        button(&format!("default_option:{field}:{blue}::{blue}"));
        assert_eq!(dialog.now()["default"], Value::Null);
    })
    .await;
}
