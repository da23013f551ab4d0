//! What the server tells by itself. One stream for the whole page: browsers open only six to one server.

use std::sync::Arc;

use domain::id::PoolId;
use leptos::prelude::*;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The stream stands; nothing was missed.
    Hello,
    /// Some profiles of the pool changed: `{"ids":[…],"revision":…}`.
    Profiles,
    /// Many profiles changed, or events were missed: `{"revision":…}`.
    Bulk,
    /// The pool's name or fields changed: `{"revision":…}`.
    Pool,
    /// A job moved on: `{"id":…,"kind":…,"state":…,"done":…,"total":…}`.
    Job,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 5] = [Kind::Hello, Kind::Profiles, Kind::Bulk, Kind::Pool, Kind::Job];

    /// The event's name on the stream.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::Hello => "hello",
            Kind::Profiles => "profiles",
            Kind::Bulk => "bulk",
            Kind::Pool => "pool",
            Kind::Job => "job",
        }
    }
}

/// An event with its data, in JSON.
#[derive(Clone, Debug)]
pub struct Heard {
    /// What it is about.
    pub kind: Kind,
    /// The data, in JSON.
    pub data: String,
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

    use super::{Events, Heard, Kind, PoolId};
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
            for kind in Kind::ALL {
                let Ok(mut messages) = opened.subscribe(kind.code()) else { continue };
                spawn_local(async move {
                    while let Some(message) = messages.next().await {
                        match message {
                            Ok((_, message)) => events.tell(&Heard { kind, data: message.data().as_string().unwrap_or_default() }),
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
