//! A server with a pool, what its people should be like, and whether they are.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use store::db::Engine;

use super::deeds::Deed;
use crate::support::TestApp;

/// People of the pool, and those of them that live where something is done to them: more than fit in one transaction.
pub(super) const ALL: usize = 5_300;
pub(super) const AACHEN: usize = 5_100;

/// Where people live at one time or another.
const CITIES: [&str; 4] = ["Aachen", "Bonn", "Jena", "Ulm"];

/// Who is in the pool, by the e-mail address.
pub(super) type People = BTreeMap<String, Person>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) city: &'static str,
    pub(super) points: String,
}

/// A number with zeros in front, which a conversion takes away, or no number at all.
pub(super) fn points(n: usize) -> String {
    if n.is_multiple_of(50) { "viele".to_owned() } else { format!("{n:05}") }
}

pub(super) struct Ground {
    pub(super) app: TestApp,
    pub(super) pool: i64,
    pub(super) cookie: String,
    /// As it was at first.
    pub(super) base: People,
    /// As it should be now.
    pub(super) people: People,
    pub(super) import: i64,
    pub(super) batch: i64,
    pub(super) conversion: i64,
    pub(super) backup: i64,
    pub(super) restore: i64,
}

/// What there was before something was asked for.
pub(super) struct Mark {
    job: i64,
    line: i64,
}

impl Ground {
    pub(super) async fn prepare(engine: Engine) -> Self {
        let app = TestApp::start(engine, &[]).await;
        let pool = app.create_pool("Kunden");
        let field = json!({"label": "Punkte", "kind": "single_line"});
        app.api("POST", &format!("/pools/{pool}/fields")).json(&field).send().expect(201);
        let person = |n: usize| {
            let city = if n < AACHEN { "Aachen" } else { "Ulm" };
            (format!("p{n}@example.com"), Person { name: format!("Stamm {n}"), city, points: points(n) })
        };
        let base: People = (0..ALL).map(person).collect();
        let mut file = String::from("E-Mail,Name,City,Punkte\n");
        for (email, Person { name, city, points }) in &base {
            writeln!(file, "{email},{name},{city},{points}").unwrap();
        }
        let call = app.api("POST", &format!("/pools/{pool}/imports")).header("content-type", "text/csv");
        let begun = call.body(file).send().expect(202).json();
        assert_eq!(app.job_done(begun["job"].as_i64().unwrap())["state"], "done");
        let cookie = app.sign_in();
        let ground = Self { app, pool, cookie, people: base.clone(), base, import: 0, batch: 0, conversion: 0, backup: 0, restore: 0 };
        ground.is(&ground.people);
        ground
    }

    /// Ends the server, once its audit log was found whole.
    pub(super) async fn end(self) {
        let said = self.app.lagune(&["audit", "verify"]);
        assert!(!said.is_empty());
        self.app.stop().await;
    }

    /// What there is now.
    pub(super) async fn mark(&self) -> Mark {
        let [line] = self.app.database.numbers("select coalesce(max(id), 0) from history").await.unwrap();
        Mark { job: self.jobs().first().map_or(0, |job| job["id"].as_i64().unwrap()), line }
    }

    /// The newest jobs, the last one first.
    fn jobs(&self) -> Vec<Value> {
        self.app.api("GET", "/jobs").send().expect(200).json()["items"].as_array().unwrap().clone()
    }

    /// Has it done without any harm; how long that takes.
    pub(super) async fn whole(&mut self, deed: &Deed) -> Duration {
        let mark = self.mark().await;
        let begin = Instant::now();
        let job = self.ask(deed, &mark);
        self.job_ended(job);
        let length = begin.elapsed();
        self.ends(deed, job, &mark).await;
        length
    }

    /// Asks for it; the job that does it.
    pub(super) fn ask(&self, deed: &Deed, mark: &Mark) -> i64 {
        let answer = (deed.begin)(self).send();
        assert!(matches!(answer.status, 202 | 302), "{}: {} {}", deed.name, answer.status, answer.text());
        self.asked_since(mark, deed).expect("the job that was asked for")
    }

    /// Asks for it and kills the server at this moment; then it is started again.
    pub(super) fn ask_and_kill(&mut self, deed: &Deed, moment: Duration) {
        let call = (deed.begin)(self);
        let asking = thread::spawn(move || call.send_to_the_dying());
        self.wait_and_kill(moment);
        asking.join().unwrap();
    }

