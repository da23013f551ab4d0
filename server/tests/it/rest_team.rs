//! People, roles, tokens, clients, mails and sessions by REST: what the pages do, with the same refusals.

use domain::{
    rights::{Right, Rights},
    role::ReadyRole,
};
use serde_json::{Value, json};

use crate::{
    http::{Answer, Call},
    support::{EMAIL, PASSWORD, TestApp, on_each_server},
};

fn by(app: &TestApp, token: &str, method: &'static str, path: &str) -> Call {
    app.call(method, &format!("/api/v1{path}")).bearer(token)
}

/// A call by the administrator with a body, that must answer so.
#[track_caller]
fn done(app: &TestApp, method: &'static str, path: &str, body: Value, status: u16) -> Value {
    json_of(app.api(method, path).json(&body).send().expect(status))
}

#[track_caller]
fn got(app: &TestApp, path: &str) -> Value {
    app.api("GET", path).send().expect(200).json()
}

fn json_of(answer: Answer) -> Value {
    if answer.body.is_empty() { Value::Null } else { answer.json() }
}

/// That a call is refused because of this field, in a sentence that says what to do.
#[track_caller]
fn refused(answer: Answer, field: &str, code: &str) {
    let document = answer.expect(422).json();
    let errors: Vec<_> = document["errors"].as_array().unwrap().iter().map(|one| (one["field"].as_str(), one["code"].as_str())).collect();
    assert!(errors.contains(&(Some(field), Some(code))), "{document}");
    for one in document["errors"].as_array().unwrap() {
        assert!(one["detail"].as_str().unwrap().ends_with(['.', '?']), "{document}");
    }
}

fn redeem(app: &TestApp, link: &str) -> String {
    let token = link.split_once("token=").expect("a link").1;
    let form = [("token", token), ("name", "Ina Neu"), ("password", "ein langer Satz von Ina")];
    app.call("POST", "/sign-in/link").browser().form(&form).send().expect(303).cookie()
}

#[track_caller]
fn invited(app: &TestApp, email: &str, role: &str) -> (Value, String) {
    let answer = done(app, "POST", "/members", json!({"email": email, "name": "Ina", "role": role}), 201);
    (answer["member"]["id"].clone(), answer["link"].as_str().unwrap_or_default().to_owned())
}

fn own_id(app: &TestApp) -> Value {
    got(app, "/me")["id"].clone()
}

