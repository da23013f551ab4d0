//! Every call there is, with a mark wherever an id, a name or a word may stand: `<pool>`, `<field>` … A table row more is what a
//! new call needs. The ways to take something away come last, so that whoever makes all calls with ids of their own still has it.

use app::api::configuration::entry::FieldEntry;
use domain::{
    config::{FieldChange, NewField, NewOption, Step},
    field::FieldKind,
    id::{CategoryId, FieldId, OptionId},
    import::{Encoding, Mapping, Reading},
    layout::{Column, ListLayout},
};

/// Whether somebody who puts only their own ids in is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// Yes, or the table is wrong.
    Served,
    /// Not any more, after the calls before.
    Late,
}
use Own::{Late, Served};

/// A call of REST: operation, what stands behind its address, body, and what becomes of it with own ids. The marks of the path
/// are those of the description, by these names.
pub(super) const REST: &[(&str, &str, &str, Own)] = &[
    ("list_pools", "", "", Served),
    ("list_jobs", "", "", Served),
    ("list_audit", "?q=<word>&who=user:<user>&object=pool:<pool>", "", Served),
    ("list_audit", "?object=import:<import>", "", Served),
    ("list_audit", "?object=profile:<profile>", "", Served),
    ("list_audit", "?object=field:<field>&who=api:<token>", "", Served),
    ("export_audit_csv", "?q=<word>&who=user:<user>&object=pool:<pool>", "", Served),
    ("export_audit_ndjson", "?q=<word>&who=user:<user>&object=pool:<pool>", "", Served),
    ("read_pool", "", "", Served),
    ("read_layout", "", "", Served),
    ("list_fields", "", "", Served),
    ("read_field", "", "", Served),
    ("field_uses", "", "", Served),
    ("list_categories", "", "", Served),
    ("read_integration", "", "", Served),
    ("read_integration_csv", "", "", Served),
    ("read_schema", "", "", Served),
    ("read_pool_openapi", "", "", Served),
    ("list_profiles", "?q=<word>", "", Served),
    ("list_profiles", "?filter=<key>:is:<label>&sort=<key>&in=<key>&fields=<key>", "", Late),
    ("list_profiles", "?filter=<key>:is:<label>", "", Served),
    ("read_profile", "", "", Served),
    ("export_profiles", "?q=<word>&format=ndjson", "", Served),
    ("export_profiles", "?ids=<profile>&format=xml", "", Served),
    ("export_profiles", "?except=<profile>&columns=<key>&values=ids", "", Served),
    ("export_profiles", "?filter=<key>:is:<label>&format=vcard", "", Served),
    ("export_profiles_csv", "?q=<word>", "", Served),
    ("export_profiles_csv", "?ids=<profile>", "", Served),
    ("export_profiles_csv", "?except=<profile>&fields=<key>", "", Served),
    ("list_export_layouts", "", "", Served),
    ("save_export_layout", "", r#"{"name": "n<n>", "columns": ["<key>"]}"#, Served),
    ("create_export", "", r#"{"ids": [<profile>], "columns": ["<key>"], "filter": ["<key>:is:<label>"]}"#, Served),
    ("read_export", "", "", Served),
    ("read_export_file", "?until=1&sign=x", "", Late),
    ("list_backups", "", "", Served),
    ("read_backup", "", "", Served),
    ("read_backup_contents", "", "", Served),
    ("verify_backup", "", "", Served),
    ("read_backup_file", "", "", Served),
    ("create_backup", "", r#"{"name": "n<n>"}"#, Served),
    ("change_backup", "", r#"{"name": "n<n>", "pinned": true}"#, Served),
    ("read_import", "", "", Served),
    ("read_refusals", "", "", Served),
    ("read_rejects", "", "", Served),
    ("undo_import", "", "", Served),
    ("check_import", "", "", Served),
    ("read_check", "", "", Served),
    ("list_check_rows", "?fate=created", "", Served),
    ("correct_cells", "", r#"{"cells": [{"column": "E-Mail", "was": "n<n>", "value": "a@example.com"}]}"#, Served),
    ("list_corrections", "", "", Served),
    ("start_import", "", "", Late),
    ("compare_backup", "", "", Served),
    ("read_restore", "", "", Served),
    ("fetch_import", "", r#"{"address": "https://files.example/a.csv", "mapping": "<kept>", "key": "<key>"}"#, Late),
    ("list_mappings", "", "", Served),
    ("read_mapping", "", "", Served),
    ("save_mapping", "", r#"{"name": "n<n>", "columns": {"a": "<key>", "b": "EMAIL"}, "key": "EMAIL"}"#, Served),
    ("rename_mapping", "", r#"{"name": "n<n>"}"#, Served),
    ("create_import", "?mapping=<kept>", "", Late),
    ("delete_mapping", "", "", Served),
    ("delete_export_layout", "", "", Served),
    ("list_schedules", "", "", Served),
    (
        "create_schedule",
        "",
        r#"{"name": "n<n>", "source": "ordner<n>", "timing": "daily 03:00", "mapping": <mapping>, "alarm_to": <user>}"#,
        Late,
    ),
    ("read_schedule", "", "", Served),
    ("change_schedule", "", r#"{"name": "n<n>", "alarm_to": <user>}"#, Late),
    ("run_schedule", "", "", Served),
    ("list_schedule_files", "", "", Served),
    ("delete_schedule", "", "", Served),
    ("upload_options", "", "", Served),
    ("create_upload", "?key=<key>&review=true", "", Served),
    ("read_upload", "", "", Served),
    ("append_upload", "", "part", Served),
    ("delete_upload", "", "", Served),
    ("read_job", "", "", Served),
    ("list_deleted_fields", "", "", Served),
    ("list_members", "", "", Served),
    ("read_member", "", "", Served),
    ("list_roles", "", "", Served),
    ("read_role", "", "", Served),
    ("list_rights", "", "", Served),
    ("list_tokens", "", "", Served),
    ("list_mails", "", "", Served),
    ("read_client", "", "", Served),
    ("list_clients", "", "", Late),
    ("read_me", "", "", Served),
    ("list_sessions", "", "", Served),
    ("read_conversion", "", "", Served),
    ("read_conversion_failures", "?kind=single_line", "", Served),
    ("preview_conversion", "", r#"{"kind": "single_line"}"#, Served),
    ("create_pool", "", r#"{"name": "n<n>", "copy_of": "<called>"}"#, Served),
    ("create_import", "?key=<key>&file_name=neu.csv", "", Late),
    ("create_profile", "", r#"{"fields": {"NAME": "n<n>", "<key>": "<label>"}}"#, Served),
    ("patch_profile", "", r#"{"fields": {"<key>": "<label>"}}"#, Served),
    ("edit_profiles", "", r#"{"ids": [<profile>], "field": "<key>", "value": "<label>"}"#, Served),
    ("edit_profiles", "", r#"{"query": "filter=<key>:is:<label>", "except": [<profile>], "field": "CITY", "value": "n<n>"}"#, Served),
    ("create_category", "", r#"{"name": "n<n>", "before": <category>}"#, Served),
    ("change_category", "", r#"{"name": "n<n>", "before": <category>}"#, Served),
    ("create_field", "", r#"{"label": "n<n>", "kind": "selection", "category": <category>, "options": ["a"]}"#, Served),
    ("move_field", "", r#"{"category": <category>, "before": <field>}"#, Served),
    ("change_field", "", r#"{"help": "n<n>", "default": "<label>"}"#, Served),
    ("add_options", "", r#"{"labels": ["n<n>"]}"#, Served),
    ("change_option", "", r#"{"label": "n<n>", "before": <option>}"#, Served),
    ("rename_pool", "", r#"{"name": "n<n>"}"#, Served),
    ("apply_layout", "", "format: 1\ncategories:\n  - name: N<n>\n    fields: [{key: N<n>, kind: date}]\n", Served),
    ("invite_member", "", r#"{"email": "n<n>@example.com", "name": "n<n>", "role": "<role>"}"#, Served),
    ("create_role", "", r#"{"name": "n<n>", "rights": ["profiles.see"], "rule": "<key> = \"<label>\""}"#, Served),
    (
        "create_role",
        "",
        r#"{"name": "n<n>", "rights": [], "rule_tree": {"compare": {"field": "<key>", "op": "is", "values": ["<label>"]}}}"#,
        Served,
    ),
    ("change_role", "", r#"{"name": "n<n>", "rights": ["pools.see"], "rule": "<key> is filled"}"#, Served),
    ("create_token", "", r#"{"name": "n<n>", "rights": ["pools.see"], "days": 3}"#, Served),
    ("change_client", "", r#"{"name": "n<n>", "zone": "Europe/Vienna"}"#, Served),
    ("create_client", "", r#"{"name": "n<n>"}"#, Late),
    ("make_link", "", "{}", Served),
    ("reset_second_factor", "", "{}", Served),
    ("send_mail_again", "", "{}", Late),
    ("change_member", "", r#"{"role": "<role>", "disabled": false}"#, Served),
    ("merge_options", "", r#"{"into": "<other>"}"#, Late),
    ("begin_conversion", "", r#"{"kind": "single_line"}"#, Served),
    ("undo_conversion", "", "{}", Late),
    ("run_restore", "", r#"{"ids": [<profile>], "fields": ["<key>"], "exact": true}"#, Late),
    ("undo_restore", "", "", Late),
    ("cancel_job", "", "{}", Late),
    ("undo_batch", "", "{}", Served),
    ("undo_change", "", "{}", Late),
    ("remove_member", "", "", Served),
    ("delete_role", "", "", Late),
    ("revoke_token", "", "", Served),
    ("restore_field", "", "{}", Late),
    ("delete_option", "", "", Late),
    ("delete_field", "", "", Late),
    ("delete_category", "", "", Served),
    ("delete_profiles", "", r#"{"ids": [<profile>]}"#, Served),
    ("delete_profiles", "", r#"{"query": "q=<word>&filter=<key>:is:<label>", "except": [<profile>]}"#, Served),
    ("delete_profile", "", "", Late),
    ("delete_backup", "", "", Served),
    ("delete_pool", "", "", Served),
    ("restore_pool", "", "", Late),
    ("end_session", "", "", Late),
    ("end_sessions", "", "", Late),
];

/// What the description calls the marks of a path.
pub(super) fn mark_of(operation: &str, parameter: &str) -> &'static str {
    match (operation, parameter) {
        ("restore_pool", "pool") => "pool",
        (_, "pool") => "called",
        (operation, "field") if operation.contains("conversion") => "line",
        (_, "field") => "field",
        (_, "category") => "category",
        (_, "option") => "option",
        (_, "profile") => "profile",
        ("check_import" | "read_check" | "list_check_rows" | "correct_cells" | "list_corrections", "import") => "waiting",
        (_, "import") => "import",
        (_, "backup") => "backup",
        (_, "upload") => "upload",
        (_, "mapping") => "mapping",
        (_, "schedule") => "schedule",
        (_, "layout") => "layout",
        (_, "job") => "job",
        (_, "export") => "export",
        (_, "restore") => "restore",
        (_, "batch") => "batch",
        (_, "change") => "change",
        (_, "conversion") => "conversion",
        (_, "user") => "user",
        (_, "role") => "role",
        (_, "token") => "token",
        (_, "mail") => "mail",
        (_, "session") => "session",
        _ => panic!("{operation}: what is {parameter}? Please say so in mark_of."),
    }
}

/// Server functions that take a form or a query.
pub(super) const FUNCTIONS: &[(&str, &str, Own)] = &[
    ("session/frame", "", Served),
    ("settings/sessions", "", Served),
    ("settings/look", "lang=de&theme=dark", Served),
    ("jobs/list", "", Served),
    ("jobs/active", "", Served),
    ("team/members", "", Served),
    ("mails/list", "", Served),
    ("roles/list", "", Served),
    ("clients/settings", "", Served),
    ("clients/save", "form[name]=n<n>&form[zone]=Europe/Berlin&form[lang]=de&form[sending_domain]=news.example.com", Served),
    ("audit/list", "query=q%3D<word>%26who%3Duser:<user>%26object%3Dpool:<pool>", Served),
    ("audit/list", "query=object%3Dfield:<field>", Served),
    ("audit/list", "query=object%3Dimport:<import>%26who%3Dapi:<token>", Served),
    ("tokens/list", "", Served),
    ("pools/list", "", Served),
    ("pools/field_counts", "", Served),
    ("pools/deleted", "", Served),
    ("pools/integration", "pool=<pool>", Served),
    ("pools/create", "name=n<n>&copy_of=<pool>", Served),
    ("configuration/show", "pool=<pool>", Served),
    ("configuration/options", "pool=<pool>&field=<field>", Served),
    ("configuration/uses", "pool=<pool>&field=<field>", Served),
    ("configuration/option_uses", "pool=<pool>&field=<field>&option=<option>", Served),
    ("configuration/lacking", "pool=<pool>&field=<field>", Served),
    ("configuration/default", "kind=integer&typed=1", Served),
    ("layout/compare", "pool=<pool>&text=format: 1", Served),
    ("convert/sheet", "pool=<pool>&field=<line>&to=single_line", Served),
    ("backups/list", "pool=<pool>", Served),
    ("backups/one", "pool=<pool>&backup=<backup>", Served),
    ("backups/create", "pool=<pool>&name=n<n>", Served),
    ("backups/rename", "pool=<pool>&backup=<backup>&name=n<n>", Served),
    ("backups/pin", "pool=<pool>&backup=<backup>&pinned=true", Served),
    ("exports/sheet", "pool=<pool>&query=ids%3D<profile>%26columns%3D<key>", Served),
    ("exports/sheet", "pool=<pool>&query=q%3D<word>%26filter%3D<key>:is:<label>", Served),
    ("imports/sheet", "pool=<pool>&import=<import>", Served),
    ("imports/sheet", "pool=<pool>&import=<waiting>&reading=utf8.semicolon.double.header", Served),
    ("imports/sheet", "pool=<pool>&import=<waiting>&mapping=<mapping>", Served),
    ("imports/run", "pool=<pool>&import=<import>", Served),
    ("imports/rules", "pool=<pool>&import=<waiting>", Served),
    ("imports/check/sheet", "pool=<pool>&import=<waiting>&show=refused", Served),
    ("imports/check/again", "pool=<pool>&import=<waiting>", Served),
    (
        "imports/check/correct",
        "pool=<pool>&import=<waiting>&cells[0][row]=2&cells[0][column]=x&cells[0][was]=n<n>&cells[0][value]=b",
        Served,
    ),
    ("imports/fetch", "pool=<pool>&address=https://files.example/a.csv", Late),
    (
        "mappings/save",
        "pool=<pool>&import=<waiting>&reading=utf8.semicolon.double.header&columns[]=NAME&columns[]=EMAIL&used[]=0&used[]=1&kept=<mapping>&name=n<n>",
        Served,
    ),
    ("mappings/rename", "pool=<pool>&mapping=<mapping>&name=m<n>", Served),
    ("mappings/delete", "pool=<pool>&mapping=<mapping>", Served),
    ("schedules/list", "pool=<pool>", Served),
    ("schedules/setup", "pool=<pool>&schedule=<schedule>", Served),
    (
        "schedules/save",
        "pool=<pool>&schedule=<schedule>&form[name]=n<n>&form[source]=ordner<n>&form[every]=daily&form[at]=03:00&form[mapping]=<mapping>&form[alarm_to]=<user>",
        Late,
    ),
    ("schedules/run", "pool=<pool>&schedule=<schedule>", Served),
    ("schedules/delete", "pool=<pool>&schedule=<schedule>", Served),
    ("imports/undo", "pool=<pool>&import=<import>", Served),
    ("profiles/start", "pool=<pool>&query=profile%3D<profile>%26q%3D<word>", Served),
    ("profiles/start", "pool=<pool>&query=filter%3D<key>:is:<label>%26sort%3D<key>", Served),
    ("profiles/list", "pool=<pool>&query=q%3D<word>", Served),
    ("profiles/count", "pool=<pool>&query=q%3D<word>%26filter%3D<key>:is:<label>", Served),
    ("profiles/find", "q=<word>&near=<pool>", Served),
    ("profiles/show", "pool=<pool>&id=<profile>&whole=true", Served),
    ("profiles/blank", "pool=<pool>", Served),
    ("profiles/check", "pool=<pool>&key=<key>&typed[]=<option>", Served),
    ("profiles/moment", "pool=<pool>&key=<key>&typed=today", Served),
    ("profiles/place", "pool=<pool>&country=DE", Served),
    ("profiles/bin", "pool=<pool>&page=1&q=<word>", Served),
    ("layouts/columns", "pool=<pool>&columns[]=<key>&columns[]=NAME", Served),
    ("profiles/save", "pool=<pool>&revision=1&values={\"NAME\":[\"n<n>\"],\"<key>\":[\"<option>\"]}&was={}", Served),
    ("profiles/save", "pool=<pool>&id=<profile>&revision=1&values={\"<key>\":[\"<option>\"]}&was={}", Served),
    ("profiles/edit", "pool=<pool>&ids[]=<profile>&field=<key>&value=<label>", Served),
    ("profiles/edit", "pool=<pool>&all=true&query=q%3D<word>&ids[]=<profile>&field=CITY&value=n<n>", Served),
    ("configuration/shape", "pool=<pool>&form[what]=add_category&form[label]=n<n>&form[before]=<category>", Served),
    ("configuration/shape", "pool=<pool>&form[go]=move_field:<field>:<category>:<line>", Served),
    ("configuration/shape", "pool=<pool>&form[go]=move_category:<category>:<category>", Served),
    ("configuration/shape", "pool=<pool>&form[go]=move_option:<field>:<option>:<other>", Served),
    ("configuration/shape", "pool=<pool>&form[go]=default_option:<field>:<option>:on:<other>", Served),
    ("configuration/shape", "pool=<pool>&form[what]=add_options&form[field]=<field>&form[options]=n<n>", Served),
    (
        "configuration/shape",
        "pool=<pool>&form[what]=add_field&form[kind]=date&form[label]=n<n>&form[category]=<category>&form[before]=<field>",
        Served,
    ),
    ("configuration/shape", "pool=<pool>&form[what]=undo&form[change]=<change>", Late),
    ("configuration/shape", "pool=<pool>&form[what]=delete_option&form[field]=<field>&form[option]=<other>", Late),
    ("layout/apply", "pool=<pool>&text=format: 1", Served),
    (
        "imports/divide",
        "pool=<pool>&import=<waiting>&reading=utf8.semicolon.double.header&columns[]=NAME&columns[]=EMAIL&used[]=1&divide[how]=join&divide[columns][]=0&divide[columns][]=1&divide[fields][]=CITY",
        Served,
    ),
    (
        "imports/field",
        "pool=<pool>&import=<waiting>&reading=utf8.semicolon.double.header&columns[]=NAME&columns[]=EMAIL&used[]=1&field[column]=0&field[label]=n<n>&field[category]=<category>",
        Served,
    ),
    (
        "imports/start",
        "pool=<pool>&import=<waiting>&reading=utf8.semicolon.double.header&columns[]=NAME&columns[]=EMAIL&used[]=0&used[]=1&then=rules",
        Served,
    ),
    ("imports/check", "pool=<pool>&import=<waiting>&form[existing]=update", Served),
    ("imports/begin", "pool=<pool>&import=<waiting>&form[existing]=update", Served),
    ("imports/check/start", "pool=<pool>&import=<waiting>", Late),
    ("pools/rename", "pool=<pool>&name=n<n>&back=/pools/<pool>", Served),
    ("team/link", "user=<user>", Served),
    ("team/role", "user=<user>&role=<role>", Served),
    ("team/disable", "user=<user>&off=true", Served),
    ("roles/save", "code=<role>&name=n<n>&rights[]=profiles.see&rule=<key> is filled", Served),
    ("roles/save", "name=n<n>&rights[]=profiles.see&rule=<key> = \"<label>\"", Served),
    ("team/reset_factor", "user=<user>", Late),
    ("mails/again", "mail=<mail>", Late),
    ("team/remove", "user=<user>", Served),
    ("roles/delete", "code=<role>", Served),
    ("tokens/revoke", "token=<token>", Served),
    ("jobs/cancel", "job=<job>", Late),
    ("restores/sheet", "pool=<pool>&backup=<backup>&restore=<restore>&show=changed", Served),
    ("restores/compare", "pool=<pool>&backup=<backup>", Served),
    ("restores/start", "pool=<pool>&restore=<restore>&changed=on&picked=on&ids[]=<profile>&fields[]=<field>", Late),
    ("restores/undo", "pool=<pool>&restore=<restore>", Late),
    ("convert/start", "pool=<pool>&field=<line>&to=single_line", Late),
    ("convert/undo", "pool=<pool>&field=<line>&conversion=<conversion>", Late),
    ("options/merge", "pool=<pool>&field=<field>&from=<option>&to=<other>", Late),
    ("layout/undo", "pool=<pool>&change=<change>", Late),
    ("fields/restore", "pool=<pool>&field=<field>", Late),
    ("profiles/delete", "pool=<pool>&ids[]=<profile>", Served),
    ("profiles/delete", "pool=<pool>&all=true&query=q%3D<word>&ids[]=<profile>", Served),
    ("profiles/undo", "pool=<pool>&batch=<batch>", Late),
    ("profiles/set_back", "pool=<pool>&profile=<profile>&line=<event>&key=<key>", Late),
    ("profiles/restore", "pool=<pool>&ids[]=<profile>", Served),
    ("profiles/restore", "pool=<pool>&all=true&q=<word>", Served),
    ("backups/delete", "pool=<pool>&backup=<backup>", Served),
    ("pools/delete", "pool=<pool>", Served),
    ("pools/restore", "pool=<pool>", Late),
    ("clients/switch", "client=<client>", Late),
    ("settings/end_sessions", "key=<session>", Late),
];

/// Server functions in which no id of anything stands: they make something, or concern whoever calls.
pub(super) const NO_IDS: &[&str] = &[
    "imports/hosts",
    "settings/password",
    "clients/list",
    "clients/create",
    "team/invite",
    "tokens/create",
    "pools/create_for_file",
    "pools/demo",
];

/// How ids, and a name that nothing has yet, are put together.
pub(super) type Pack = fn(&[i64], &str) -> Vec<u8>;

/// A call in the form of the browser's module, with its ids by their marks.
pub(super) type Packed = (&'static str, &'static [&'static str], Pack);

fn step(pool: i64, step: &Step) -> Vec<u8> {
    pack(&(pool, step))
}

fn pack(what: &impl serde::Serialize) -> Vec<u8> {
    postcard::to_allocvec(what).expect("it can be written")
}

fn category(id: i64) -> CategoryId {
    CategoryId::new(id)
}

fn field(id: i64) -> FieldId {
    FieldId::new(id)
}

fn option(id: i64) -> OptionId {
    OptionId::new(id)
}

fn filed(id: i64) -> FieldEntry {
    FieldEntry { label: "x".to_owned(), category: Some(category(id)), ..FieldEntry::default() }
}

/// Every kind of step, and the other functions that speak postcard.
pub(super) const PACKED: &[Packed] = &[
    ("profiles/refresh", &["pool", "profile"], |id, _| pack(&(id[0], vec![id[1]], ""))),
    ("layouts/save", &["pool"], |id, _| pack(&(id[0], ListLayout { columns: vec![Column::new("NAME")], page_size: 50, dense: false }))),
    ("imports/preview", &["pool", "waiting"], |id, _| {
        let reading = Reading { encoding: Encoding::Utf8, delimiter: ';', quote: Some('"'), has_header: true, ..Reading::default() };
        pack(&(id[0], id[1], reading, Mapping { columns: vec![Some("NAME".to_owned())] }))
    }),
    ("configuration/undo", &["pool", "change"], |id, _| pack(&(id[0], id[1]))),
    ("configuration/field", &["pool", "field", "category"], |id, _| pack(&(id[0], id[1], filed(id[2]), FieldEntry::default()))),
    ("configuration/field", &["pool", "field", "category"], |id, _| pack(&(id[0], id[1], FieldEntry::default(), filed(id[2])))),
    ("configuration/option", &["pool", "field", "option"], |id, new| pack(&(id[0], id[1], id[2], new, "alt"))),
    ("configuration/take", &["pool", "category"], |id, new| {
        step(id[0], &Step::AddCategory { name: new.to_owned(), before: Some(category(id[1])) })
    }),
    ("configuration/take", &["pool", "category"], |id, new| {
        step(id[0], &Step::RenameCategory { category: category(id[1]), name: new.to_owned() })
    }),
    ("configuration/take", &["pool", "category", "category"], |id, _| {
        step(id[0], &Step::MoveCategory { category: category(id[1]), before: Some(category(id[2])) })
    }),
    ("configuration/take", &["pool", "category"], |id, _| step(id[0], &Step::DeleteCategory { category: category(id[1]) })),
    ("configuration/take", &["pool", "category", "category", "field"], |id, _| {
        let (category, before) = (category(id[1]), Some(category(id[2])));
        step(id[0], &Step::RestoreCategory { category, before, fields: vec![field(id[3])] })
    }),
    ("configuration/take", &["pool", "category", "field"], |id, new| {
        let made = NewField { before: Some(field(id[2])), ..NewField::new(new, FieldKind::Date, category(id[1])) };
        step(id[0], &Step::AddField(made))
    }),
    ("configuration/take", &["pool", "field", "option"], |id, new| {
        let change = FieldChange { label: Some(new.to_owned()), default: Some(id[2].to_string()), ..FieldChange::default() };
        step(id[0], &Step::ChangeField { field: field(id[1]), change })
    }),
    ("configuration/take", &["pool", "field", "category", "line"], |id, _| {
        step(id[0], &Step::MoveField { field: field(id[1]), category: category(id[2]), before: Some(field(id[3])) })
    }),
    ("configuration/take", &["pool", "field"], |id, _| step(id[0], &Step::DeleteField { field: field(id[1]) })),
    ("configuration/take", &["pool", "field", "category", "line"], |id, _| {
        step(id[0], &Step::RestoreField { field: field(id[1]), category: category(id[2]), before: Some(field(id[3])) })
    }),
    ("configuration/take", &["pool", "field"], |id, new| {
        step(id[0], &Step::AddOptions { field: field(id[1]), options: vec![NewOption::new(new)] })
    }),
    ("configuration/take", &["pool", "field", "option"], |id, new| {
        step(id[0], &Step::RenameOption { field: field(id[1]), option: option(id[2]), label: new.to_owned() })
    }),
    ("configuration/take", &["pool", "field", "option", "other"], |id, _| {
        step(id[0], &Step::MoveOption { field: field(id[1]), option: option(id[2]), before: Some(option(id[3])) })
    }),
    ("configuration/take", &["pool", "field", "option", "other"], |id, _| {
        step(id[0], &Step::OrderOptions { field: field(id[1]), options: vec![option(id[2]), option(id[3])] })
    }),
    ("configuration/take", &["pool", "field", "option"], |id, _| {
        step(id[0], &Step::DeleteOptions { field: field(id[1]), options: vec![option(id[2])] })
    }),
    ("configuration/take", &["pool", "field", "option", "other"], |id, _| {
        step(id[0], &Step::RestoreOptions { field: field(id[1]), options: vec![(option(id[2]), Some(option(id[3])))] })
    }),
    ("configuration/take", &["pool", "field", "category"], |id, _| {
        let one = Step::DeleteField { field: field(id[1]) };
        step(id[0], &Step::All(vec![Step::DeleteCategory { category: category(id[2]) }, one]))
    }),
];

/// Pages, files, and forms that a page sends to its own address.
pub(super) const ADDRESSES: &[(&str, &str, &str)] = &[
    ("GET", "/", ""),
    ("GET", "/pools", ""),
    ("GET", "/jobs", ""),
    ("GET", "/team", ""),
    ("GET", "/team/roles", ""),
    ("GET", "/team/roles/<role>", ""),
    ("GET", "/team/tokens", ""),
    ("GET", "/team/client", ""),
    ("GET", "/settings", ""),
    ("GET", "/audit?q=<word>&who=user:<user>&object=pool:<pool>", ""),
    ("GET", "/audit?object=import:<import>&who=api:<token>", ""),
    ("GET", "/pools/<pool>?q=<word>&profile=<profile>", ""),
    ("GET", "/pools/<pool>?filter=<key>:is:<label>&sort=<key>", ""),
    ("GET", "/pools/<pool>/profiles/<profile>", ""),
    ("GET", "/pools/<pool>/profiles/<profile>?history=all", ""),
    ("GET", "/pools/<pool>/configuration?field=<field>&done=<change>", ""),
    ("GET", "/pools/<pool>/configuration/file?done=<change>.1", ""),
    ("GET", "/pools/<pool>/configuration/fields/<line>/convert?to=single_line", ""),
    ("GET", "/pools/<pool>/bin", ""),
    ("GET", "/pools/<pool>/integration", ""),
    ("GET", "/pools/<pool>/integration.json", ""),
    ("GET", "/pools/<pool>/integration.csv", ""),
    ("GET", "/pools/<pool>/integration.schema.json", ""),
    ("GET", "/pools/<pool>/integration.openapi.json", ""),
    ("GET", "/pools/<pool>/backups?delete=<backup>", ""),
    ("GET", "/pools/<pool>/backups/<backup>", ""),
    ("GET", "/pools/<pool>/backups/<backup>/restore?restore=<restore>&show=changed", ""),
    ("GET", "/pools/<pool>/backups/<backup>/file", ""),
    ("GET", "/pools/<pool>/import", ""),
    ("GET", "/pools/<pool>/import/<import>", ""),
    ("GET", "/pools/<pool>/import/<waiting>?reading=utf8.semicolon.double.header", ""),
    ("GET", "/pools/<pool>/import/<waiting>/rules", ""),
    ("GET", "/pools/<pool>/import/<waiting>/check?show=created", ""),
    ("GET", "/pools/<pool>/import/<waiting>?mapping=<mapping>", ""),
    ("GET", "/pools/<pool>/export.csv?ids=<profile>", ""),
    ("GET", "/pools/<pool>/export.csv?q=<word>", ""),
    ("GET", "/pools/<pool>/export?ids=<profile>&columns=<key>", ""),
    ("GET", "/pools/<pool>/export/file?ids=<profile>&column=<key>&format=json", ""),
    ("GET", "/exports/<export>", ""),
    ("GET", "/pools/<pool>/fields/<line>/not-converted.csv?kind=single_line", ""),
    ("GET", "/imports/<import>/refused.csv", ""),
    ("GET", "/imports/<import>/rejects", ""),
    ("POST", "/pools/<pool>/exports", "ids=<profile>&column=<key>"),
    ("POST", "/pools/<pool>/export-layouts", "layout_name=n<n>&column=<key>"),
    ("POST", "/pools/<pool>/export-layouts/delete", "id=<layout>"),
    ("POST", "/pools/<pool>/profiles/<profile>", "revision=1&was={}&fields[NAME][]=n<n>&fields[<key>][]=<option>"),
    ("POST", "/pools/<pool>?new=1", "revision=0&was={}&fields[NAME][]=n<n>&fields[<key>][]=<option>"),
    (
        "POST",
        "/pools/<pool>/configuration?field=<field>",
        "form[what]=change_field&form[field]=<field>&form[label]=n<n>&form[category]=<category>&form[was]={\"label\":\"x\"}",
    ),
];
