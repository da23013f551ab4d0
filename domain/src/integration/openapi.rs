//! The OpenAPI 3.1 description of one pool: the calls for its profiles, with its own fields.

use serde_json::{Value as Json, json};

use super::schema::definitions;
use super::{path, sample};
use crate::lang::{Lang, Text, fill};
use crate::list::{Op, PAGE_SIZES};
use crate::pool::Pool;

mod parts;

use parts::{answer, answer_of, body, header, problem, query};

/// The description; `server` is the address that people use.
pub fn openapi(pool: &Pool, server: &str, lang: Lang) -> Json {
    const TITLE: Text = Text::new("Lagune: Pool „{pool}“", "Lagune: pool “{pool}”");
    const ABOUT: Text = Text::new(
        "Die Aufrufe für die Profile dieses Pools, mit seinen Feldern. Alle anderen stehen in der Beschreibung der ganzen Schnittstelle. \
         Ein Token macht `lagune token create --user E-MAIL`.",
        "The calls for this pool's profiles, with its fields. All others stand in the description of the whole interface. \
         A token is made by `lagune token create --user E-MAIL`.",
    );
    let mut schemas = definitions(pool, AT, lang);
    schemas.extend(parts::common());
    json!({
        "openapi": "3.1.0",
        "info": { "title": fill(TITLE.get(lang), &[("pool", &pool.name)]), "version": pool.revision.to_string(), "description": ABOUT.get(lang) },
        "externalDocs": { "url": format!("{server}/api/v1/docs/") },
        "servers": [{ "url": server }],
        "security": [{ "token": [] }],
        "tags": [{ "name": "profiles" }, { "name": "files" }],
        "paths": {
            (format!("{}/profiles", path(pool))): profiles(pool, lang),
            (format!("{}/profiles/{{profile}}", path(pool))): one_profile(pool, lang),
            (format!("{}/imports", path(pool))): imports(pool, lang),
            (format!("{}/export.csv", path(pool))): export(pool, lang),
        },
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
        },
    })
}

/// Where schemas stand in a description.
const AT: &str = "#/components/schemas/";

fn profiles(pool: &Pool, lang: Lang) -> Json {
    const LIST: Text = Text::new("Profile suchen und lesen", "Search and read profiles");
    const CREATE: Text = Text::new("Profil anlegen", "Create a profile");
    let example: serde_json::Map<String, Json> =
        sample::telling(pool).into_iter().map(|(field, value)| (field.key.clone(), value)).collect();
    let mut created = answer(CREATE, "Profile", lang);
    created["headers"] = json!({ "Location": header("string"), "ETag": header("string") });
    let mut paging = narrowing(pool, lang);
    paging.push(query("page", PAGE.get(lang), json!({ "type": "integer", "minimum": 1, "default": 1 })));
    paging.push(query("page_size", "", json!({ "type": "integer", "enum": PAGE_SIZES, "default": 50 })));
    paging.push(fields(pool, lang));
    json!({
        "get": {
            "operationId": "list_profiles", "tags": ["profiles"], "summary": LIST.get(lang),
            "parameters": paging,
            "responses": { "200": answer(LIST, "Profiles", lang), "401": problem(401, lang), "422": problem(422, lang) },
        },
        "post": {
            "operationId": "create_profile", "tags": ["profiles"], "summary": CREATE.get(lang),
            "requestBody": body("ProfileInput", &json!({ "fields": example })),
            "responses": { "201": created, "401": problem(401, lang), "422": problem(422, lang) },
        },
    })
}

const PAGE: Text = Text::new("Ab 1", "From 1 on");
const ID: Text = Text::new("Die id des Profils", "The profile's id");

fn one_profile(pool: &Pool, lang: Lang) -> Json {
    const READ: Text = Text::new("Ein Profil lesen", "Read a profile");
    const CHANGE: Text = Text::new("Felder eines Profils ändern", "Change fields of a profile");
    const DELETE: Text = Text::new("Ein Profil löschen", "Delete a profile");
    const GONE: Text = Text::new("Gelöscht; es liegt 14 Tage im Papierkorb", "Deleted; it lies in the bin for 14 days");
    const MATCH: Text = Text::new("Die revision in Anführungszeichen", "The revision in quotes");
    let id = json!({ "name": "profile", "in": "path", "required": true, "description": ID.get(lang), "schema": { "type": "integer", "format": "int64" } });
    let tagged = |words: Text| {
        let mut tagged = answer(words, "Profile", lang);
        tagged["headers"] = json!({ "ETag": header("string") });
        tagged
    };
    let matching = json!({ "name": "If-Match", "in": "header", "description": MATCH.get(lang), "schema": { "type": "string" } });
    let change = sample::telling(pool).into_iter().take(2).map(|(field, value)| (field.key.clone(), value));
    let change: serde_json::Map<String, Json> = change.collect();
    json!({
        "parameters": [id],
        "get": {
            "operationId": "read_profile", "tags": ["profiles"], "summary": READ.get(lang), "parameters": [fields(pool, lang)],
            "responses": { "200": tagged(READ), "401": problem(401, lang), "404": problem(404, lang) },
        },
        "patch": {
            "operationId": "patch_profile", "tags": ["profiles"], "summary": CHANGE.get(lang), "parameters": [matching],
            "requestBody": body("ProfilePatch", &json!({ "fields": change })),
            "responses": {
                "200": tagged(CHANGE), "401": problem(401, lang), "404": problem(404, lang), "409": problem(409, lang), "412": problem(412, lang),
                "422": problem(422, lang),
            },
        },
        "delete": {
            "operationId": "delete_profile", "tags": ["profiles"], "summary": DELETE.get(lang),
            "responses": { "204": { "description": GONE.get(lang) }, "401": problem(401, lang), "404": problem(404, lang) },
        },
    })
}

