//! What is done to many profiles, as a table. Each deed finds the pool as the one before leaves it; the last one leaves it as
//! the first one found it, but for what lies in the bin.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::ground::{AACHEN, ALL, Ground, People, points};
use crate::http::Call;

/// Something that is asked of the server and done by a job. A further one is a further entry in [`DEEDS`].
pub(super) struct Deed {
    pub(super) name: &'static str,
    /// As its job is called.
    pub(super) kind: &'static str,
    /// What is asked.
    pub(super) begin: fn(&Ground) -> Call,
    /// What the pool is like afterwards; before, it is `ground.people`.
    pub(super) after: fn(&Ground) -> People,
    /// Makes sure that the ended job tells what was done, and keeps what the deeds after it need.
    pub(super) told: fn(&mut Ground, &Value),
    /// How many profiles get a line of history, each one.
    pub(super) lines: i64,
    /// Whether one that is cancelled leaves everything as before. The others keep what they have done, and say how much.
    pub(super) cancels: bool,
}

/// An import changes so many profiles, and makes so many.
const CHANGED: usize = 1_000;
const MADE: usize = 400;
/// And finds so many rows in between that change nothing, so that it takes more than one transaction.
const UNCHANGED: usize = 20_000;

pub(super) const DEEDS: &[Deed] = &[
    Deed {
        name: "import",
        kind: "import",
        begin: |ground| {
            let call = ground.app.api("POST", &format!("/pools/{}/imports?key=EMAIL&file_name=neu.csv", ground.pool));
            call.header("content-type", "text/csv").body(file(ground))
        },
        after: with_import,
        told: |ground, job| {
            ground.import = job["result"]["import"].as_i64().unwrap();
            let counts = json!({
                "rows": CHANGED + MADE + UNCHANGED, "created": MADE, "updated": CHANGED, "unchanged": UNCHANGED, "refused": 0, "skipped": 0,
            });
            let import = ground.app.api("GET", &format!("/imports/{}", ground.import)).send().expect(200).json();
            assert_eq!(import["counts"], counts);
            for (name, count) in counts.as_object().unwrap() {
                assert_eq!(job["result"][name], *count, "{name}: {job}");
            }
        },
        lines: CHANGED as i64,
        cancels: false,
    },
    Deed {
        name: "undo of the import",
        kind: "import_undo",
        begin: |ground| ground.app.api("POST", &format!("/imports/{}/undo", ground.import)),
        after: |ground| ground.base.clone(),
        told: |ground, job| {
            tells(job, json!({"n": CHANGED + MADE, "kept": 0}));
            let import = ground.app.api("GET", &format!("/imports/{}", ground.import)).send().expect(200).json();
            assert_eq!((&import["taken_back"]["n"], &import["taken_back"]["kept"]), (&json!(CHANGED + MADE), &json!(0)));
        },
        lines: (CHANGED + MADE) as i64,
        cancels: false,
    },
    Deed {
        name: "change of many",
        kind: "bulk_edit",
        begin: |ground| {
            let body = json!({"query": "filter=CITY:is:Aachen", "field": "CITY", "value": "Bonn"});
            ground.app.api("POST", &format!("/pools/{}/profiles/edit", ground.pool)).json(&body)
        },
        after: |ground| {
            let mut people = ground.people.clone();
            people.values_mut().filter(|person| person.city == "Aachen").for_each(|person| person.city = "Bonn");
            people
        },
        told: |ground, job| {
            tells(job, json!({"n": AACHEN}));
            ground.batch = job["result"]["batch"].as_i64().unwrap();
        },
        lines: AACHEN as i64,
        cancels: false,
    },
    Deed {
        name: "undo of the change",
        kind: "bulk_undo",
        begin: |ground| ground.app.api("POST", &format!("/pools/{}/batches/{}/undo", ground.pool, ground.batch)),
        after: |ground| ground.base.clone(),
        told: |_, job| tells(job, json!({"n": AACHEN, "kept": 0})),
        lines: AACHEN as i64,
        cancels: false,
    },
    Deed {
        name: "deletion of many",
        kind: "bulk_delete",
        begin: |ground| {
            let body = json!({"query": "filter=CITY:is:Aachen"});
            ground.app.api("POST", &format!("/pools/{}/profiles/delete", ground.pool)).json(&body)
        },
        after: |ground| {
            let mut people = ground.people.clone();
            people.retain(|_, person| person.city != "Aachen");
            people
        },
        told: |_, job| tells(job, json!({"n": AACHEN})),
        lines: AACHEN as i64,
        cancels: false,
    },
    Deed {
        name: "restoring of what a search in the bin finds",
        kind: "bulk_restore",
        begin: |ground| {
            let pool = ground.pool.to_string();
            let call = ground.app.call("POST", "/api/profiles/restore").browser().cookie(&ground.cookie);
            call.form(&[("pool", &pool), ("all", "true"), ("q", "Stamm")])
        },
        after: |ground| ground.base.clone(),
        told: |_, job| tells(job, json!({"n": AACHEN})),
        lines: AACHEN as i64,
        cancels: false,
    },
    Deed {
        name: "conversion",
        kind: "convert",
        begin: |ground| {
            let call = ground.app.api("POST", &format!("/pools/{}/fields/PUNKTE/conversions", ground.pool));
            call.json(&json!({"kind": "integer"}))
        },
        after: |ground| {
            let number = |text: &str| text.parse::<u32>().map(|number| number.to_string()).unwrap_or_default();
            let mut people = ground.people.clone();
            people.values_mut().for_each(|person| person.points = number(&person.points));
            people
        },
        told: |ground, job| {
            let numbers = ground.base.values().filter(|person| person.points != "viele").count();
            tells(job, json!({"values": ALL, "converted": numbers}));
            ground.conversion = job["result"]["conversion"].as_i64().unwrap();
        },
        lines: 0,
        cancels: true,
    },
    Deed {
        name: "way back of the conversion",
        kind: "convert",
        begin: |ground| {
            let (pool, conversion) = (ground.pool, ground.conversion);
            ground.app.api("POST", &format!("/pools/{pool}/fields/PUNKTE/conversions/{conversion}/undo"))
        },
        after: |ground| ground.base.clone(),
        told: |_, job| tells(job, json!({"values": ALL, "converted": ALL, "kept": 0})),
        lines: 0,
        cancels: true,
    },
    Deed {
        name: "check of an import by rules",
        kind: "import_check",
        begin: |ground| {
            let call = ground.app.api("POST", &format!("/pools/{}/imports?{BY_RULES}&check=true", ground.pool));
            call.header("content-type", "text/csv").body(file_by_rules(ground))
        },
        after: |ground| ground.people.clone(),
        told: |ground, job| {
            let check = ground.app.api("GET", &format!("/imports/{}/check", job["result"]["import"])).send().expect(200).json();
            assert_eq!((&check["state"], &check["counts"]), (&json!("done"), &counts_by_rules()), "{check}");
        },
        lines: 0,
        cancels: true,
    },
    Deed {
        name: "import by rules",
        kind: "import",
        begin: |ground| {
            let call = ground.app.api("POST", &format!("/pools/{}/imports?{BY_RULES}", ground.pool));
            call.header("content-type", "text/csv").body(file_by_rules(ground))
        },
        after: with_import,
        told: |ground, job| {
            ground.import = job["result"]["import"].as_i64().unwrap();
            let import = ground.app.api("GET", &format!("/imports/{}", ground.import)).send().expect(200).json();
            assert_eq!(import["counts"], counts_by_rules());
        },
        lines: CHANGED as i64,
        cancels: false,
    },
    Deed {
        name: "undo of the import by rules",
        kind: "import_undo",
        begin: |ground| ground.app.api("POST", &format!("/imports/{}/undo", ground.import)),
        after: |ground| ground.base.clone(),
        told: |_, job| tells(job, json!({"n": CHANGED + MADE, "kept": 0})),
        lines: (CHANGED + MADE) as i64,
        cancels: false,
    },
    Deed {
        name: "backup",
        kind: "backup",
        begin: |ground| ground.app.api("POST", &format!("/pools/{}/backups", ground.pool)).json(&json!({"name": "Vorher"})),
        after: |ground| ground.people.clone(),
        told: |ground, job| {
            let newest = backups_are_whole(ground);
            assert_eq!(job["result"]["backup"], newest);
            ground.backup = newest;
        },
        lines: 0,
        cancels: true,
    },
    MOVING,
    COMPARISON,
    RESTORE,
    Deed {
        name: "undo of the restore",
        kind: "restore_undo",
        begin: |ground| ground.app.api("POST", &format!("/pools/{}/restores/{}/undo", ground.pool, ground.restore)),
        after: |ground| moved(ground, "Aachen", "Jena"),
        told: |_, job| tells(job, json!({"n": AACHEN, "kept": 0})),
        lines: AACHEN as i64,
        cancels: false,
    },
    COMPARISON,
    RESTORE,
];