    /// Kills the server at this moment and starts it again.
    pub(super) fn wait_and_kill(&mut self, moment: Duration) {
        // No condition to wait for: that it may be any moment is what is tried here.
        thread::sleep(moment);
        self.app.kill_and_restart();
    }

    /// The job of a deed that was asked for since; none when the request came to nothing.
    pub(super) fn asked_since(&self, mark: &Mark, deed: &Deed) -> Option<i64> {
        let ids = self.jobs().into_iter().filter(|job| job["kind"] == deed.kind).map(|job| job["id"].as_i64().unwrap());
        let new: Vec<i64> = ids.filter(|id| *id > mark.job).collect();
        assert!(new.len() <= 1, "{}: asked for once, begun {new:?}", deed.name);
        new.first().copied()
    }

    /// Cancels a job; whether it was in time.
    pub(super) fn cancelled(&self, job: i64) -> bool {
        let answer = self.app.api("POST", &format!("/jobs/{job}/cancel")).send();
        assert!(matches!(answer.status, 200 | 409), "{}", answer.text());
        self.job_ended(job)["state"] == "cancelled"
    }

    /// A job, once it has ended.
    fn job_ended(&self, job: i64) -> Value {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let found = self.app.api("GET", &format!("/jobs/{job}")).send().expect(200).json();
            if ["done", "failed", "cancelled"].contains(&found["state"].as_str().unwrap()) {
                return found;
            }
            assert!(Instant::now() < until, "the job does not end: {found}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The deed comes to its end, and everything is as it should be then.
    pub(super) async fn ends(&mut self, deed: &Deed, job: i64, mark: &Mark) {
        let ended = self.job_ended(job);
        assert_eq!(ended["state"], "done", "{}: {ended}", deed.name);
        (deed.told)(self, &ended);
        self.people = (deed.after)(self);
        self.is(&self.people);
        assert_eq!(self.lines_since(mark).await, [deed.lines; 2], "{}: each change once in the history", deed.name);
    }

    /// Nothing has happened.
    pub(super) async fn is_as_before(&self, mark: &Mark) {
        self.is(&self.people);
        assert_eq!(self.lines_since(mark).await, [0, 0], "no line in the history");
    }

    /// How many lines the history has got, and of how many profiles.
    async fn lines_since(&self, mark: &Mark) -> [i64; 2] {
        let sql = format!("select count(*), count(distinct profile_id) from history where id > {}", mark.line);
        self.app.database.numbers(&sql).await.unwrap()
    }

    /// The pool holds these people, each once; every number and every search agrees with that.
    fn is(&self, people: &People) {
        let pool = self.pool;
        let file = self.app.api("GET", &format!("/pools/{pool}/export?columns=EMAIL,NAME,CITY,PUNKTE")).send().expect(200).text();
        let mut found: Vec<&str> = file.lines().skip(1).collect();
        found.sort_unstable();
        let lines = people.iter().map(|(email, Person { name, city, points })| format!("{email},{name},{city},{points}"));
        let mut wanted: Vec<String> = lines.collect();
        wanted.sort_unstable();
        if let Some(at) = (0..found.len().max(wanted.len())).find(|at| found.get(*at).copied() != wanted.get(*at).map(String::as_str)) {
            panic!(
                "{} profiles instead of {}; the first difference: {:?}, not {:?}",
                found.len(),
                wanted.len(),
                found.get(at),
                wanted.get(at)
            );
        }

        let here = self.app.api("GET", &format!("/pools/{pool}")).send().expect(200).json();
        assert_eq!(here["profiles"], people.len(), "the number of profiles that the pool knows");
        let total = |query: &str| {
            let list = self.app.api("GET", &format!("/pools/{pool}/profiles?page_size=1{query}")).send().expect(200).json();
            list["total"].as_u64().unwrap() as usize
        };
        let of = |is: &dyn Fn(&Person) -> bool| people.values().filter(|person| is(person)).count();
        assert_eq!(total(""), people.len(), "all");
        for name in ["Stamm", "Neu"] {
            assert_eq!(total(&format!("&q={name}")), of(&|person| person.name.starts_with(name)), "by the name {name}");
        }
        for city in CITIES {
            assert_eq!(total(&format!("&q={city}&in=CITY")), of(&|person| person.city == city), "by the word {city}");
            assert_eq!(total(&format!("&filter=CITY:is:{city}")), of(&|person| person.city == city), "by the place {city}");
        }
        assert_eq!(total("&q=viele&in=PUNKTE"), of(&|person| person.points == "viele"), "by the points");
    }
}
