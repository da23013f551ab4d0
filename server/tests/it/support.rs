//! A server of one test, with the deeds of its users as methods.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use domain::{
    lang::Lang,
    rights::{Right, Rights},
    role::ReadyRole,
    text::Email,
};
use serde_json::{Value, json};
use store::{
    accounts::NewUser,
    db::Engine,
    roles::RoleWish,
    testing::{NOW, TestDatabase},
};
use tempfile::TempDir;

use crate::http::Call;

pub(crate) const EMAIL: &str = "ada@example.com";
pub(crate) const PASSWORD: &str = "a password of some length";

/// A Python that knows a package of Debian's; those belong to Debian's Python, and another one may come first.
pub(crate) fn python_with(package: &str) -> &'static str {
    let knows = |python: &&str| {
        let import = format!("import {package}");
        Path::new(python).is_absolute()
            && Command::new(python).args(["-W", "ignore", "-c", &import]).stderr(Stdio::null()).status().is_ok_and(|it| it.success())
    };
    ["/usr/bin/python3"].into_iter().find(knows).unwrap_or("python3")
}

/// Runs a test against a server on SQLite and against one on PostgreSQL.
pub(crate) async fn on_each_server(test: impl AsyncFn(&mut TestApp)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        eprintln!("on {engine:?}");
        let mut app = TestApp::start(engine, &[]).await;
        test(&mut app).await;
        app.stop().await;
    }
}

/// A running server with an administrator (`EMAIL`, `PASSWORD`) and a token of theirs.
pub(crate) struct TestApp {
    pub(crate) database: TestDatabase,
    pub(crate) folder: TempDir,
    pub(crate) address: SocketAddr,
    pub(crate) token: String,
    settings: Vec<(String, String)>,
    server: Child,
}

impl TestApp {
    pub(crate) async fn start(engine: Engine, settings: &[(&str, &str)]) -> Self {
        let database = TestDatabase::fresh(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let settings: Vec<_> = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let user = ["user", "create", "--email", EMAIL, "--role", "administrator", "--password-stdin"];
        run(lagune(database.url(), folder.path(), &settings, &user), PASSWORD);
        let token = run(lagune(database.url(), folder.path(), &settings, &["token", "create", "--user", EMAIL]), "");
        let (server, address) = serve(lagune(database.url(), folder.path(), &settings, &["serve"]));
        Self { database, folder, address, token, settings, server }
    }

    /// Lets it end in good order; whether it did.
    pub(crate) fn terminate(&mut self) -> bool {
        signal(&self.server, "-TERM");
        wait(&mut self.server)
    }

    /// Kills it without a warning and starts it again.
    pub(crate) fn kill_and_restart(&mut self) {
        self.kill();
        self.restart(&[]);
    }

    /// Kills it without a warning.
    pub(crate) fn kill(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }

    /// Starts it again after it ended.
    pub(crate) fn restart(&mut self, flags: &[&str]) {
        (self.server, self.address) = serve(self.command(&[&["serve"], flags].concat()));
    }

    /// Starts it again in other circumstances.
    pub(crate) fn restart_by(&mut self, change: impl FnOnce(Command) -> Command) {
        (self.server, self.address) = serve(change(self.command(&["serve"])));
    }

    pub(crate) async fn stop(mut self) {
        signal(&self.server, "-KILL");
        wait(&mut self.server);
        // The database can't be dropped by who is borrowed; a dying `TestApp` hands it over.
        let database = std::mem::replace(&mut self.database, TestDatabase::empty(Engine::Sqlite).await);
        database.remove().await;
    }

    pub(crate) fn call(&self, method: &'static str, path: &str) -> Call {
        Call::new(self.address, method, path)
    }

    pub(crate) fn get(&self, path: &str) -> Call {
        self.call("GET", path)
    }

    /// A call of the REST interface with the administrator's token.
    pub(crate) fn api(&self, method: &'static str, path: &str) -> Call {
        self.call(method, &format!("/api/v1{path}")).bearer(&self.token)
    }

    /// Signs in by the form and gives the cookie.
    pub(crate) fn sign_in(&self) -> String {
        let answer = self.call("POST", "/sign-in").browser().form(&[("email", EMAIL), ("password", PASSWORD)]).send();
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.cookie()
    }

    /// Creates a pool and gives its id.
    pub(crate) fn create_pool(&self, name: &str) -> i64 {
        self.api("POST", "/pools").json(&json!({"name": name})).send().expect(201).json()["id"].as_i64().unwrap()
    }

    /// Creates a profile and gives the answer.
    pub(crate) fn create_profile(&self, pool: i64, fields: Value) -> Value {
        self.api("POST", &format!("/pools/{pool}/profiles")).json(&json!({"fields": fields})).send().expect(201).json()
    }

    /// Runs the program beside the server, on the same database.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        lagune(self.database.url(), self.folder.path(), &self.settings, arguments)
    }