/// The key of two fields, and of several rows of a key the last.
const BY_RULES: &str = "key=EMAIL,NAME&duplicates=last&file_name=neu.csv";

/// Each changed and each new person stands there twice: first with what does not count.
fn file_by_rules(ground: &Ground) -> String {
    let whole = file(ground);
    let mut first = String::from("E-Mail,Name,City,Punkte\n");
    for line in whole.lines().skip(1).filter(|line| line.contains(",Jena,")) {
        first += &line.replace(",Jena,", ",Ulm,");
        first.push('\n');
    }
    first + whole.split_once('\n').unwrap().1
}

fn counts_by_rules() -> Value {
    let unchanged = ALL - CHANGED;
    json!({
        "rows": 2 * (CHANGED + MADE) + UNCHANGED, "created": MADE, "updated": CHANGED, "unchanged": unchanged, "refused": 0,
        "skipped": CHANGED + MADE + UNCHANGED - unchanged,
    })
}

/// Has everybody who lives in Aachen move; there and back is what restoring is tried with.
const MOVING: Deed = Deed {
    name: "change of many that a backup takes back",
    kind: "bulk_edit",
    begin: |ground| {
        let body = json!({"query": "filter=CITY:is:Aachen", "field": "CITY", "value": "Jena"});
        ground.app.api("POST", &format!("/pools/{}/profiles/edit", ground.pool)).json(&body)
    },
    after: |ground| moved(ground, "Aachen", "Jena"),
    told: |_, job| tells(job, json!({"n": AACHEN})),
    lines: AACHEN as i64,
    cancels: false,
};

