//! Random pools, random changes: whatever happened, the exact state of a backup is what it was, but for consent.

use std::collections::BTreeMap;

use domain::field::{FieldKind, Internal};
use domain::id::{FieldId, OptionId, ProfileId};
use domain::permission::Permission;
use domain::pool::Pool;
use domain::profile::Profile;
use domain::restore::{Choice, Consent};
use domain::value::Value;
use store::testing::on_each_store;

use super::Scene;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

const KEYS: [&str; 9] = [
    "NAME",
    "CITY",
    "LAENGE",
    "AKTIV",
    "FARBEN",
    "EMAIL",
    Internal::Unsubscribed.key(),
    Internal::Permission.key(),
    Internal::NoTracking.key(),
];

fn some(dice: &mut Dice, key: &str, options: &[OptionId]) -> Option<Value> {
    let word = |dice: &mut Dice| ["Köln", "Bonn", "a|b", "Z\nwei", "O'Neil", "\"x\", y"][dice.roll(6)].to_owned();
    match key {
        "LAENGE" => (dice.roll(3) > 0).then(|| Value::Int(i64::try_from(dice.roll(9)).unwrap() - 4)),
        "AKTIV" => [None, Some(Value::Bool(true)), Some(Value::Bool(false))][dice.roll(3)].clone(),
        "FARBEN" => {
            let chosen: Vec<OptionId> = options.iter().copied().filter(|_| dice.roll(2) == 0).collect();
            (!chosen.is_empty()).then_some(Value::Set(chosen))
        }
        "EMAIL" => Some(Value::Text(format!("x{}@example.com", dice.roll(5)))),
        "PERMISSION" => Some(Value::Int(Permission::ALL[dice.roll(6)].number())),
        "UNSUBSCRIBED" | "NOTRACKING" => Some(Value::Bool(dice.roll(2) == 0)),
        _ => (dice.roll(4) > 0).then(|| Value::Text(word(dice))),
    }
}

/// The values of a profile that a restore brings back, and its consent.
fn parts(pool: &Pool, profile: &Profile) -> (BTreeMap<FieldId, Value>, Consent) {
    let restored = |field: &FieldId| pool.field_by_id(*field).is_some_and(|field| !field.internal.is_some_and(Internal::survives_restore));
    let values = profile.values.iter().filter(|(field, _)| restored(field)).map(|(field, value)| (*field, value.clone()));
    let yes = |internal| pool.internal(internal).and_then(|field| profile.value(field.id)) == Some(&Value::Bool(true));
    let permission = match pool.internal(Internal::Permission).and_then(|field| profile.value(field.id)) {
        Some(Value::Int(n)) => Permission::from_number(*n).unwrap(),
        _ => Permission::None,
    };
    let consent = Consent { permission, unsubscribed: yes(Internal::Unsubscribed), no_tracking: yes(Internal::NoTracking) };
    (values.collect(), consent)
}

#[tokio::test]
async fn the_exact_state_comes_back_but_for_consent_and_goes_again() {
    on_each_store(async |store| {
        for seed in 1..=4 {
            let it = Scene { store: store.clone(), team: store::testing::Team::found(&store, &format!("Nord {seed}")).await };
            let dice = &mut Dice(seed);
            it.team.field(&store, "Länge", FieldKind::Integer).await;
            it.team.field(&store, "Aktiv", FieldKind::Boolean).await;
            let colours = it.team.field(&store, "Farben", FieldKind::MultiSelection).await;
            let labels = ["Rot".to_owned(), "Blau".to_owned(), "Grün".to_owned()];
            let options = store.add_options(it.team.client, it.team.pool, colours, &labels).await.unwrap();
            let mut ids: Vec<ProfileId> = Vec::new();
            for n in 0..16 {
                ids.push(it.make(&[("NAME", &format!("Nr. {n}"))]).await);
                for key in KEYS {
                    it.set(ids[n], key, some(dice, key, &options)).await;
                }
            }
            it.delete(&[ids[dice.roll(16)]]).await;
            let backup = it.snapshot().await;
            let then = it.living().await;
            // What everybody had consented to last, whatever became of them.
            let pool = it.pool().await;
            let mut last: BTreeMap<ProfileId, Consent> = then.iter().map(|(id, one)| (*id, parts(&pool, one).1)).collect();
            for _ in 0..40 {
                let living: Vec<ProfileId> = it.living().await.into_keys().collect();
                match dice.roll(9) {
                    0 => {
                        ids.push(it.make(&[("NAME", "Neu")]).await);
                    }
                    1 if living.len() > 2 => it.delete(&[living[dice.roll(living.len())]]).await,
                    2 if dice.roll(3) == 0 => it.purge().await,
                    3 => {
                        let id = ids[dice.roll(ids.len())];
                        store.restore_profiles(&it.whole(), &pool, &[id], &it.team.wish()).await.unwrap();
                    }
                    _ if !living.is_empty() => {
                        let (id, key) = (living[dice.roll(living.len())], KEYS[dice.roll(KEYS.len())]);
                        it.set(id, key, some(dice, key, &options)).await;
                    }
                    _ => {}
                }
                for (id, profile) in it.living().await {
                    last.insert(id, parts(&pool, &profile).1);
                }
            }
            let before = it.living().await;
            let done = it.restore(&backup, Choice { exact: true, ..Choice::all() }).await;
            let now = it.living().await;
            assert_eq!(now.keys().collect::<Vec<_>>(), then.keys().collect::<Vec<_>>(), "seed {seed}");
            for (id, profile) in &now {
                let (values, consent) = parts(&pool, profile);
                assert_eq!(values, parts(&pool, &then[id]).0, "seed {seed}, profile {id}");
                assert!(!consent.allows_more_than(last[id]), "seed {seed}, profile {id}: {consent:?}, last {:?}", last[id]);
                if before.contains_key(id) {
                    assert_eq!(consent, last[id], "seed {seed}, profile {id}");
                }
            }
            assert_eq!(store.size(&it.whole(), &pool).await.unwrap(), then.len() as u64);
            let undone = it.take_back(done.id, 5).await;
            assert_eq!(undone.kept, 0, "seed {seed}");
            let again: Vec<_> = it.living().await.into_values().map(|one| (one.id, one.values)).collect();
            assert_eq!(again, before.into_values().map(|one| (one.id, one.values)).collect::<Vec<_>>(), "seed {seed}");
        }
    })
    .await;
}