    /// Runs it to its end and gives what it wrote to stdout.
    pub(crate) fn lagune(&self, arguments: &[&str]) -> String {
        run(self.command(arguments), "")
    }

    /// A token of somebody with these rights and the right to the interface, who is made behind the program's back.
    pub(crate) async fn token_with(&self, rights: Rights) -> String {
        let store = self.database.open().await;
        let client = store.first_client().await.unwrap().expect("the client of the first user");
        let wish = RoleWish { name: None, rights: rights.with(Right::Api), rule: None };
        let role = store.create_role(client, Rights::all(), &"Programm".parse().unwrap(), &wish, NOW).await.unwrap();
        let bob = NewUser { email: Email::parse("bob@example.com").unwrap(), name: "Bob".into(), password_hash: None, lang: Lang::De };
        store.invite(client, Rights::all(), bob, &role, NOW).await.unwrap();
        store.close().await;
        self.lagune(&["token", "create", "--user", "bob@example.com"])
    }

    /// A token of another client's administrator, who is made behind the program's back.
    pub(crate) async fn token_of_another_client(&self) -> String {
        let store = self.database.open().await;
        let client = store.create_client(&"Fremde".parse().unwrap(), NOW).await.unwrap();
        let user = NewUser { email: Email::parse("eve@example.com").unwrap(), name: "Eve".into(), password_hash: None, lang: Lang::En };
        let user = store.create_user(user, NOW).await.unwrap();
        store.add_member(client, user, &ReadyRole::Administrator.into(), NOW).await.unwrap();
        store.close().await;
        self.lagune(&["token", "create", "--user", "eve@example.com"])
    }

    /// A file in the test's own folder.
    pub(crate) fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Waits until a job has ended and gives it.
    pub(crate) fn job_done(&self, job: i64) -> Value {
        let until = Instant::now() + Duration::from_secs(120);
        loop {
            let found = self.api("GET", &format!("/jobs/{job}")).send().expect(200).json();
            if ["done", "failed", "cancelled"].contains(&found["state"].as_str().unwrap()) {
                return found;
            }
            assert!(Instant::now() < until, "the job did not end: {found}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The program with a database and a data folder of its own.
pub(crate) fn lagune(url: &str, folder: &Path, settings: &[(String, String)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lagune"));
    // The settings of whoever runs the tests are not the tests' settings.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"LAGUNE_")) {
        command.env_remove(name);
    }
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .current_dir(folder)
        .env("LAGUNE_DATABASE_URL", url)
        .env("LAGUNE_LISTEN", "127.0.0.1:0")
        .env("LAGUNE_DATA_DIR", folder.join("data"))
        .env("LAGUNE_LOG", "warn")
        .envs(settings.iter().map(|(name, value)| (name, value)));
    command
}

/// Runs a command that has to succeed.
#[track_caller]
pub(crate) fn run(mut command: Command, input: &str) -> String {
    let output = with_input(&mut command, input);
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// Runs a command with something on its standard input.
pub(crate) fn with_input(command: &mut Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn serve(mut command: Command) -> (Child, SocketAddr) {
    let mut server = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let first = lines.next().expect("the server says where it is").unwrap();
    let address = first.rsplit("//").next().unwrap().trim_end_matches(')').parse().unwrap_or_else(|_| panic!("{first}"));
    let until = Instant::now() + Duration::from_secs(30);
    while Call::new(address, "GET", "/healthz").send().status != 200 {
        assert!(Instant::now() < until, "the server does not answer");
        thread::sleep(Duration::from_millis(20));
    }
    (server, address)
}

pub(crate) fn signal(child: &Child, name: &str) {
    Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
}

/// Waits for the end of a process, not for ever; whether it ended well.
pub(crate) fn wait(child: &mut Child) -> bool {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        assert!(Instant::now() < until, "the process does not end");
        thread::sleep(Duration::from_millis(20));
    }
}