const COMPARISON: Deed = Deed {
    name: "comparison of a backup",
    kind: "restore_check",
    begin: |ground| {
        let call = ground.app.api("POST", &format!("/pools/{}/backups/{}/restores", ground.pool, ground.backup));
        call.json(&json!({}))
    },
    after: |ground| ground.people.clone(),
    told: |ground, job| {
        ground.restore = job["result"]["restore"].as_i64().unwrap();
        let found = ground.app.api("GET", &format!("/pools/{}/restores/{}", ground.pool, ground.restore)).send().expect(200).json();
        assert_eq!(
            (&found["state"], &found["found"]["rows"], &found["found"]["changed"]),
            (&json!("compared"), &json!(ALL), &json!(AACHEN))
        );
    },
    lines: 0,
    cancels: true,
};

const RESTORE: Deed = Deed {
    name: "restore",
    kind: "restore",
    begin: |ground| ground.app.api("POST", &format!("/pools/{}/restores/{}/run", ground.pool, ground.restore)).json(&json!({})),
    after: |ground| ground.base.clone(),
    told: |ground, _| {
        let found = ground.app.api("GET", &format!("/pools/{}/restores/{}", ground.pool, ground.restore)).send().expect(200).json();
        assert_eq!(found["state"], "done", "{found}");
    },
    lines: AACHEN as i64,
    cancels: false,
};

fn moved(ground: &Ground, from: &str, to: &'static str) -> People {
    let mut people = ground.people.clone();
    people.values_mut().filter(|person| person.city == from).for_each(|person| person.city = to);
    people
}

/// Every backup that is listed as whole is: its file is read again, and holds everybody.
fn backups_are_whole(ground: &Ground) -> i64 {
    let path = format!("/pools/{}/backups", ground.pool);
    let all = ground.app.api("GET", &path).send().expect(200).json()["items"].as_array().unwrap().clone();
    let whole: Vec<_> = all.iter().filter(|one| one["kind"] == "manual" && one["state"] == "done").collect();
    for one in &whole {
        let read = ground.app.api("POST", &format!("{path}/{}/verify", one["id"])).send().expect(200).json();
        assert_eq!((&read["state"], &read["profiles"]), (&json!("done"), &json!(ALL)), "{read}");
    }
    whole.iter().filter_map(|one| one["id"].as_i64()).max().unwrap()
}

/// A job's answer holds these.
fn tells(job: &Value, what: Value) {
    for (name, value) in what.as_object().unwrap() {
        assert_eq!(job["result"][name], *value, "{name}: {job}");
    }
}

/// The imported people, in two parts far enough from each other.
fn with_import(ground: &Ground) -> People {
    let mut people = ground.people.clone();
    for n in 0..CHANGED {
        people.get_mut(&format!("p{n}@example.com")).unwrap().city = "Jena";
    }
    for n in 0..MADE {
        people.insert(format!("neu{n}@example.com"), super::ground::Person { name: format!("Neu {n}"), city: "Jena", points: points(n) });
    }
    people
}

fn file(ground: &Ground) -> String {
    let mut file = String::from("E-Mail,Name,City,Punkte\n");
    let after = with_import(ground);
    let mut touched: Vec<_> = after.iter().filter(|(email, person)| ground.people.get(*email) != Some(person)).collect();
    let second = touched.split_off(touched.len() / 2);
    let same: Vec<_> = ground.people.iter().filter(|(email, person)| after.get(*email) == Some(person)).collect();
    let same = same.into_iter().cycle().take(UNCHANGED);
    for (email, person) in touched.into_iter().chain(same).chain(second) {
        writeln!(file, "{email},{},{},{}", person.name, person.city, person.points).unwrap();
    }
    file
}
