use proptest::prelude::*;

use super::*;
use crate::config::template::Template;
use crate::field::{ChoiceOption, Internal};
use crate::id::OptionId;
use crate::lang::Lang;
use crate::pool::tests::pool_with;
use crate::problem::Problem;
use crate::time::{Millis, Zone};

mod reading;
mod stepped;

use stepped::applied;

/// 2026-11-22T10:30:00Z
const NOW: Millis = Millis::new(1_795_343_400_000);

fn compared(pool: &Pool, file: &PoolFile) -> Comparison {
    compare(pool, file, NOW, &Zone::default())
}

fn file(text: &str) -> PoolFile {
    PoolFile::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?} in\n{text}"))
}

/// What a pool is like, whatever its ids.
fn shape(pool: &Pool) -> Vec<FileCategory> {
    PoolFile::of(pool).categories
}

const KINDS: [FieldKind; 8] = [
    FieldKind::SingleLine,
    FieldKind::MultiLine,
    FieldKind::Selection,
    FieldKind::MultiSelection,
    FieldKind::Date,
    FieldKind::Boolean,
    FieldKind::Integer,
    FieldKind::Country,
];

prop_compose! {
    /// A layout with some of the standard fields, some internal ones and some of its own, in any order and category.
    fn a_file()(
        categories in prop::collection::vec((0_usize..6, "[A-Za-zäß: #'\"-]{1,12}"), 0..6),
        fields in prop::collection::vec((0_usize..6, 0_usize..24, any::<[bool; 5]>(), "\\PC{0,12}", prop::collection::vec("[A-Ca-c|\\\\]{1,2}", 0..6)), 0..24),
    ) -> PoolFile {
        let roles = [CategoryRole::Basic, CategoryRole::Internal, CategoryRole::Unassigned];
        let mut file = PoolFile::default();
        for (n, name) in categories {
            let role = roles.get(n).copied().unwrap_or(CategoryRole::Custom);
            let name = crate::text::clean_line(&name);
            let name = if role == CategoryRole::Custom && name.is_empty() { "Eigene".to_owned() } else { name };
            let same = |one: &FileCategory| one.role == role && (role != CategoryRole::Custom || one.name.as_ref() == Some(&name));
            if !file.categories.iter().any(same) {
                file.categories.push(FileCategory { role, name: Some(name), fields: Vec::new() });
            }
        }
        for (category, n, flags, label, mut options) in fields {
            let key = match n {
                0..4 => crate::field::STANDARD[n].key.to_owned(),
                4..8 => Internal::ALL[n].key().to_owned(),
                _ => format!("OWN{n}"),
            };
            let fixed = crate::field::StandardField::of(&key).map(|field| field.kind).or(Internal::from_key(&key).map(Internal::kind));
            let kind = fixed.unwrap_or(KINDS[n % KINDS.len()]);
            options.sort();
            options.dedup();
            options.reverse();
            if file.fields().any(|field| field.key == key) || file.categories.is_empty() {
                continue;
            }
            let place = category % file.categories.len();
            let default = match kind {
                FieldKind::Selection | FieldKind::MultiSelection => options.first().map(|label| label.replace('\\', "\\\\").replace('|', "\\|")),
                FieldKind::Date => Some("today + 3 days".to_owned()),
                FieldKind::Boolean => Some("ja".to_owned()),
                FieldKind::Integer => Some("viele".to_owned()),
                _ => Some(crate::text::clean_line(&label)),
            };
            file.categories[place].fields.push(FileField {
                kind: flags[0].then_some(kind),
                label: Some(crate::text::clean_line(&label)),
                required: Some(flags[1]),
                matching: flags[2].then_some(flags[3]),
                profiling: flags[3].then_some(flags[4]),
                default: flags[4].then_some(default).flatten(),
                options: kind.has_options().then_some(options),
                ..FileField::new(key)
            });
        }
        file
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn applying_a_file_twice_changes_nothing_the_second_time(first in a_file(), second in a_file()) {
        let pool = applied(&pool_with(&[("OWN8", FieldKind::Selection), ("OWN12", FieldKind::SingleLine)]), &first);
        let after = applied(&pool, &second);
        let comparison = compared(&after, &second);
        prop_assert!(comparison.changes_nothing(), "{comparison:?}");
        prop_assert_eq!(compared(&pool, &second).changes.is_empty(), shape(&pool) == shape(&after));
        let why = |obstacles: Vec<Obstacle>| obstacles.into_iter().map(|one| (one.key, one.what)).collect::<Vec<_>>();
        prop_assert_eq!(why(comparison.obstacles), why(compared(&pool, &second).obstacles));
    }

    #[test]
    fn a_pool_is_as_its_own_file_says_and_another_becomes_so(first in a_file(), second in a_file()) {
        let start = pool_with(&[]);
        let (one, other) = (applied(&start, &first), applied(&start, &second));
        let file = PoolFile::of(&one);
        prop_assert!(compared(&one, &file).changes_nothing());
        let after = applied(&other, &file);
        prop_assert!(compared(&after, &file).changes_nothing());
        // Nothing of the other pool is lost.
        prop_assert!(other.fields.iter().all(|field| after.field(&field.key).is_some_and(|now| now.id == field.id && now.kind == field.kind)));
        if file.fields().all(|field| other.field(&field.key).is_none_or(|now| Some(now.kind) == field.kind)) && compared(&other, &file).kept.is_empty() {
            prop_assert_eq!(shape(&after), file.categories);
        }
    }

    #[test]
    fn what_is_written_is_read_again(file in a_file(), pool in "[^\\p{C}]{0,20}") {
        let name = crate::text::clean_line(&pool);
        let file = PoolFile { pool: Some(name).filter(|name| !name.is_empty()), ..file };
        for format in Format::ALL {
            let text = file.write(format);
            prop_assert_eq!(PoolFile::read(text.as_bytes()), Ok(file.clone()), "{}", text);
        }
    }

    #[test]
    fn a_copy_of_a_pool_is_like_it(first in a_file()) {
        let pool = applied(&pool_with(&[]), &first);
        let copy = applied(&pool_with(&[]), &PoolFile::of(&pool));
        prop_assert_eq!(shape(&copy), shape(&pool));
    }
}

#[test]
fn every_template_can_be_applied_in_both_languages() {
    for template in Template::ALL {
        assert_eq!(Template::from_code(template.code()), Some(template));
        let keys = |lang| template.file(lang).fields().map(|field| field.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(Lang::De), keys(Lang::En));
        for lang in Lang::ALL {
            let file = template.file(lang);
            let start = pool_with(&[]);
            let comparison = compared(&start, &file);
            assert_eq!(comparison.obstacles, [], "{template:?}");
            let pool = applied(&start, &file);
            assert!(compared(&pool, &file).changes_nothing());
            assert!(file.fields().all(|field| pool.field(&field.key).is_some()));
        }
    }
}

#[test]
fn a_comparison_says_what_is_added_changed_kept_and_refused() {
    let mut pool = pool_with(&[("COLOUR", FieldKind::SingleLine), ("OLD", FieldKind::Date), ("SIZE", FieldKind::Selection)]);
    let size = pool.fields.iter_mut().find(|field| field.key == "SIZE").expect("the field");
    size.options = vec![ChoiceOption { id: OptionId::new(5), label: "Klein".to_owned(), position: 0 }];
    let file = file(
        "format: 1
categories:
  - name: Hobbys
    fields:
      - {key: HOBBY, label: Hobby, kind: multi_selection, options: [Lesen, Reisen], default: Lesen}
      - {key: BAD, kind: integer, default: viele, options: [a]}
      - {key: UNTYPED}
  - role: basic
    name: Person
    fields:
      - {key: TITLE, required: true}
      - {key: COLOUR, kind: date}
      - {key: SIZE, options: [Groß, Mittel], default: Mittel}
      - {key: PROFILEID, required: true}
",
    );
    let comparison = compared(&pool, &file);
    let said: Vec<String> = comparison.said(Lang::De).iter().filter(|line| line.sign != Sign::Kept).map(line_of).collect();
    let expected = [
        "+ Hobbys: neue Kategorie",
        "~ Basisdaten: Name der Kategorie [Basisdaten → Person]",
        "+ Hobby (HOBBY): neues Feld in „Hobbys“: Mehrfach-Selektion, Optionen: 2",
        "~ Profil-ID (PROFILEID): Kategorie [Intern → Basisdaten]",
        "~ SIZE: Kategorie [Ohne Zuordnung → Basisdaten]",
        "~ Titel (TITLE): Pflichtfeld [nein → ja]",
        "~ SIZE: Vorgabewert [(leer) → Mittel]",
        "+ SIZE: neue Optionen: Groß, Mittel",
        "! BAD: Optionen: Felder dieses Typs können das nicht haben. Bitte weglassen.",
        "! UNTYPED: Das Feld gibt es noch nicht; bitte in der Datei mit „kind“ seinen Typ angeben.",
        "! COLOUR: Das Feld hat im Pool den Typ „Einzeilige Eingabe“, in der Datei „Datum“. Der Typ liegt fest; bitte in der Datei einen anderen internen Namen wählen.",
        "! Profil-ID (PROFILEID): Pflichtfeld: Felder dieses Typs können das nicht haben. Bitte weglassen.",
    ];
    assert_eq!(said, expected);
    let kept: Vec<String> = comparison.said(Lang::En).iter().filter(|line| line.sign == Sign::Kept).map(line_of).collect();
    assert_eq!(kept[0], "= Internal: category is not in the file");
    assert!(kept.contains(&"= OLD: is not in the file".to_owned()));
    assert_eq!(kept.last().map(String::as_str), Some("= SIZE: options are not in the file: Klein"));
    let after = applied(&pool, &file);
    assert_eq!(after.field("COLOUR").map(|field| field.kind), Some(FieldKind::SingleLine));
    assert!(after.field("BAD").is_none() && after.field("OLD").is_some());
}

fn line_of(said: &Said) -> String {
    let change = said.before.as_ref().zip(said.after.as_ref()).map(|(before, after)| format!(" [{before} → {after}]"));
    format!("{} {}: {}{}", said.sign.mark(), said.subject, said.text, change.unwrap_or_default())
}

#[test]
fn what_can_never_be_is_named_with_its_reason() {
    let pool = pool_with(&[]);
    let hindrances = |fields: &str| {
        let file = file(&format!("{{\"format\": 1, \"categories\": [{{\"role\": \"basic\", \"fields\": [{fields}]}}]}}"));
        compared(&pool, &file).obstacles.into_iter().map(|one| one.what).collect::<Vec<_>>()
    };
    let wrong = |name, problem| vec![Hindrance::Wrong { name, problem }];
    let other = Hindrance::OtherKind { pool: FieldKind::Permission, file: FieldKind::SingleLine };
    assert_eq!(hindrances("{\"key\": \"PERMISSION\", \"kind\": \"single_line\"}"), [other]);
    let long = format!("{{\"key\": \"LONG\", \"kind\": \"date\", \"label\": \"{}\"}}", "x".repeat(500));
    assert_eq!(hindrances(&long), wrong("label", Problem::TooLong { max: 200 }));
    assert_eq!(hindrances("{\"key\": \"UID\", \"kind\": \"date\"}"), wrong("key", Problem::Taken));
    assert_eq!(hindrances("{\"key\": \"WITH_LINE\", \"kind\": \"date\"}"), wrong("key", Problem::NotAnInternalName));
    assert_eq!(hindrances("{\"key\": \"OWN\", \"kind\": \"permission\"}").len(), 1);
    assert_eq!(hindrances("{\"key\": \"OWN\", \"kind\": \"integer\", \"default\": \"viele\"}"), wrong("default", Problem::NotAnInteger));
    assert_eq!(hindrances("{\"key\": \"TITLE\", \"options\": [\"Dr.\"]}"), wrong("options", Problem::NotForThisType));
}
