//! The throw-away PostgreSQL cluster of a test process.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{Connection, PgConnection};
use tokio::sync::OnceCell;

use crate::error::Result;
use crate::statement::Statement;
use crate::{Store, exec, migrations};

/// Set by `scripts/with-postgres.sh`, so that all crates of a run share one cluster.
const SHARED: &str = "LAGUNE_TEST_POSTGRES";

/// Guards the making of the template among the processes that share a cluster.
const TEMPLATE_LOCK: i64 = 7_411_902;

/// The cluster. One that this process started ends when the script's input closes, and the system
/// closes it however the process ends.
struct Cluster {
    url: String,
    _script: Option<Child>,
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| match std::env::var(SHARED) {
        Ok(url) if !url.is_empty() => Cluster { url, _script: None },
        _ => start(),
    })
}

fn start() -> Cluster {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/with-postgres.sh");
    let wait = format!("echo \"${SHARED}\"; exec cat > /dev/null");
    let mut child = Command::new(script)
        .args(["sh", "-c", &wait])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("scripts/with-postgres.sh can be run");
    let mut url = String::new();
    let output = child.stdout.take().expect("its output was asked for");
    BufReader::new(output).read_line(&mut url).expect("its output is text");
    assert!(!url.trim().is_empty(), "PostgreSQL did not start; the sentence above says why. Tests never run without it.");
    Cluster { url: url.trim().to_owned(), _script: Some(child) }
}

/// The address of a database in the cluster.
pub(super) fn url(database: &str) -> String {
    let base = &cluster().url;
    let (before, after) = base
        .split_once("/postgres?")
        .or_else(|| base.rsplit_once("/postgres").map(|(a, _)| (a, "")))
        .expect("LAGUNE_TEST_POSTGRES names the database postgres");
    format!("{before}/{database}?{after}")
}

/// A name that no database of the cluster has had.
pub(super) fn new_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("lagune_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Runs a statement about databases. One that is being copied can't be for a moment.
pub(super) async fn run(text: String) {
    for _ in 0..100 {
        match try_run(&text).await {
            Err(error) if error.to_string().contains("being accessed by other users") => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            done => return done.expect("the cluster makes and drops databases"),
        }
    }
    panic!("{text}: the database stayed occupied");
}

async fn try_run(text: &str) -> Result<()> {
    let mut connection = PgConnection::connect(&cluster().url).await?;
    exec::ddl(&mut connection, text.to_owned()).await?;
    Ok(connection.close().await?)
}

/// The migrated database that every test's is a copy of; made once in each cluster and version.
pub(super) async fn template() -> String {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE.get_or_init(|| async { make_template().await.expect("the template of all test databases") }).await.clone()
}

async fn make_template() -> Result<String> {
    let mut hasher = DefaultHasher::new();
    migrations::fingerprint().hash(&mut hasher);
    let name = format!("lagune_template_{:x}", hasher.finish());
    let mut guard = PgConnection::connect(&cluster().url).await?;
    exec::row(&mut guard, Statement::new("select pg_advisory_lock($1)").arg(TEMPLATE_LOCK)).await?;
    let asked = Statement::new("select 1 from pg_database where datname = $1").arg(name.as_str());
    if exec::row(&mut guard, asked).await?.is_none() {
        let making = new_name();
        run(format!("create database {making} template template0")).await;
        let store = Store::open(&url(&making)).await?;
        store.migrate().await?;
        store.close().await;
        run(format!("alter database {making} rename to {name}")).await;
    }
    guard.close().await?;
    Ok(name)
}
