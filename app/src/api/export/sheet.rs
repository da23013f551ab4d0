//! What the functions about exports do on the server.

use domain::export::{Columns, Wish};
use domain::field::FieldDef;
use domain::id::PoolId;
use domain::list::Part;
use domain::pool::Pool;

use super::{ExportField, ExportSheet, Extent};
use crate::context::{Viewer, store};
use crate::error::AppError;
use crate::pages::profiles::place::pairs_of;

pub(super) async fn sheet(viewer: &Viewer, pool: PoolId, query: &str) -> Result<ExportSheet, AppError> {
    let pool = store().pool(viewer.client, pool).await?.seen_by(viewer.rights);
    let pairs = pairs_of(query);
    let layouts = store().export_layouts(viewer.client, pool.id).await?;
    let named = |name: &str| pairs.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
    let kept = named("layout").and_then(|id| layouts.iter().find(|one| one.id.to_string() == id));
    let otherwise = kept.map_or_else(Wish::of_screen, |one| Wish::of_layout(&one.layout, &pool));
    let by = kept.map(|one| one.id);
    let wish = Wish::from_pairs(&pairs, &otherwise)?;
    let layout = match wish.columns {
        Columns::List => store().layout(viewer.client, viewer.user, pool.id).await?,
        _ => None,
    };
    let mut chosen = wish.fields(&pool, layout)?;
    shift(&mut chosen, &pairs);
    let (extent, n) = extent(viewer, &pool, &wish).await?;
    let choices = wish.form.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Ok(ExportSheet {
        n,
        extent,
        kept: pairs_of(&wish.which()),
        fields: lines(&pool, &chosen, viewer),
        choices,
        zone: pool.zone.name().to_owned(),
        layouts: layouts.into_iter().map(|one| (one.id, one.name)).collect(),
        layout: by,
        kept_now: named("kept").is_some(),
        wrong_name: named("wrong_name"),
        pool: pool.name,
    })
}

/// A button of the plain form moves a field by one place.
fn shift(chosen: &mut [FieldDef], pairs: &[(String, String)]) {
    for (name, key) in pairs {
        let Some(at) = chosen.iter().position(|field| field.key == *key) else { continue };
        match name.as_str() {
            "up" if at > 0 => chosen.swap(at, at - 1),
            "down" if at + 1 < chosen.len() => chosen.swap(at, at + 1),
            _ => {}
        }
    }
}

fn lines(pool: &Pool, chosen: &[FieldDef], viewer: &Viewer) -> Vec<ExportField> {
    let line = |field: &FieldDef, chosen| ExportField { key: field.key.clone(), label: field.label(viewer.lang).to_owned(), chosen };
    let others = pool.fields.iter().filter(|field| chosen.iter().all(|other| other.id != field.id));
    chosen.iter().map(|field| line(field, true)).chain(others.map(|field| line(field, false))).collect()
}

async fn extent(viewer: &Viewer, pool: &Pool, wish: &Wish) -> Result<(Extent, u64), AppError> {
    let (store, reach) = (store(), viewer.reach());
    let narrowed = !wish.list.q.trim().is_empty() || !wish.list.filters.is_empty();
    let hits = async || store.count(&reach, pool, &wish.list, viewer.lang).await;
    Ok(match &wish.part {
        Part::Only(ids) => (Extent::Chosen, ids.len() as u64),
        Part::Except(ids) => (Extent::Chosen, hits().await?.saturating_sub(ids.len() as u64)),
        Part::All if narrowed => (Extent::Hits, hits().await?),
        Part::All => (Extent::All, store.size(&reach, pool).await?),
    })
}