/// The newest entries of the log with this deed: who did it, and to what.
fn told(app: &TestApp, deed: &str) -> Vec<(String, String)> {
    let items = got(app, &format!("/audit?deed={deed}"))["items"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    items.iter().map(|entry| (text(&entry["actor"]["kind"]), text(&entry["object"]["name"]))).collect()
}

#[tokio::test]
async fn somebody_is_invited_comes_in_is_changed_and_taken_out() {
    on_each_server(async |app| {
        let answer =
            app.api("POST", "/members").json(&json!({"email": "Ina@Example.com", "name": "Ina", "role": "viewer"})).send().expect(201);
        let (location, made) = (answer.header("location").to_owned(), answer.json());
        let (id, link) = (made["member"]["id"].clone(), made["link"].as_str().expect("no mail server is set").to_owned());
        assert_eq!(location, format!("/api/v1/members/{id}"));
        assert!(link.starts_with(&format!("http://{}/sign-in/link?token=", app.address)), "{link}");
        assert_eq!(
            (&made["mailed"], &made["member"]["state"], &made["member"]["seen_at"]),
            (&Value::Null, &json!("invited"), &Value::Null)
        );

        let cookie = redeem(app, &link);
        let path = format!("/members/{id}");
        let member = got(app, &path);
        assert_eq!((&member["name"], &member["email"], &member["state"]), (&json!("Ina Neu"), &json!("ina@example.com"), &json!("active")));
        assert!(member["seen_at"].as_str().unwrap().ends_with('Z') && member["second_factor"] == json!(false), "{member}");
        let english = app.api("GET", &path).header("accept-language", "en").send().json()["role_name"].clone();
        assert_eq!((&member["role_name"], &english), (&json!("Einsicht"), &json!("Viewer")));
        let names: Vec<Value> = got(app, "/members")["items"].as_array().unwrap().iter().map(|one| one["email"].clone()).collect();
        assert_eq!(names, [json!(EMAIL), json!("ina@example.com")]);

        let changed = done(app, "PATCH", &path, json!({"role": "editor", "disabled": true}), 200);
        assert_eq!((&changed["role"], &changed["state"], &changed["linkable"]), (&json!("editor"), &json!("disabled"), &json!(false)));
        app.get("/").browser().cookie(&cookie).send().expect(303);
        refused(app.api("POST", &format!("{path}/link")).send(), "user", "beyond_rights");
        assert_eq!(done(app, "PATCH", &path, json!({"disabled": false}), 200)["state"], "active");
        assert_eq!(done(app, "PATCH", &path, json!({}), 200)["role"], "editor");
        let again = done(app, "POST", &format!("{path}/link"), json!({}), 200);
        assert!(again["link"].as_str().is_some_and(|link| link.contains("token=")) && again["mailed"].is_null(), "{again}");
        app.api("POST", &format!("{path}/second-factor/reset")).send().expect(204);
        app.api("DELETE", &path).send().expect(204);
        app.api("GET", &path).send().expect(404);

        let ina = ("api".to_owned(), "ina@example.com".to_owned());
        assert_eq!(told(app, "user_created")[0], ina);
        assert_eq!(told(app, "member_changed")[..3], [ina.clone(), ina.clone(), ina.clone()], "role and state of one call are two entries");
        assert_eq!(told(app, "user_removed"), std::slice::from_ref(&ina));
        assert_eq!(told(app, "link_made"), [ina.clone(), ina]);
        assert!(!got(app, "/audit?limit=500").to_string().contains(link.split_once("token=").unwrap().1));
    })
    .await;
}

#[tokio::test]
async fn the_last_one_who_manages_users_stays() {
    on_each_server(async |app| {
        let path = format!("/members/{}", own_id(app));
        refused(app.api("PATCH", &path).json(&json!({"role": "viewer"})).send(), "role", "last_administrator");
        refused(app.api("PATCH", &path).json(&json!({"disabled": true})).send(), "role", "last_administrator");
        refused(app.api("DELETE", &path).send(), "role", "last_administrator");
        assert_eq!((&got(app, &path)["role"], &got(app, &path)["state"]), (&json!("administrator"), &json!("active")));
        // Nor is half of a call done whose other half fails.
        refused(app.api("PATCH", &path).json(&json!({"role": "administrator", "disabled": true})).send(), "role", "last_administrator");
        assert_eq!(told(app, "member_changed").len(), 1, "the one of the beginning");
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_or_takes_more_than_they_have() {
    on_each_server(async |app| {
        let little = app.token_with(Rights::of(&[Right::Users, Right::SeePools])).await;
        let call = |method, path: &str, body: Value| by(app, &little, method, path).json(&body).send();
        let boss = own_id(app);
        let invite = |role: &str| call("POST", "/members", json!({"email": "x@example.com", "name": "X", "role": role}));
        for role in ["administrator", "operator", "marketing"] {
            refused(invite(role), "role", "beyond_rights");
        }
        let boss = format!("/members/{boss}");
        refused(call("PATCH", &boss, json!({"role": "viewer"})), "role", "beyond_rights");
        refused(call("PATCH", &boss, json!({"disabled": true})), "role", "beyond_rights");
        refused(call("DELETE", &boss, json!({})), "role", "beyond_rights");
        refused(call("POST", &format!("{boss}/link"), json!({})), "user", "beyond_rights");
        refused(call("POST", &format!("{boss}/second-factor/reset"), json!({})), "user", "beyond_rights");
        let seen = call("GET", &boss, json!({})).expect(200).json();
        assert_eq!((&seen["changeable"], &seen["linkable"]), (&json!(false), &json!(false)));

        refused(call("POST", "/roles", json!({"name": "Mehr", "rights": ["pools.see", "configure"]})), "role", "beyond_rights");
        refused(call("PATCH", "/roles/marketing", json!({"rights": []})), "role", "beyond_rights");
        refused(call("DELETE", "/roles/marketing", json!({})), "role", "beyond_rights");
        refused(app.api("PATCH", "/roles/administrator").json(&json!({"rights": []})).send(), "rights", "role_fixed");
        let own = call("POST", "/roles", json!({"name": "Weniger", "rights": ["pools.see"]})).expect(201).json();
        assert_eq!((&own["code"], &own["changeable"]), (&json!("weniger"), &json!(true)));
        refused(call("PATCH", "/roles/weniger", json!({"rights": ["pools.see", "log.see"]})), "role", "beyond_rights");
        let listed = call("GET", "/roles", json!({})).expect(200).json();
        let changeable: Vec<_> = listed["items"].as_array().unwrap().iter().filter(|role| role["changeable"] == json!(true)).collect();
        assert_eq!(changeable.len(), 2, "those of little: {changeable:?}");
        // Whoever is not to manage users learns nothing of them.
        let looker = app.api("POST", "/tokens").json(&json!({"name": "x", "rights": ["pools.see", "api"]})).send().expect(201).json();
        for path in ["/members", "/roles", "/mails", "/client", "/clients", "/members/1", "/roles/editor"] {
            by(app, looker["secret"].as_str().unwrap(), "GET", path).send().expect(403);
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_is_shown_once_and_can_not_raise_itself() {
    on_each_server(async |app| {
        let body = json!({"name": "Shop", "rights": ["pools.see", "users", "api"], "days": 30});
        let made = done(app, "POST", "/tokens", body, 201);
        let (id, secret) = (made["token"]["id"].clone(), made["secret"].as_str().unwrap().to_owned());
        assert!(secret.starts_with("lagune_"));
        assert_eq!(made["token"]["rights"], json!(["pools.see", "users", "api"]));
        let listed = got(app, "/tokens");
        assert_eq!(listed["items"][0]["id"], id);
        assert!(listed["items"][0]["expires_at"].is_string() && !listed.to_string().contains(&secret[7..]), "{listed}");

        let call = |method, path: &str, body: Value| by(app, &secret, method, path).json(&body).send();
        let me = call("GET", "/me", json!({})).expect(200).json();
        assert_eq!((&me["token"], &me["rights"], &me["email"]), (&id, &json!(["pools.see", "users", "api"]), &json!(EMAIL)));
        let more = |rights: Value| call("POST", "/tokens", json!({"name": "Mehr", "rights": rights}));
        refused(more(json!(["pools.see", "configure"])), "rights", "beyond_rights");
        refused(more(json!(["audit"])), "rights", "unknown_choice");
        refused(more(json!(["profiles.see"])), "rights", "beyond_rights");
        refused(more(json!([])), "rights", "required");
        // Neither itself, nor its person, nor a role.
        let own = format!("/members/{}", me["id"]);
        refused(call("PATCH", &own, json!({"role": "administrator"})), "role", "beyond_rights");
        refused(call("POST", &format!("{own}/link"), json!({})), "user", "beyond_rights");
        refused(call("POST", "/roles", json!({"name": "Alles", "rights": ["pools.see", "pools.delete"]})), "role", "beyond_rights");
        call("POST", "/clients", json!({"name": "Neu"})).expect(403);

        let less = more(json!(["pools.see"])).expect(201).json();
        assert_eq!(less["token"]["expires_at"], made["token"]["expires_at"], "none outlives the one that made it");
        let less = less["secret"].as_str().unwrap();
        by(app, less, "GET", "/pools").send().expect(200);
        by(app, less, "GET", "/me").send().expect(200);
        for path in ["/members", "/tokens", "/me/sessions"] {
            by(app, less, "GET", path).send().expect(403);
        }
        by(app, less, "DELETE", "/me/sessions").send().expect(403);
        by(app, less, "POST", "/tokens").json(&json!({"name": "x", "rights": ["pools.see"]})).send().expect(403);

        app.api("DELETE", &format!("/tokens/{id}")).send().expect(204);
        call("GET", "/me", json!({})).expect(401);
        app.api("DELETE", &format!("/tokens/{id}")).send().expect(404);
        assert_eq!(told(app, "token_revoked"), [("api".to_owned(), "Shop".to_owned())]);
        assert_eq!(told(app, "token_created")[0], ("api".to_owned(), "Mehr".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn one_sees_ones_own_tokens_and_who_manages_users_all() {
    on_each_server(async |app| {
        let bob = app.token_with(Rights::of(&[Right::SeePools])).await;
        let names = |token: &str| {
            let listed = by(app, token, "GET", "/tokens").send().expect(200).json();
            listed["items"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        let (all, his) = (names(&app.token), names(&bob));
        assert_eq!((all.len(), his.len()), (2, 1));
        let other = all.iter().find(|id| !his.contains(id)).unwrap();
        by(app, &bob, "DELETE", &format!("/tokens/{other}")).send().expect(404);
        app.api("DELETE", &format!("/tokens/{}", his[0])).send().expect(204);
        by(app, &bob, "GET", "/me").send().expect(401);
    })
    .await;
}

#[tokio::test]
async fn a_role_is_made_read_changed_and_deleted() {
    on_each_server(async |app| {
        app.create_pool("Kunden");
        let body = json!({"name": "Österreich", "rights": ["pools.see", "profiles.see", "profiles.edit", "import", "erase"], "rule": "COUNTRY = \"AT\""});
        let answer = app.api("POST", "/roles").json(&body).send().expect(201);
        assert_eq!(answer.header("location"), "/api/v1/roles/oesterreich");
        let made = answer.json();
        assert_eq!(made["rights"], json!(["profiles.see", "profiles.edit", "pools.see", "erase"]), "an import meets every profile");
        let tree = json!({"compare": {"field": "COUNTRY", "op": "is", "values": ["AT"]}});
        assert_eq!((&made["rule"], &made["rule_tree"]), (&json!("COUNTRY = \"AT\""), &tree));
        assert_eq!((&made["ready"], &made["members"]), (&json!(false), &json!(0)));

        let change = |body: Value| done(app, "PATCH", "/roles/oesterreich", body, 200);
        let renamed = change(json!({"name": "Außendienst"}));
        assert_eq!((&renamed["name"], &renamed["rights"], &renamed["rule"]), (&json!("Außendienst"), &made["rights"], &made["rule"]));
        let tree = json!({"not": {"any": [tree, {"compare": {"field": "CITY", "op": "is", "values": ["Wien"]}}]}});
        let other = change(json!({"rule_tree": tree}));
        assert_eq!((&other["rule_tree"], &other["rule"]), (&tree, &json!("not (COUNTRY = \"AT\" or CITY = \"Wien\")")));
        let free = change(json!({"rule": null, "rights": ["pools.see", "profiles.see", "import"]}));
        assert_eq!((&free["rule"], &free["rule_tree"]), (&Value::Null, &Value::Null));
        assert_eq!(free["rights"], json!(["profiles.see", "pools.see", "import"]));
        assert_eq!(got(app, "/roles/oesterreich"), free);

        let (id, _) = invited(app, "ina@example.com", "oesterreich");
        refused(app.api("DELETE", "/roles/oesterreich").send(), "role", "role_used");
        done(app, "PATCH", &format!("/members/{id}"), json!({"role": "viewer"}), 200);
        app.api("DELETE", "/roles/oesterreich").send().expect(204);
        app.api("GET", "/roles/oesterreich").send().expect(404);

        // One that comes with Lagune is adapted, and becomes again what it was.
        let adapted = done(app, "PATCH", "/roles/viewer", json!({"name": "Praktikum", "rights": ["pools.see"]}), 200);
        assert_eq!((&adapted["name"], &adapted["changed"], &adapted["ready"]), (&json!("Praktikum"), &json!(true), &json!(true)));
        assert_eq!(done(app, "PATCH", "/roles/viewer", json!({"name": null}), 200)["name"], "Einsicht");
        app.api("DELETE", "/roles/viewer").send().expect(204);
        let codes: Vec<&str> = ReadyRole::Viewer.rights().iter().map(Right::code).collect();
        assert_eq!((&got(app, "/roles/viewer")["rights"], &got(app, "/roles/viewer")["changed"]), (&json!(codes), &json!(false)));
        for (deed, n) in [("role_created", 1), ("role_changed", 5), ("role_deleted", 2)] {
            let told = told(app, deed);
            assert!(told.len() == n && told.iter().all(|(kind, _)| kind == "api"), "{deed}: {told:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn all_rights_are_told_with_what_they_need() {
    on_each_server(async |app| {
        let rights = app.api("GET", "/rights").header("accept-language", "en").send().expect(200).json();
        let rights = rights["items"].as_array().unwrap();
        assert_eq!(rights.len(), Right::ALL.len());
        let export = rights.iter().find(|right| right["code"] == "profiles.export").unwrap();
        assert_eq!(
            (&export["label"], &export["needs"], &export["fits_rule"]),
            (&json!("Profiles: Export"), &json!("export"), &json!(true))
        );
        // A role of all of them is one that the administrator can make, but for what is the operator's.
        let codes: Vec<&Value> = rights.iter().map(|right| &right["code"]).filter(|code| **code != "clients").collect();
        let made = done(app, "POST", "/roles", json!({"name": "Alles", "rights": codes}), 201);
        assert_eq!(made["rights"], json!(codes));
    })
    .await;
}

#[tokio::test]
async fn a_client_is_set_up_in_part_and_operators_make_others() {
    on_each_server(async |app| {
        let before = got(app, "/client");
        let patch = json!({"zone": "America/New_York", "lang": "en", "colour": "violet", "sending_domain": "News.Example.com",
            "password_length": 16, "idle_minutes": 30, "session_hours": 8, "second_factor": false});
        let changed = done(app, "PATCH", "/client", patch, 200);
        assert_eq!(changed["name"], before["name"]);
        let told_now =
            [&changed["zone"], &changed["colour"], &changed["sending_domain"], &changed["password_length"], &changed["idle_minutes"]];
        assert_eq!(told_now, [&json!("America/New_York"), &json!("violet"), &json!("news.example.com"), &json!(16), &json!(30)]);
        let back = done(app, "PATCH", "/client", json!({"sending_domain": null, "password_length": null, "idle_minutes": null}), 200);
        assert_eq!((&back["sending_domain"], &back["idle_minutes"], &back["session_hours"]), (&Value::Null, &Value::Null, &json!(8)));
        assert_eq!((&back["password_length"], &back["zone"]), (&json!(12), &json!("America/New_York")));
        assert_eq!(got(app, "/client"), back);
        assert_eq!(told(app, "client_changed").len(), 2);
        app.api("GET", "/clients").send().expect(403);
        app.api("POST", "/clients").json(&json!({"name": "Filiale"})).send().expect(403);

        let operator = app.token_with(Rights::all()).await;
        let call = |method, path: &str, body: Value| by(app, &operator, method, path).json(&body).send();
        let made = call("POST", "/clients", json!({"name": "Filiale"})).expect(201).json();
        assert_eq!((&made["name"], &made["zone"]), (&json!("Filiale"), &json!("America/New_York")));
        refused(call("POST", "/clients", json!({"name": "FILIALE"})), "name", "taken");
        let there = call("POST", "/clients", json!({"name": "Wien", "zone": "Europe/Vienna"})).expect(201).json();
        let all = call("GET", "/clients", json!({})).expect(200).json();
        let mine: Vec<_> =
            all["items"].as_array().unwrap().iter().map(|one| (one["name"].as_str().unwrap(), one["mine"].clone())).collect();
        assert_eq!(mine, [("Filiale", json!(true)), ("Lagune", json!(true)), ("Wien", json!(true))]);
        assert_ne!(there["id"], made["id"]);
        // A token stays where it was made.
        assert_eq!(call("GET", "/me", json!({})).expect(200).json()["client"]["name"], "Lagune");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_named_field_by_field_in_clear_sentences() {
    on_each_server(async |app| {
        app.create_pool("Kunden");
        let member = json!({"email": "keine", "name": "", "role": "chefin", "extra": 1});
        let answer = || app.api("POST", "/members").json(&member).send();
        for (field, code) in [("email", "not_an_email"), ("name", "required"), ("role", "unknown_choice"), ("extra", "unknown_field")] {
            refused(answer(), field, code);
        }
        refused(
            app.api("POST", "/members").json(&json!({"email": EMAIL, "name": "A", "role": "viewer"})).send(),
            "email",
            "already_member",
        );
        let (id, _) = invited(app, "ina@example.com", "viewer");
        let path = format!("/members/{id}");
        refused(app.api("PATCH", &path).json(&json!({"role": "chefin"})).send(), "role", "unknown_choice");
        refused(app.api("PATCH", &path).json(&json!({"disabled": "ja"})).send(), "disabled", "wrong_type");

        let role = |body: Value| app.api("POST", "/roles").json(&body).send();
        refused(role(json!({})), "name", "required");
        refused(role(json!({})), "rights", "required");
        refused(role(json!({"name": "A", "rights": ["profiles.fly"]})), "rights", "unknown_choice");
        refused(role(json!({"name": "A", "rights": "pools.see"})), "rights", "wrong_type");
        refused(role(json!({"name": "Redaktion", "rights": ["pools.see"]})), "name", "taken");
        for rule in ["COUNTRY =", "COUNTRY = \"AT\" und CITY = \"x\"", "(((("] {
            refused(role(json!({"name": "A", "rights": [], "rule": rule})), "rule", "not_a_condition");
        }
        refused(role(json!({"name": "A", "rights": [], "rule": "SCHUHE = \"1\""})), "rule", "unknown_field");
        refused(role(json!({"name": "A", "rights": [], "rule_tree": {"none": []}})), "rule_tree", "not_a_condition");
        refused(
            role(json!({"name": "A", "rights": [], "rule_tree": {"compare": {"field": "COUNTRY", "op": "is", "values": []}}})),
            "rule",
            "wrong_value_count",
        );
        refused(
            role(json!({"name": "A", "rights": [], "rule": "NAME is filled", "rule_tree": {"all": []}})),
            "rule_tree",
            "unknown_choice",
        );
        let deep = (0..60).fold(json!({"all": []}), |tree, _| json!({"not": tree}));
        refused(role(json!({"name": "A", "rights": [], "rule_tree": deep})), "rule", "too_deep");
        done(app, "POST", "/roles", json!({"name": "Eigene", "rights": ["pools.see"]}), 201);
        refused(app.api("PATCH", "/roles/eigene").json(&json!({"name": null})).send(), "name", "required");

        let client = |body: Value| app.api("PATCH", "/client").json(&body).send();
        for (body, field, code) in [
            (json!({"name": ""}), "name", "required"),
            (json!({"zone": "Mars/Olympus"}), "zone", "unknown_zone"),
            (json!({"lang": "fr"}), "lang", "unknown_language"),
            (json!({"colour": "#123456"}), "colour", "unknown_choice"),
            (json!({"sending_domain": "localhost"}), "sending_domain", "not_a_domain"),
            (json!({"password_length": 7}), "password_length", "out_of_range"),
            (json!({"idle_minutes": 1}), "idle_minutes", "out_of_range"),
            (json!({"session_hours": -1}), "session_hours", "out_of_range"),
            (json!({"second_factor": 1}), "second_factor", "wrong_type"),
            (json!({"logo": "x"}), "logo", "unknown_field"),
        ] {
            refused(client(body), field, code);
        }
        for days in [json!(0), json!(-1), json!(3_651), json!(9_007_199_254_740_991_i64)] {
            let body = json!({"name": "A", "rights": ["pools.see"], "days": days});
            refused(app.api("POST", "/tokens").json(&body).send(), "days", "out_of_range");
        }
        let english = client(json!({"zone": "Mars"})).json();
        let german = app.api("PATCH", "/client").header("accept-language", "en").json(&json!({"zone": "Mars"})).send().json();
        assert_ne!(english["errors"][0]["detail"], german["errors"][0]["detail"]);
        assert_eq!(got(app, "/client")["name"], "Lagune", "nothing of all this was kept");
    })
    .await;
}

#[tokio::test]
async fn what_belongs_to_another_client_is_not_found_as_what_does_not_exist() {
    on_each_server(async |app| {
        let eve = app.token_of_another_client().await;
        let there = |method, path: &str, body: Value| by(app, &eve, method, path).json(&body).send();
        let her = there("GET", "/me", json!({})).expect(200).json()["id"].clone();
        there("POST", "/roles", json!({"name": "Fremdrolle", "rights": ["pools.see"]})).expect(201);
        let token = there("POST", "/tokens", json!({"name": "x", "rights": ["pools.see"]})).expect(201).json()["token"]["id"].clone();
        there("POST", "/members", json!({"email": "fremd@example.com", "name": "F", "role": "viewer"})).expect(201);
        let mail = there("GET", "/mails", json!({})).expect(200).json()["items"][0]["id"].clone();
        let calls: [(&'static str, &str, Value, Value, Value); 12] = [
            ("GET", "/members/", her.clone(), json!(987_654), json!({})),
            ("PATCH", "/members/", her.clone(), json!(987_654), json!({"role": "viewer"})),
            ("DELETE", "/members/", her.clone(), json!(987_654), json!({})),
            ("POST", "/members/§/link", her.clone(), json!(987_654), json!({})),
            ("POST", "/members/§/second-factor/reset", her.clone(), json!(987_654), json!({})),
            ("GET", "/roles/", json!("fremdrolle"), json!("nirgends"), json!({})),
            ("PATCH", "/roles/", json!("fremdrolle"), json!("nirgends"), json!({"rights": []})),
            ("DELETE", "/roles/", json!("fremdrolle"), json!("nirgends"), json!({})),
            ("DELETE", "/tokens/", token, json!(987_654), json!({})),
            ("POST", "/mails/§/send-again", mail, json!(987_654), json!({})),
            ("DELETE", "/me/sessions/", json!("00ff00ff00ff00ff"), json!("abc"), json!({})),
            ("GET", "/members/", json!("abc"), json!("-1"), json!({})),
        ];
        for (method, path, theirs, none, body) in calls {
            let answer = |id: &Value| {
                let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
                let path = if path.contains('§') { path.replace('§', &id) } else { format!("{path}{id}") };
                let told = app.api(method, &path).json(&body).send().expect(404).json();
                (told["code"].clone(), told["detail"].clone())
            };
            assert_eq!(answer(&theirs), answer(&none), "{method} {path}");
        }
        refused(
            app.api("POST", "/members").json(&json!({"email": "n@example.com", "name": "N", "role": "fremdrolle"})).send(),
            "role",
            "unknown_choice",
        );
        assert!(there("GET", "/members", json!({})).expect(200).text().contains("fremd@example.com"));
        assert!(!got(app, "/members").to_string().contains("fremd@") && !got(app, "/mails").to_string().contains("fremd@"));
    })
    .await;
}

#[tokio::test]
async fn the_name_of_somebody_who_works_for_another_client_is_told_when_they_come_in() {
    on_each_server(async |app| {
        let eve = app.token_of_another_client().await;
        let there = |method, path: &str, body: Value| by(app, &eve, method, path).json(&body).send();
        // Ada works for the first client, and has a password. Eve types her address.
        let joined = there("POST", "/members", json!({"email": EMAIL, "name": "Wie Eve sie nennt", "role": "viewer"})).expect(201).json();
        let names = || there("GET", "/members", json!({})).expect(200).text();
        assert_eq!((&joined["link"], &joined["mailed"], &joined["member"]["name"]), (&Value::Null, &Value::Null, &json!("")));
        assert_eq!((&joined["member"]["seen_at"], &joined["member"]["linkable"]), (&Value::Null, &json!(false)));
        let name = got(app, "/me")["name"].clone();
        assert!(!names().contains("Wie Eve sie nennt"), "{}", names());
        refused(there("POST", &format!("/members/{}/link", joined["member"]["id"]), json!({})), "user", "beyond_rights");
        assert_eq!(got(app, &format!("/members/{}", joined["member"]["id"]))["name"], name, "where she is known she keeps her name");

        // Whom another client has invited and who has yet to come in: no link into that client is shown.
        let (_, link) = invited(app, "ina@example.com", "viewer");
        assert!(!link.is_empty());
        let again =
            there("POST", "/members", json!({"email": "ina@example.com", "name": "Inas Name", "role": "viewer"})).expect(201).json();
        assert_eq!((&again["link"], &again["member"]["name"], &again["member"]["state"]), (&Value::Null, &json!(""), &json!("invited")));
        let cookie = redeem(app, &link);
        assert!(!names().contains("Ina Neu"), "she came in elsewhere");
        let client = there("GET", "/me", json!({})).json()["client"]["id"].to_string();
        let switch = app.call("POST", "/api/clients/switch").cookie(&cookie).header("sec-fetch-site", "same-origin");
        switch.form(&[("client", &client)]).send().expect(200);
        assert!(names().contains("Ina Neu"), "{}", names());

        // The page says no more.
        let page = app.call("POST", "/api/team/invite").browser().cookie(&app.sign_in());
        let page = page.form(&[("email", "eve@example.com"), ("name", "E"), ("role", "viewer")]).send();
        let told = app.get("/team").browser().cookie(&format!("{}; {}", app.sign_in(), page.cookie())).send().expect(200).text();
        assert!(told.contains("eve@example.com") && !told.contains(">Eve") && !told.contains("Eve hat"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn mails_are_listed_with_what_became_of_them() {
    on_each_server(async |app| {
        invited(app, "ina@example.com", "viewer");
        let mails = got(app, "/mails");
        assert_eq!(mails["sends"], json!(false));
        let mail = &mails["items"][0];
        let told = [&mail["to"], &mail["kind"], &mail["state"], &mail["repeatable"]];
        assert_eq!(told, [&json!("ina@example.com"), &json!("invitation"), &json!("failed"), &json!(false)]);
        app.api("POST", &format!("/mails/{}/send-again", mail["id"])).send().expect(404);
    })
    .await;
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions() {
    on_each_server(async |app| {
        let (first, second, third) = (app.sign_in(), app.sign_in(), app.sign_in());
        let mine = app.get("/api/v1/me/sessions").cookie(&second).send().expect(200).json();
        let mine = mine["items"].as_array().unwrap();
        assert_eq!((mine.len(), mine.iter().filter(|one| one["this"] == json!(true)).count()), (3, 1));
        assert_eq!(mine[0]["address"], "127.0.0.1");
        assert!(
            got(app, "/me/sessions")["items"].as_array().unwrap().iter().all(|one| one["this"] == json!(false)),
            "a token is no session"
        );
        let this = mine.iter().find(|one| one["this"] == json!(true)).unwrap()["id"].as_str().unwrap();

        let end = |cookie: &str, path: &str| {
            app.call("DELETE", &format!("/api/v1/me/sessions{path}")).cookie(cookie).header("sec-fetch-site", "same-origin").send()
        };
        assert_eq!(end(&first, "").expect(200).json()["ended"], 2);
        end(&second, "").expect(401);
        app.get("/api/v1/me").cookie(&third).send().expect(401);
        app.api("DELETE", &format!("/me/sessions/{this}")).send().expect(404);
        let rest = got(app, "/me/sessions")["items"][0]["id"].as_str().unwrap().to_owned();
        app.api("DELETE", &format!("/me/sessions/{rest}")).send().expect(204);
        app.get("/api/v1/me").cookie(&first).send().expect(401);
        assert_eq!(told(app, "sessions_ended").len(), 2);
        let by_password = [("email", EMAIL), ("password", PASSWORD)];
        app.call("POST", "/sign-in").browser().form(&by_password).send().expect(303);
        assert_eq!(app.api("DELETE", "/me/sessions").send().expect(200).json()["ended"], 1);
    })
    .await;
}

#[tokio::test]
async fn deleted_fields_are_listed_and_brought_back_with_their_data() {
    on_each_server(async |app| {
        let pool = app.create_pool("Kunden");
        let at = |rest: &str| format!("/pools/{pool}{rest}");
        let field = done(app, "POST", &at("/fields"), json!({"label": "Schuhgröße", "kind": "integer"}), 201);
        let key = field["key"].as_str().unwrap().to_owned();
        let profile = app.create_profile(pool, json!({"NAME": "A", &key: 43}))["id"].clone();
        assert_eq!(got(app, &at("/fields/deleted"))["items"], json!([]));
        app.api("DELETE", &at(&format!("/fields/{key}"))).send().expect(200);
        let deleted = got(app, &at("/fields/deleted"))["items"][0].clone();
        assert_eq!((&deleted["id"], &deleted["key"], &deleted["kind"]), (&field["id"], &json!(key), &json!("integer")));
        assert!(deleted["deleted_at"].as_str().unwrap() < deleted["until"].as_str().unwrap());
        let restore = |id: &Value| app.api("POST", &at(&format!("/fields/{id}/restore"))).send();
        let change = restore(&field["id"]).expect(200).json()["change"].clone();
        assert_eq!(got(app, &at(&format!("/profiles/{profile}")))["fields"][&key], 43);
        restore(&field["id"]).expect(404);
        restore(&json!(987_654)).expect(404);
        app.api("POST", &at(&format!("/changes/{change}/undo"))).send().expect(200);
        assert_eq!(got(app, &at("/fields/deleted"))["items"][0]["id"], field["id"]);
    })
    .await;
}

#[tokio::test]
async fn who_lacks_a_right_is_noted_once_an_hour_for_each_right() {
    on_each_server(async |app| {
        let bob = app.token_with(Rights::of(&[Right::SeePools])).await;
        for _ in 0..3 {
            by(app, &bob, "GET", "/members").send().expect(403);
            by(app, &bob, "GET", "/roles").send().expect(403);
            by(app, &bob, "GET", "/audit").send().expect(403);
        }
        by(app, &bob, "GET", "/pools").send().expect(200);
        by(app, &bob, "GET", "/pools/999").send().expect(404);
        let entries = got(app, "/audit?deed=access_refused")["items"].clone();
        let told: Vec<_> = entries.as_array().unwrap().iter().map(|entry| (&entry["object"]["name"], &entry["actor"]["kind"])).collect();
        assert_eq!(told, [(&json!("log.see"), &json!("api")), (&json!("users"), &json!("api"))]);
        assert_eq!(entries[0]["from"]["address"], "127.0.0.1");

        // On pages, by their functions and in files the same; a person is somebody else than their token.
        let store = app.database.open().await;
        let client = store.first_client().await.unwrap().unwrap();
        let users = store.members(client).await.unwrap();
        let bob = users.iter().find(|one| one.email == "bob@example.com").unwrap().user;
        store.close().await;
        let link = app.lagune(&["link", "--user", "bob@example.com"]);
        let cookie = redeem(app, &link);
        let look = |path: &str| app.get(path).browser().cookie(&cookie).send().status;
        for _ in 0..2 {
            assert_eq!((look("/team"), look("/audit"), look("/pools/999/export.csv")), (403, 403, 403));
        }
        let mine = got(app, &format!("/audit?deed=access_refused&who=user:{bob}"))["items"].as_array().unwrap().clone();
        let mut rights: Vec<&str> = mine.iter().map(|entry| entry["object"]["name"].as_str().unwrap()).collect();
        rights.sort_unstable();
        assert_eq!(rights, ["log.see", "profiles.export", "users"]);
        assert!(mine.iter().all(|entry| entry["from"]["session"].is_string()));
        let page = app.get("/audit?deed=access_refused").browser().cookie(&app.sign_in()).send().expect(200).text();
        assert!(page.contains("Zugriff verweigert") && page.contains("Benutzer und Rollen verwalten"), "{page}");
    })
    .await;
}
