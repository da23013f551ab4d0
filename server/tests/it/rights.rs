//! Every server function, every call of REST and every other address × every role: who may, and who is refused.
//! Whatever is new and stands in no table here fails the test.

use std::collections::{BTreeMap, BTreeSet};

use app::api::configuration::entry::FieldEntry;
use domain::{
    config::Step,
    import::{Encoding, Mapping, Reading},
    layout::ListLayout,
    rights::{Right, Rights},
    role::ReadyRole,
    text::{Email, Name},
};
use sha2::{Digest as _, Sha256};
use store::{Store, accounts::NewUser, roles::RoleWish, sessions::NewSession, testing::NOW};

use crate::support::{TestApp, on_each_server};

/// Who may call something.
#[derive(Clone, Copy, Debug)]
enum Needs {
    /// Whoever is signed in; what they get may depend on their rights.
    Nothing,
    One(Right),
    AnyOf(&'static [Right]),
    AllOf(&'static [Right]),
}

use Needs::{AllOf, AnyOf, Nothing, One};
use Right as R;

impl Needs {
    fn met_by(self, rights: Rights) -> bool {
        match self {
            Nothing => true,
            One(right) => rights.has(right),
            AnyOf(some) => some.iter().any(|right| rights.has(*right)),
            AllOf(all) => all.iter().all(|right| rights.has(*right)),
        }
    }
}

/// Server functions by address, with arguments that name nothing that exists.
const FUNCTIONS: &[(&str, Needs, &str)] = &[
    ("session/frame", Nothing, ""),
    ("settings/look", Nothing, "lang=de&theme=dark"),
    ("settings/password", Nothing, "old=x&new=y"),
    ("settings/sessions", Nothing, ""),
    ("settings/end_sessions", Nothing, "key=none"),
    ("jobs/list", Nothing, ""),
    ("jobs/active", Nothing, ""),
    ("jobs/cancel", Nothing, "job=999"),
    ("clients/switch", Nothing, "client=999"),
    ("team/members", One(R::Users), ""),
    ("team/invite", One(R::Users), "email=&name=&role=viewer"),
    ("team/link", One(R::Users), "user=999"),
    ("team/reset_factor", One(R::Users), "user=999"),
    ("team/role", One(R::Users), "user=999&role=viewer"),
    ("team/disable", One(R::Users), "user=999&off=true"),
    ("team/remove", One(R::Users), "user=999"),
    ("mails/list", One(R::Users), ""),
    ("mails/again", One(R::Users), "mail=999"),
    ("roles/list", One(R::Users), ""),
    ("roles/save", One(R::Users), "code=none&name=x"),
    ("roles/delete", One(R::Users), "code=none"),
    ("clients/settings", One(R::Users), ""),
    ("clients/save", One(R::Users), "form[name]="),
    ("clients/list", One(R::Clients), ""),
    ("clients/create", One(R::Clients), "name="),
    ("audit/list", One(R::SeeLog), "query="),
    ("tokens/list", One(R::Api), ""),
    ("tokens/create", One(R::Api), "name=&days=1"),
    ("tokens/revoke", One(R::Api), "token=999"),
    ("pools/list", One(R::SeePools), ""),
    ("pools/field_counts", One(R::SeePools), ""),
    ("pools/integration", One(R::SeePools), "pool=999"),
    ("pools/create", One(R::CreatePools), "name="),
    ("pools/create_for_file", One(R::CreatePools), "x=1"),
    ("pools/demo", One(R::CreatePools), ""),
    ("pools/rename", One(R::EditPools), "pool=999&name=x"),
    ("pools/delete", One(R::DeletePools), "pool=999"),
    ("pools/deleted", One(R::DeletePools), ""),
    ("pools/restore", One(R::DeletePools), "pool=999"),
    ("configuration/show", One(R::SeePools), "pool=999"),
    ("configuration/options", One(R::SeePools), "pool=999&field=1"),
    ("configuration/uses", One(R::SeePools), "pool=999&field=1"),
    ("configuration/option_uses", One(R::SeePools), "pool=999&field=1&option=1"),
    ("configuration/lacking", One(R::Configure), "pool=999&field=1"),
    ("configuration/default", One(R::Configure), "kind=integer&typed=1"),
    ("configuration/take", One(R::Configure), ""),
    ("configuration/field", One(R::Configure), ""),
    ("configuration/option", One(R::Configure), ""),
    ("configuration/undo", One(R::Configure), "pool=999&change=1"),
    ("configuration/shape", One(R::Configure), "pool=999"),
    ("layout/compare", One(R::Configure), "pool=999&text=x"),
    ("layout/apply", One(R::Configure), "pool=999&text=x"),
    ("layout/undo", One(R::Configure), "pool=999&change=1"),
    ("convert/sheet", One(R::Configure), "pool=999&field=1"),
    ("convert/start", One(R::Configure), "pool=999&field=1&to=date"),
    ("convert/undo", One(R::Configure), "pool=999&field=1&conversion=1"),
    ("options/merge", One(R::Configure), "pool=999&field=1&from=1&to=2"),
    ("fields/restore", One(R::Configure), "pool=999&field=1"),
    ("backups/list", One(R::Restore), "pool=999"),
    ("backups/one", One(R::Restore), "pool=999&backup=1"),
    ("backups/create", One(R::Restore), "pool=999&name=x"),
    ("backups/rename", One(R::Restore), "pool=999&backup=1&name=x"),
    ("backups/pin", One(R::Restore), "pool=999&backup=1&pinned=true"),
    ("backups/delete", One(R::Restore), "pool=999&backup=1"),
    ("exports/sheet", One(R::ExportProfiles), "pool=999&query="),
    ("imports/sheet", One(R::Import), "pool=999&import=1"),
    ("imports/preview", One(R::Import), ""),
    ("imports/start", One(R::Import), "pool=999&import=1&reading=x&columns[0]=x"),
    ("imports/divide", One(R::Import), "pool=999&import=1&reading=x&columns[0]=x"),
    ("imports/field", AllOf(&[R::Import, R::Configure]), "pool=999&import=1&reading=x&columns[0]=x"),
    ("imports/rules", One(R::Import), "pool=999&import=1"),
    ("imports/begin", One(R::Import), "pool=999&import=1&form[existing]=both"),
    ("imports/check", One(R::Import), "pool=999&import=1&form[existing]=both"),
    ("imports/check/again", One(R::Import), "pool=999&import=1"),
    ("imports/check/sheet", One(R::Import), "pool=999&import=1"),
    ("imports/check/correct", One(R::Import), "pool=999&import=1"),
    ("imports/check/start", One(R::Import), "pool=999&import=1"),
    ("imports/run", One(R::Import), "pool=999&import=1"),
    ("imports/undo", One(R::Import), "pool=999&import=1"),
    ("imports/hosts", One(R::Import), ""),
    ("imports/fetch", One(R::Import), "pool=999&address=https://files.example/a.csv"),
    ("mappings/save", One(R::Import), "pool=999&import=1&reading=x&columns[0]=x&name=x"),
    ("mappings/rename", One(R::Import), "pool=999&mapping=1&name=x"),
    ("mappings/delete", One(R::Import), "pool=999&mapping=1"),
    ("schedules/list", One(R::Import), "pool=999"),
    ("schedules/setup", One(R::Import), "pool=999"),
    ("schedules/save", One(R::Import), "pool=999&form[name]=x"),
    ("schedules/run", One(R::Import), "pool=999&schedule=1"),
    ("schedules/delete", One(R::Import), "pool=999&schedule=1"),
    ("profiles/start", One(R::SeeProfiles), "pool=999&query="),
    ("profiles/list", One(R::SeeProfiles), "pool=999&query="),
    ("profiles/count", One(R::SeeProfiles), "pool=999&query="),
    ("profiles/find", One(R::SeeProfiles), "q=x"),
    ("profiles/refresh", One(R::SeeProfiles), ""),
    ("profiles/show", One(R::SeeProfiles), "pool=999&id=1"),
    ("profiles/check", One(R::SeeProfiles), "pool=999&key=NAME"),
    ("profiles/moment", One(R::SeeProfiles), "pool=999&key=NAME&typed=x"),
    ("profiles/place", One(R::SeeProfiles), "pool=999&country=DE"),
    ("layouts/save", One(R::SeeProfiles), ""),
    ("layouts/columns", One(R::SeeProfiles), "pool=999"),
    ("profiles/blank", One(R::CreateProfiles), "pool=999"),
    ("profiles/save", One(R::CreateProfiles), "pool=999&revision=1&values={}&was={}"),
    ("profiles/delete", One(R::DeleteProfiles), "pool=999"),
    ("profiles/edit", One(R::EditProfiles), "pool=999"),
    ("profiles/undo", AnyOf(&[R::EditProfiles, R::DeleteProfiles]), "pool=999&batch=1"),
    ("profiles/set_back", One(R::EditProfiles), "pool=999&profile=1&line=1&key=NAME"),
    ("restores/sheet", One(R::Restore), "pool=999&backup=1"),
    ("restores/compare", One(R::Restore), "pool=999&backup=1"),
    ("restores/start", One(R::Restore), "pool=999&restore=1&back=on"),
    ("restores/undo", One(R::Restore), "pool=999&restore=1"),
    ("profiles/restore", One(R::Restore), "pool=999"),
    ("profiles/bin", One(R::Restore), "pool=999&page=1"),
];

/// The calls of REST by their operation.
const CALLS: &[(&str, Needs)] = &[
    ("list_pools", One(R::SeePools)),
    ("read_pool", One(R::SeePools)),
    ("create_pool", One(R::CreatePools)),
    ("rename_pool", One(R::EditPools)),
    ("delete_pool", One(R::DeletePools)),
    ("restore_pool", One(R::DeletePools)),
    ("read_layout", One(R::ExportPools)),
    ("apply_layout", One(R::Configure)),
    ("list_fields", One(R::SeePools)),
    ("read_field", One(R::SeePools)),
    ("create_field", One(R::Configure)),
    ("change_field", One(R::Configure)),
    ("delete_field", One(R::Configure)),
    ("move_field", One(R::Configure)),
    ("field_uses", One(R::SeePools)),
    ("list_categories", One(R::SeePools)),
    ("create_category", One(R::Configure)),
    ("change_category", One(R::Configure)),
    ("delete_category", One(R::Configure)),
    ("undo_change", One(R::Configure)),
    ("add_options", One(R::Configure)),
    ("change_option", One(R::Configure)),
    ("delete_option", One(R::Configure)),
    ("merge_options", One(R::Configure)),
    ("preview_conversion", One(R::Configure)),
    ("read_conversion_failures", One(R::Configure)),
    ("begin_conversion", One(R::Configure)),
    ("read_conversion", One(R::Configure)),
    ("undo_conversion", One(R::Configure)),
    ("read_integration", One(R::SeePools)),
    ("read_integration_csv", One(R::SeePools)),
    ("read_schema", One(R::SeePools)),
    ("read_pool_openapi", One(R::SeePools)),
    ("list_profiles", One(R::SeeProfiles)),
    ("read_profile", One(R::SeeProfiles)),
    ("create_profile", One(R::CreateProfiles)),
    ("patch_profile", One(R::EditProfiles)),
    ("delete_profile", One(R::DeleteProfiles)),
    ("delete_profiles", One(R::DeleteProfiles)),
    ("edit_profiles", One(R::EditProfiles)),
    ("undo_batch", AnyOf(&[R::EditProfiles, R::DeleteProfiles])),
    ("export_profiles", One(R::ExportProfiles)),
    ("export_profiles_csv", One(R::ExportProfiles)),
    ("list_export_layouts", One(R::ExportProfiles)),
    ("save_export_layout", One(R::ExportProfiles)),
    ("delete_export_layout", One(R::ExportProfiles)),
    ("create_export", One(R::ExportProfiles)),
    ("read_export", One(R::ExportProfiles)),
    ("read_export_file", One(R::ExportProfiles)),
    ("list_backups", One(R::Restore)),
    ("create_backup", One(R::Restore)),
    ("read_backup", One(R::Restore)),
    ("change_backup", One(R::Restore)),
    ("delete_backup", One(R::Restore)),
    ("read_backup_contents", One(R::Restore)),
    ("verify_backup", One(R::Restore)),
    ("read_backup_file", One(R::Restore)), // and more, once there is one: backups.rs
    ("create_import", One(R::Import)),
    ("read_import", One(R::Import)),
    ("undo_import", One(R::Import)),
    ("check_import", One(R::Import)),
    ("read_check", One(R::Import)),
    ("list_check_rows", One(R::Import)),
    ("correct_cells", One(R::Import)),
    ("list_corrections", One(R::Import)),
    ("start_import", One(R::Import)),
    ("read_refusals", One(R::Import)),
    ("read_rejects", One(R::Import)),
    ("compare_backup", One(R::Restore)),
    ("read_restore", One(R::Restore)),
    ("run_restore", One(R::Restore)),
    ("undo_restore", One(R::Restore)),
    ("fetch_import", One(R::Import)),
    ("list_mappings", One(R::Import)),
    ("save_mapping", One(R::Import)),
    ("read_mapping", One(R::Import)),
    ("rename_mapping", One(R::Import)),
    ("delete_mapping", One(R::Import)),
    ("list_schedules", One(R::Import)),
    ("create_schedule", One(R::Import)),
    ("read_schedule", One(R::Import)),
    ("change_schedule", One(R::Import)),
    ("delete_schedule", One(R::Import)),
    ("run_schedule", One(R::Import)),
    ("list_schedule_files", One(R::Import)),
    ("upload_options", One(R::Import)),
    ("create_upload", One(R::Import)),
    ("read_upload", One(R::Import)),
    ("append_upload", One(R::Import)),
    ("delete_upload", One(R::Import)),
    ("list_audit", One(R::SeeLog)),
    ("export_audit_csv", One(R::ExportLog)),
    ("export_audit_ndjson", One(R::ExportLog)),
    ("list_deleted_fields", One(R::Configure)),
    ("restore_field", One(R::Configure)),
    ("list_members", One(R::Users)),
    ("read_member", One(R::Users)),
    ("invite_member", One(R::Users)),
    ("change_member", One(R::Users)),
    ("remove_member", One(R::Users)),
    ("make_link", One(R::Users)),
    ("reset_second_factor", One(R::Users)),
    ("list_roles", One(R::Users)),
    ("read_role", One(R::Users)),
    ("create_role", One(R::Users)),
    ("change_role", One(R::Users)),
    ("delete_role", One(R::Users)),
    ("list_rights", Nothing),
    ("list_tokens", One(R::Api)),
    ("create_token", One(R::Api)),
    ("revoke_token", One(R::Api)),
    ("read_client", One(R::Users)),
    ("change_client", One(R::Users)),
    ("list_clients", One(R::Clients)),
    ("create_client", One(R::Clients)),
    ("list_mails", One(R::Users)),
    ("send_mail_again", One(R::Users)),
    ("read_me", Nothing),
    ("list_sessions", Nothing),
    ("end_session", Nothing),
    ("end_sessions", Nothing),
    ("list_jobs", Nothing),
    ("read_job", Nothing),
    ("cancel_job", Nothing),
];

/// Pages and files.
const ADDRESSES: &[(&str, &str, Needs)] = &[
    ("GET", "/", Nothing),
    ("GET", "/settings", Nothing),
    ("GET", "/settings/second-factor", Nothing),
    ("POST", "/settings/second-factor", Nothing),
    ("GET", "/settings/passkeys", Nothing),
    ("POST", "/settings/passkeys", Nothing),
    ("GET", "/jobs", Nothing),
    ("GET", "/events", Nothing),
    ("GET", "/events?pool=999", One(R::SeeProfiles)),
    ("GET", "/team", One(R::Users)),
    ("GET", "/team?new=1", One(R::Users)),
    ("GET", "/team/roles", One(R::Users)),
    ("GET", "/team/roles/editor", One(R::Users)),
    ("GET", "/team/mails", One(R::Users)),
    ("GET", "/team/client", One(R::Users)),
    ("GET", "/team/tokens", One(R::Api)),
    ("GET", "/clients", One(R::Clients)),
    ("GET", "/audit", One(R::SeeLog)),
    ("GET", "/pools/999", One(R::SeeProfiles)),
    ("GET", "/pools/999/configuration", One(R::SeePools)),
    ("GET", "/pools/999/integration", One(R::SeePools)),
    ("GET", "/pools/999/bin", One(R::Restore)),
    ("GET", "/pools/999/backups/1/restore", One(R::Restore)),
    ("GET", "/pools/999/backups", One(R::Restore)),
    ("GET", "/pools/999/backups/1", One(R::Restore)),
    ("GET", "/pools/999/backups/1/file", One(R::Restore)),
    ("GET", "/pools/999/import/1", One(R::Import)),
    ("GET", "/pools/999/import/1/rules", One(R::Import)),
    ("GET", "/pools/999/import/1/check", One(R::Import)),
    ("GET", "/pools/999/profiles/1", One(R::SeeProfiles)),
    ("GET", "/pools/999/export.csv", One(R::ExportProfiles)),
    ("GET", "/pools/999/export/file?format=xlsx", One(R::ExportProfiles)),
    ("GET", "/pools/999/export", One(R::ExportProfiles)),
    ("POST", "/pools/999/exports", One(R::ExportProfiles)),
    ("POST", "/pools/999/export-layouts", One(R::ExportProfiles)),
    ("POST", "/pools/999/export-layouts/delete", One(R::ExportProfiles)),
    ("GET", "/exports/999", One(R::ExportProfiles)),
    ("GET", "/pools/999/fields/1/not-converted.csv?kind=date", One(R::Configure)),
    ("GET", "/imports/999/refused.csv", One(R::Import)),
    ("GET", "/imports/999/rejects", One(R::Import)),
    ("POST", "/pools/999/imports/upload", One(R::Import)),
    ("GET", "/pools/999/integration.json", One(R::SeePools)),
    ("GET", "/pools/999/integration.csv", One(R::SeePools)),
    ("GET", "/pools/999/integration.schema.json", One(R::SeePools)),
    ("GET", "/pools/999/integration.openapi.json", One(R::SeePools)),
];

/// Somebody with a role, signed in.
struct Person {
    role: String,
    rights: Rights,
    cookie: String,
}

/// Somebody for each ready role, for a role that allows nothing, and for each right alone with what it needs.
async fn people(app: &TestApp) -> Vec<Person> {
    let store = app.database.open().await;
    let client = store.first_client().await.unwrap().expect("the client of the first user");
    let mut roles: Vec<(String, Rights)> = ReadyRole::ALL.iter().map(|role| (role.code().to_owned(), role.rights())).collect();
    let alone = |right: R| std::iter::successors(Some(right), |right| right.needs()).collect::<Rights>();
    for (name, rights) in
        std::iter::once(("Nichts".to_owned(), Rights::NONE)).chain(R::ALL.map(|right| (format!("Nur {}", right.code()), alone(right))))
    {
        let code = store
            .create_role(client, Rights::all(), &Name::parse(&name).unwrap(), &RoleWish { name: None, rights, rule: None }, NOW)
            .await
            .unwrap();
        roles.push((code.to_string(), rights));
    }
    let mut people = Vec::new();
    for (nth, (role, rights)) in roles.into_iter().enumerate() {
        people.push(signed_in(&store, client, nth, role, rights).await);
    }
    store.close().await;
    people
}

async fn signed_in(store: &Store, client: domain::id::ClientId, nth: usize, role: String, rights: Rights) -> Person {
    let email = Email::parse(&format!("person{nth}@example.com")).unwrap();
    let new = NewUser { email, name: role.clone(), password_hash: None, lang: domain::lang::Lang::De };
    let user = store.invite(client, Rights::all(), new, &role.parse().unwrap(), NOW).await.unwrap();
    let token = format!("token-of-person-{nth}");
    let session = NewSession {
        token_hash: Sha256::digest(token.as_bytes()).into(),
        user,
        client,
        expires_at: domain::time::Millis::new(i64::MAX / 4),
        address: String::new(),
        agent: String::new(),
    };
    // The clock of the server is another one: the session must be young there.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    store.create_session(&session, domain::time::Millis::new(i64::try_from(now).unwrap())).await.unwrap();
    Person { role, rights, cookie: format!("lagune={token}") }
}

/// Functions whose arguments are no form.
fn body_of(path: &str) -> Option<Vec<u8>> {
    let pool = 999_i64;
    let columns = ListLayout { columns: Vec::new(), page_size: 50, dense: false };
    let reading = Reading { encoding: Encoding::Utf8, delimiter: ',', quote: None, has_header: true, ..Reading::default() };
    let mapping = Mapping { columns: Vec::new() };
    let step = Step::AddCategory { name: "x".to_owned(), before: None };
    let bytes = match path {
        "configuration/take" => postcard::to_allocvec(&(pool, step)),
        "configuration/field" => postcard::to_allocvec(&(pool, 1_i64, FieldEntry::default(), FieldEntry::default())),
        "configuration/option" => postcard::to_allocvec(&(pool, 1_i64, 1_i64, "x", "x")),
        "imports/preview" => postcard::to_allocvec(&(pool, 1_i64, reading, mapping)),
        "profiles/refresh" => postcard::to_allocvec(&(pool, Vec::<i64>::new(), "")),
        "layouts/save" => postcard::to_allocvec(&(pool, columns)),
        _ => return None,
    };
    Some(bytes.expect("it can be written"))
}

#[tokio::test]
async fn each_role_may_call_what_its_rights_allow_and_nothing_else() {
    // Naming the root links the functions in.
    let _ = app::App;
    let registered: BTreeMap<&str, String> = leptos::server_fn::axum::server_fn_paths()
        .filter_map(|(path, method)| Some((path.strip_prefix("/api/")?, method.to_string())))
        .collect();
    let known: BTreeSet<&str> = FUNCTIONS.iter().map(|(path, ..)| *path).collect();
    assert_eq!(registered.keys().copied().collect::<BTreeSet<_>>(), known, "each server function stands in the table");

    on_each_server(async |app| {
        let people = people(app).await;
        for (path, needs, arguments) in FUNCTIONS {
            for person in &people {
                let method = if registered[path] == "GET" { "GET" } else { "POST" };
                let address = if method == "GET" { format!("/api/{path}?{arguments}") } else { format!("/api/{path}") };
                let call = app.call(method, &address).cookie(&person.cookie).header("sec-fetch-site", "same-origin");
                let call = match body_of(path) {
                    Some(body) => call.header("content-type", "application/octet-stream").body(body),
                    None if method == "POST" => call.header("content-type", "application/x-www-form-urlencoded").body(*arguments),
                    None => call,
                };
                check(person, path, *needs, &call.send());
            }
        }
    })
    .await;
}

#[tokio::test]
async fn each_call_of_rest_is_answered_as_the_rights_allow() {
    on_each_server(async |app| {
        let people = people(app).await;
        let description = app.get("/api/v1/openapi.json").send().json();
        let mut seen = BTreeSet::new();
        for (path, calls) in description["paths"].as_object().unwrap() {
            for method in ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] {
                let Some(operation) = calls.get(method.to_lowercase()).map(|call| call["operationId"].as_str().unwrap().to_owned()) else {
                    continue;
                };
                let (_, needs) =
                    CALLS.iter().find(|(name, _)| *name == operation).unwrap_or_else(|| panic!("{operation} stands in no table"));
                let address = path.split('/').map(|part| if part.starts_with('{') { "999" } else { part }).collect::<Vec<_>>().join("/");
                let address = if operation == "read_conversion_failures" { format!("{address}?kind=date") } else { address };
                for person in &people {
                    let call = app.call(method, &address).cookie(&person.cookie).header("sec-fetch-site", "same-origin");
                    let call = if ["GET", "HEAD", "OPTIONS"].contains(&method) { call } else { call.json(&serde_json::json!({})) };
                    check(person, &operation, *needs, &call.send());
                }
                seen.insert(operation);
            }
        }
        assert_eq!(seen.len(), CALLS.len(), "every call of the table exists");
    })
    .await;
}

#[tokio::test]
async fn each_page_and_file_is_shown_as_the_rights_allow() {
    on_each_server(async |app| {
        let people = people(app).await;
        for (method, path, needs) in ADDRESSES {
            for person in people.iter().filter(|person| !path.starts_with("/events") || !needs.met_by(person.rights)) {
                let call =
                    app.call(method, path).cookie(&person.cookie).header("sec-fetch-site", "same-origin").header("accept", "text/html");
                let answer = call.send();
                // A page may say first that there is no such pool.
                let hidden = path.starts_with("/pools/999/") && answer.status == 404 && !needs.met_by(person.rights);
                if !hidden {
                    check(person, path, *needs, &answer);
                }
            }
        }
    })
    .await;
}

#[track_caller]
fn check(person: &Person, what: &str, needs: Needs, answer: &crate::http::Answer) {
    let refused = answer.status == 403;
    assert_ne!(answer.status, 401, "{what} by {}", person.role);
    assert!(answer.status != 500, "{what} by {}: {}", person.role, answer.text());
    assert_eq!(
        refused,
        !needs.met_by(person.rights),
        "{what} ({needs:?}) by {} ({:?}): {} {}",
        person.role,
        person.rights,
        answer.status,
        answer.text().chars().take(300).collect::<String>()
    );
}
