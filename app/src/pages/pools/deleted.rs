//! Pools that were deleted, and the way back.

use domain::id::PoolId;
use domain::lang::{Lang, fill, number};
use domain::rights::Right;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api::pools::{DeletedPoolLine, RestorePool, deleted_pools, restore_pool};
use crate::components::frame::use_frame;
use crate::components::icon::Icon;
use crate::components::toast::{Toast, use_toasts};
use crate::i18n::use_lang;
use crate::routes;
use crate::text::pools as t;
use crate::wire::Wire;

/// What an administrator can bring back; nothing where there is nothing.
#[component]
pub fn DeletedPools() -> impl IntoView {
    let frame = use_frame();
    let may = frame.may(Right::DeletePools);
    may.then(|| view! { <Asked/> })
}

#[component]
fn Asked() -> impl IntoView {
    let frame = use_frame();
    // Asked anew whenever pools come or go.
    let pools = Memo::new(move |_| frame.data.with(|data| data.pools.iter().map(|pool| pool.id).collect::<Vec<PoolId>>()));
    let deleted = Resource::<_, Wire>::new_with_options(move || pools.get(), |_| deleted_pools(), true);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let lines = deleted.await.unwrap_or_default();
                (!lines.is_empty()).then(|| view! { <Lines lines/> })
            })}
        </Transition>
    }
}

#[component]
fn Lines(lines: Vec<DeletedPoolLine>) -> impl IntoView {
    let lang = use_lang();
    let frame = use_frame();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let path = use_location().pathname;
    let restore = Callback::new(move |(id, name): (PoolId, String)| {
        let navigate = navigate.clone();
        spawn_local(async move {
            match restore_pool(id).await {
                Ok(()) => {
                    toasts.show(Toast::new(fill(t::RESTORED.get(lang), &[("name", &name)])));
                    frame.refresh_pools();
                    // The start page would go on offering to make a first pool.
                    if path.try_get_untracked().is_some_and(|path| path == "/") {
                        navigate(routes::POOLS, NavigateOptions::default());
                    }
                }
                Err(error) => toasts.show(Toast::negative(error.message(lang))),
            }
        });
    });
    // What a plain form was answered.
    let plain = ServerAction::<RestorePool>::new();
    let refused =
        move || plain.value().with(|value| value.as_ref().and_then(|value| value.as_ref().err().map(|error| error.message(lang))));
    let row = move |line: DeletedPoolLine| {
        let (id, name) = (line.id, line.name.clone());
        let label = fill(t::RESTORE_NAMED.get(lang), &[("name", &name)]);
        view! {
            <tr>
                <th scope="row">{line.name}</th>
                <td class="number">{number(line.n_profiles, lang)}</td>
                <td>{line.deleted_at}</td>
                <td>{line.until}</td>
                <td>
                    <button class="button button--quiet" type="submit" name="pool" value=id.get() aria-label=label
                        on:click=move |event| { event.prevent_default(); restore.run((id, name.clone())); }><Icon name="undo"/><span>{t::RESTORE.get(lang)}</span></button>
                </td>
            </tr>
        }
    };
    view! {
        <section class="deleted-pools" aria-labelledby="deleted-pools">
            <h2 id="deleted-pools">{t::DELETED_POOLS.get(lang)}</h2>
            {move || refused().map(|sentence| view! { <p class="notice notice--negative pools__notice" role="alert"><Icon name="alert"/><span>{sentence}</span></p> })}
            <form method="post" action=RestorePool::PATH>
                <table class="data-table">
                    <thead><tr>
                        <th scope="col">{t::NAME.get(lang)}</th>
                        <th scope="col" class="number">{t::COUNT.get(lang)}</th>
                        <th scope="col">{t::DELETED_AT.get(lang)}</th>
                        <th scope="col">{t::KEPT_UNTIL.get(lang)}</th>
                        <th scope="col"><span class="visually-hidden">{t::RESTORE.get(lang)}</span></th>
                    </tr></thead>
                    <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
                </table>
            </form>
        </section>
    }
}

/// That a pool was deleted, and how many profiles went along.
pub fn deleted_words(name: &str, n_profiles: i64, lang: Lang) -> String {
    let text = match n_profiles {
        0 => t::DELETED_EMPTY,
        1 => t::DELETED_ONE,
        _ => t::DELETED,
    };
    fill(text.get(lang), &[("name", name), ("n", &number(n_profiles, lang))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deleted_pool_is_named_with_the_profiles_that_went_along() {
        assert_eq!(deleted_words("Demo", 3_000, Lang::De), "Pool „Demo“ mit 3.000 Profilen gelöscht");
        assert_eq!(deleted_words("Demo", 1, Lang::De), "Pool „Demo“ mit 1 Profil gelöscht");
        assert_eq!(deleted_words("Demo", 0, Lang::En), "Pool “Demo” deleted");
    }
}