fn imports(pool: &Pool, lang: Lang) -> Json {
    const IMPORT: Text = Text::new("CSV-Datei importieren", "Import a CSV file");
    const KEY: Text = Text::new("Vorhandene Profile werden über dieses Feld gefunden", "Existing profiles are found by this field");
    let keys = keys(pool, |field| field.writable() || field.internal == Some(crate::field::Internal::ProfileId));
    json!({
        "post": {
            "operationId": "create_import", "tags": ["files"], "summary": IMPORT.get(lang),
            "parameters": [
                query("key", KEY.get(lang), json!({ "type": "string", "enum": keys })),
                query("file_name", "", json!({ "type": "string" })),
            ],
            "requestBody": { "required": true, "content": { "text/csv": { "schema": { "type": "string" } } } },
            "responses": { "202": answer(IMPORT, "Begun", lang), "401": problem(401, lang), "413": problem(413, lang), "422": problem(422, lang) },
        },
    })
}

fn export(pool: &Pool, lang: Lang) -> Json {
    const EXPORT: Text = Text::new("Profile als CSV-Datei holen", "Get profiles as a CSV file");
    let mut parameters = narrowing(pool, lang);
    parameters.push(query("dialect", "", json!({ "type": "string", "enum": ["plain", "excel"], "default": "plain" })));
    parameters.push(fields(pool, lang));
    json!({
        "get": {
            "operationId": "export_profiles_csv", "tags": ["files"], "summary": EXPORT.get(lang), "parameters": parameters,
            "responses": {
                "200": answer_of(EXPORT, "text/csv", &json!({ "type": "string" }), lang),
                "401": problem(401, lang), "422": problem(422, lang),
            },
        },
    })
}

/// Which profiles, in which order.
fn narrowing(pool: &Pool, lang: Lang) -> Vec<Json> {
    const SEARCH: Text = Text::new("Jedes Wort muss vorkommen", "Every word must occur");
    const IN: Text = Text::new("Felder, in denen gesucht wird", "The fields that are searched");
    const FILTER: Text = Text::new("FELD:Vergleich:Wert; alle gelten zugleich", "FIELD:comparison:value; all hold at once");
    const SORT: Text = Text::new("Felder; ein Minus davor sortiert absteigend", "Fields; a minus in front sorts descending");
    let codes: Vec<&str> = Op::ALL.iter().map(|op| op.code()).collect();
    let mut filtered = keys(pool, |_| true);
    filtered.push(crate::list::STATUS);
    let filter = json!({ "type": "string", "pattern": format!("^({}):({})(:|$)", filtered.join("|"), codes.join("|")) });
    vec![
        query("q", SEARCH.get(lang), json!({ "type": "string" })),
        listed("in", IN, keys(pool, crate::field::FieldDef::searchable), lang),
        query("filter", FILTER.get(lang), json!({ "type": "array", "items": filter })),
        listed("sort", SORT, filtered.iter().flat_map(|key| [(*key).to_owned(), format!("-{key}")]).collect(), lang),
    ]
}

fn fields(pool: &Pool, lang: Lang) -> Json {
    const FIELDS: Text = Text::new("Felder der Antwort; alle ohne Angabe", "Fields of the answer; all without it");
    listed("fields", FIELDS, keys(pool, |_| true), lang)
}

/// Names with commas between.
fn listed<T: serde::Serialize>(name: &str, words: Text, names: Vec<T>, lang: Lang) -> Json {
    let mut parameter = query(name, words.get(lang), json!({ "type": "array", "items": { "type": "string", "enum": names } }));
    parameter["style"] = "form".into();
    parameter["explode"] = false.into();
    parameter
}

fn keys(pool: &Pool, which: impl Fn(&crate::field::FieldDef) -> bool) -> Vec<&str> {
    pool.fields.iter().filter(|field| which(field)).map(|field| field.key.as_str()).collect()
}
