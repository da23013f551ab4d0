//! The server is killed at random moments of whatever changes many profiles, from the first byte of the request to the time
//! after its end, and started again. Then everything is as before, or the deed goes on by itself and everything is as
//! afterwards; the job says which, and no profile, no line of history and no hit of a search is lost or doubled.
//!
//! A deed is more than one transaction, so some seconds long on a busy machine: 48 moments are tried each time, and more
//! when somebody asks for them (`CONTRIBUTING.md`).
//!
//! A run that fails prints its seed; `LAGUNE_TEST_SEED` repeats it. `LAGUNE_TEST_KILLS` is how often each server is killed.

mod deeds;
mod ground;
mod moments;

use std::time::Duration;

use store::db::Engine;

use self::{
    deeds::{DEEDS, Deed},
    ground::Ground,
    moments::Moments,
};

/// How often each server is killed, unless the environment says otherwise: as often as is bearable each time.
const KILLS: u64 = 48;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_killed_server_was_at_is_done_or_was_never_begun_on_sqlite() {
    kill_again_and_again(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_killed_server_was_at_is_done_or_was_never_begun_on_postgres() {
    kill_again_and_again(Engine::Postgres).await;
}

async fn kill_again_and_again(engine: Engine) {
    let kills = moments::asked("LAGUNE_TEST_KILLS").unwrap_or(KILLS);
    let mut moments = Moments::new();
    let mut ground = Ground::prepare(engine).await;
    let mut lengths = Vec::new();
    for deed in DEEDS {
        lengths.push(ground.whole(deed).await);
        eprintln!("{} takes {:?}", deed.name, lengths[lengths.len() - 1]);
    }
    let mut done = 0;
    for round in 0.. {
        if done >= kills {
            break;
        }
        let turn = round % DEEDS.len();
        let times = 1 + u64::from(moments.one_in(3));
        let moments = (0..times).map(|_| moments.within(lengths[turn])).collect::<Vec<_>>();
        eprintln!("round {round}: {}, killed after {moments:?}", DEEDS[turn].name);
        one_round(&mut ground, &DEEDS[turn], &moments, round % 3 == 0).await;
        done += times;
    }
    ground.end().await;
}

/// Asks for a deed, kills the server at these moments and sees what has become of everything.
async fn one_round(ground: &mut Ground, deed: &Deed, moments: &[Duration], cancel: bool) {
    let mut mark = ground.mark().await;
    let mut job = None;
    for moment in moments {
        if job.is_none() {
            ground.ask_and_kill(deed, *moment);
        } else {
            ground.wait_and_kill(*moment);
        }
        job = ground.asked_since(&mark, deed);
        if job.is_none() {
            ground.is_as_before(&mark).await;
        }
    }
    if deed.cancels && cancel && job.is_some_and(|job| ground.cancelled(job)) {
        ground.is_as_before(&mark).await;
        mark = ground.mark().await;
        job = None;
    }
    let job = job.unwrap_or_else(|| ground.ask(deed, &mark));
    ground.ends(deed, job, &mark).await;
}
