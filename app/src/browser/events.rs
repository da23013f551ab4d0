//! What the server tells by itself. One stream for the whole page: browsers open only six to one server.

use std::sync::Arc;

use domain::id::{JobId, PoolId, ProfileId};
use domain::job::{JobState, Progress};
use leptos::prelude::*;

use super::json::Object;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The stream stands.
    Hello {
        /// The pool's revision by now: who knows an older one has missed something.
        revision: i64,
    },
    /// Some profiles of the pool were made, changed, deleted or taken back.
    Profiles {
        /// Which.
        ids: Vec<ProfileId>,
        /// The pool's revision after it.
        revision: i64,
    },
    /// Many profiles changed, or events were missed.
    Bulk {
        /// The pool's revision after it.
        revision: i64,
    },
    /// The pool's name or fields changed.
    Pool,
    /// A job moved on.
    Job(Moved),
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its id.
    pub id: JobId,
    /// Where it stands.
    pub state: JobState,
    /// What is done.
    pub progress: Progress,
}

/// The names of the events on the stream.
pub const NAMES: [&str; 5] = ["hello", "profiles", "bulk", "pool", "job"];

impl Heard {
    /// An event by its name on the stream and its data in JSON; none when the page doesn't know it.
    pub fn parse(name: &str, data: &str) -> Option<Self> {
        let data = Object::parse(data)?;
        Some(match name {
            "hello" => Self::Hello { revision: data.number("revision")? },
            "profiles" => {
                Self::Profiles { ids: data.numbers("ids").into_iter().map(ProfileId::new).collect(), revision: data.number("revision")? }
            }
            "bulk" => Self::Bulk { revision: data.number("revision")? },
            "pool" => Self::Pool,
            "job" => {
                let count = |name| data.number(name).and_then(|n| u64::try_from(n).ok());
                let progress = Progress { done: count("done")?, total: count("total") };
                Self::Job(Moved { id: JobId::new(data.number("id")?), state: JobState::from_code(&data.text("state")?)?, progress })
            }
            _ => return None,
        })
    }
}

type Ear = Arc<dyn Fn(&Heard) + Send + Sync>;

/// Everybody on the page who listens.
#[derive(Clone, Copy)]
pub struct Events {
    ears: StoredValue<Vec<(usize, Ear)>>,
    next: StoredValue<usize>,
}

impl Events {
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "the server tells itself nothing"))]
    fn tell(self, heard: &Heard) {
        self.ears.try_with_value(|ears| ears.iter().for_each(|(_, ear)| ear(heard)));
    }
}

/// Opens the stream of the pool that the page shows, and follows it from pool to pool.
pub fn provide_events(pool: Memo<Option<PoolId>>) {
    let events = Events { ears: StoredValue::new(Vec::new()), next: StoredValue::new(0) };
    provide_context(events);
    imp::follow(events, pool);
}

/// Hears every event until the caller's view goes away.
pub fn hear(ear: impl Fn(&Heard) + Send + Sync + 'static) {
    let Some(events) = use_context::<Events>() else { return };
    let number = events.next.get_value();
    events.next.set_value(number + 1);
    events.ears.update_value(|ears| ears.push((number, Arc::new(ear))));
    on_cleanup(move || {
        events.ears.try_update_value(|ears| ears.retain(|(one, _)| *one != number));
    });
}

#[cfg(not(feature = "hydrate"))]
mod imp {
    use super::{Events, Memo, PoolId};

    /// The server doesn't listen to itself.
    pub(super) fn follow(_events: Events, _pool: Memo<Option<PoolId>>) {}
}

#[cfg(feature = "hydrate")]
mod imp {
    use futures::StreamExt as _;
    use gloo_net::eventsource::futures::EventSource;
    use leptos::prelude::*;
    use leptos::task::spawn_local;

    use super::{Events, Heard, NAMES, PoolId};
    use crate::browser::connection::{suspect, use_connection};
    use crate::routes;

    /// The stream is opened anew for another pool and when the server is back: a browser gives up on refusals.
    pub(super) fn follow(events: Events, pool: Memo<Option<PoolId>>) {
        let source = StoredValue::new_local(None::<EventSource>);
        let back = use_connection().back;
        Effect::new(move |_| {
            back.track();
            source.try_update_value(|old| old.take().map(EventSource::close));
            let Ok(mut opened) = EventSource::new(&routes::events(pool.get())) else { return };
            for name in NAMES {
                let Ok(mut messages) = opened.subscribe(name) else { continue };
                spawn_local(async move {
                    while let Some(message) = messages.next().await {
                        match message {
                            Ok((_, message)) => {
                                if let Some(heard) = message.data().as_string().and_then(|data| Heard::parse(name, &data)) {
                                    events.tell(&heard);
                                }
                            }
                            Err(_) => suspect(),
                        }
                    }
                });
            }
            source.set_value(Some(opened));
        });
        on_cleanup(move || {
            source.try_update_value(|old| old.take().map(EventSource::close));
        });
    }
}

#[cfg(test)]
mod tests;
