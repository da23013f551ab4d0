//! A list goes out as a file, and comes back without changing anything.

use domain::{export::harmless, field::FieldKind, lang::Lang, list::ListQuery};
use futures::TryStreamExt as _;
use server::{
    demo,
    export::{self, Dialect, Export},
};
use store::{
    Reach, Store,
    list::Part,
    testing::{NOW, Team, on_each_store},
};

use crate::import::{counted, import, profiles, shown};

async fn file(store: &Store, team: &Team, dialect: Dialect, lang: Lang) -> String {
    let pool = team.pool(store).await;
    let fields = export::with_profile_id(&pool, pool.fields.clone());
    let export = Export { reach: Reach::whole(team.client), pool, query: ListQuery::default(), part: Part::All, fields, dialect, lang };
    let pieces: Vec<_> = export::csv(store.clone(), export).try_collect().await.unwrap();
    String::from_utf8(pieces.concat()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_is_imported_again_changes_nothing() {
    on_each_store(async |store: Store| {
        let mut team = Team::found(&store, "Nordwerk").await;
        team.pool = demo::load(&store, team.client, 700, 5, NOW).await.unwrap();
        team.field(&store, "Termin", FieldKind::DateTime).await;
        team.field(&store, "Punkte", FieldKind::Integer).await;
        let odd = "E-Mail;Name;Termin;Punkte;Straße\n\
            odd@example.com;=1+1;31.12.2025 23:59:58;-1.234;@SUM(A1)\n\
            odd2@example.com;'-2;28.10.2029 02:30;7;-+tel\n\
            ;Zwilling;;;\n;Zwilling;;;\n";
        assert_eq!(counted(&import(&store, &team, odd.as_bytes(), None).await), [4, 4, 0, 0, 0]);
        let before = profiles(&store, &team).await;
        let pool = team.pool(&store).await;
        assert!(before.iter().any(|p| shown(&pool, p, &["NAME", "PUNKTE", "STREET"]) == "=1+1|-1234|@SUM(A1)"));
        for (dialect, lang) in [(Dialect::Plain, Lang::De), (Dialect::Excel, Lang::De), (Dialect::Excel, Lang::En)] {
            let exported = file(&store, &team, dialect, lang).await;
            let outcome = import(&store, &team, exported.as_bytes(), None).await;
            assert_eq!(outcome.refusals, [], "{dialect:?} {lang:?}");
            assert_eq!(counted(&outcome), [704, 0, 0, 704, 0], "{dialect:?} {lang:?}");
        }
        assert_eq!(profiles(&store, &team).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_for_excel_speaks_the_readers_language_and_the_plain_one_that_of_programs() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        let list = "E-Mail;Anrede;Name;Geburtstag;Land;Bundesland\na@example.com;Frau;=x;31.12.1990;CH;Tessin\n";
        import(&store, &team, list.as_bytes(), None).await;
        let german = file(&store, &team, Dialect::Excel, Lang::De).await;
        assert!(german.starts_with("\u{feff}Profil-ID;") || german.contains(";Profil-ID;"), "{german}");
        for part in ["\r\n", "\nFrau;", ";'=x;", ";31.12.1990;", ";Schweiz;", ";Tessin;"] {
            assert!(german.contains(part), "{part} in {german}");
        }
        let english = file(&store, &team, Dialect::Excel, Lang::En).await;
        for part in ["\nMs;", ";Switzerland;", ";Ticino;"] {
            assert!(english.contains(part), "{part} in {english}");
        }
        let plain = file(&store, &team, Dialect::Plain, Lang::De).await;
        for part in ["SALUTATION,", "\nfemale,", ",1990-12-31,", ",CH,", ",CH-TI,", ",'=x,"] {
            assert!(plain.contains(part), "{part} in {plain}");
        }
        assert_eq!(harmless("+49 30 1"), "+49 30 1");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_another_pool_overwrites_nobody() {
    on_each_store(async |store: Store| {
        let team = Team::found(&store, "Nordwerk").await;
        import(&store, &team, b"E-Mail;Name\na@example.com;Alt\n;Ohne\n", None).await;
        let pool = team.pool(&store).await;
        let ids: Vec<_> = profiles(&store, &team).await.iter().map(|p| p.id).collect();
        let list = format!("PROFILEID;E-Mail;Name\n{};b@example.com;Neu\n{};;Andere\n{};;Ohne\n", ids[0], ids[1], ids[1]);
        assert_eq!(counted(&import(&store, &team, list.as_bytes(), None).await), [3, 2, 0, 1, 0]);
        assert_eq!(shown(&pool, &profiles(&store, &team).await[0], &["EMAIL", "NAME"]), "a@example.com|Alt");
        let list = format!("PROFILEID;Name\n{};Umbenannt\n", ids[1]);
        assert_eq!(counted(&import(&store, &team, list.as_bytes(), Some("PROFILEID")).await), [1, 0, 1, 0, 0]);
    })
    .await;
}
