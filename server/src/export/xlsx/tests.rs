use calamine::{Data, Reader as _, Xlsx, open_workbook};
use domain::{
    export::Values,
    field::FieldDef,
    id::{CategoryId, ClientId, FieldId, PoolId},
    pool::Pool,
    time::Zone,
};

use super::*;

fn pool(kinds: &[(&str, FieldKind)]) -> Pool {
    let field = |(nth, (key, kind)): (i64, &(&str, FieldKind))| FieldDef {
        id: FieldId::new(nth),
        ..FieldDef::new(*key, *kind, CategoryId::new(1))
    };
    Pool {
        id: PoolId::new(1),
        client: ClientId::new(1),
        name: "Kunden".to_owned(),
        revision: 1,
        shape: 0,
        forms: 0,
        created_at: Millis::new(0),
        zone: Zone::default(),
        categories: Vec::new(),
        fields: (1..).zip(kinds).map(field).collect(),
        partial: false,
    }
}

/// All cells of all tables of a book with these rows, as text.
fn book(kinds: &[(&str, FieldKind)], rows: &[Vec<Value>], per_table: u32) -> Vec<(String, Vec<Vec<Data>>)> {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool(kinds);
    let scribe = Scribe::new(&pool, pool.fields.clone(), Values::Plain, Lang::De, None);
    let mut tables = Tables::new(scribe, folder.path()).unwrap();
    tables.rows = per_table;
    for (id, row) in (1..).zip(rows) {
        let cells: Vec<Cell<'_>> = row.iter().map(|value| Cell::from(Some(value))).collect();
        tables.push(ProfileId::new(id), &cells).unwrap();
    }
    let path = folder.path().join("book.xlsx");
    tables.finish(&File::create(&path).unwrap()).unwrap();
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let names = book.sheet_names();
    names.into_iter().map(|name| (name.clone(), book.worksheet_range(&name).unwrap().rows().map(<[Data]>::to_vec).collect())).collect()
}

#[test]
fn cells_have_their_type_and_nothing_is_run() {
    let kinds = [
        ("NAME", FieldKind::SingleLine),
        ("PUNKTE", FieldKind::Integer),
        ("AKTIV", FieldKind::Boolean),
        ("TAG", FieldKind::Date),
        ("TERMIN", FieldKind::DateTime),
    ];
    let row = |name: &str, n: i64, day: i64, at: i64| {
        vec![Value::Text(name.to_owned()), Value::Int(n), Value::Bool(true), Value::Int(day), Value::Int(at)]
    };
    let tables = book(&kinds, &[row("=1+1", -7, 7_669, 1_767_225_598_000), row("a", i64::MAX, -200_000, -5_000_000_000_000)], ROWS);
    let [(name, rows)] = tables.as_slice() else { panic!("{tables:?}") };
    assert_eq!(name, "Profile");
    assert_eq!(rows[0].iter().map(ToString::to_string).collect::<Vec<_>>(), ["NAME", "PUNKTE", "AKTIV", "TAG", "TERMIN"]);
    assert_eq!((&rows[1][0], &rows[1][1], &rows[1][2]), (&Data::String("=1+1".to_owned()), &Data::Float(-7.0), &Data::Bool(true)));
    let Data::DateTime(day) = &rows[1][3] else { panic!("{:?}", rows[1][3]) };
    assert_eq!(day.as_f64(), 33_238.0);
    // 2026-01-01 00:59:58 in Berlin.
    let Data::DateTime(moment) = &rows[1][4] else { panic!("{:?}", rows[1][4]) };
    assert!((moment.as_f64() - 46_023.041_643_518_52).abs() < 1e-9, "{}", moment.as_f64());
    // What Excel can't count stands there as text.
    assert_eq!(rows[2][1], Data::String(i64::MAX.to_string()));
    assert!(matches!(&rows[2][3], Data::String(day) if day.starts_with("14")), "{:?}", rows[2][3]);
    assert!(matches!(&rows[2][4], Data::String(at) if at.ends_with('Z')), "{:?}", rows[2][4]);
}

#[test]
fn a_full_table_goes_on_in_a_further_one_with_the_same_headings() {
    let rows: Vec<_> = (0..7).map(|n| vec![Value::Int(n)]).collect();
    let tables = book(&[("PUNKTE", FieldKind::Integer)], &rows, 4);
    let shape: Vec<_> = tables.iter().map(|(name, rows)| (name.as_str(), rows.len())).collect();
    assert_eq!(shape, [("Profile", 4), ("Profile 2", 4), ("Profile 3", 2)]);
    assert!(tables.iter().all(|(_, rows)| rows[0][0] == Data::String("PUNKTE".to_owned())));
    assert_eq!(tables[2].1[1][0], Data::Float(6.0));
}

#[test]
fn what_is_too_long_for_a_cell_is_shortened_and_named() {
    let long = "ü".repeat(LETTERS + 5);
    let tables = book(&[("NOTIZ", FieldKind::MultiLine)], &[vec![Value::Text("kurz".to_owned())], vec![Value::Text(long)]], ROWS);
    assert!(matches!(&tables[0].1[2][0], Data::String(text) if text.chars().count() == LETTERS));
    assert_eq!(tables[1].0, "Gekürzt");
    assert_eq!(tables[1].1[1], [Data::Float(2.0), Data::String("NOTIZ".to_owned())]);
    assert_eq!(shortened(&"💻".repeat(20_000)).chars().count(), LETTERS / 2);
}
