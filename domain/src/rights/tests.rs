use super::*;
use crate::lang::Lang;

#[test]
fn every_right_is_read_by_its_code() {
    for right in Right::ALL {
        assert_eq!(Right::from_code(right.code()), Some(right));
        assert!(!right.label(Lang::De).is_empty() && !right.label(Lang::En).is_empty(), "{right:?}");
    }
    assert_eq!(Right::from_code("profiles"), None);
    assert_eq!(Rights::from_codes(&Rights::all().codes()), Rights::all());
    assert_eq!(Rights::from_codes("profiles.see, unheard.of,users"), Rights::of(&[Right::SeeProfiles, Right::Users]));
}

#[test]
fn every_right_stands_in_the_matrix_or_beside_it() {
    let in_matrix = Kind::ALL.into_iter().flat_map(|kind| Action::ALL.into_iter().filter_map(move |action| Right::at(kind, action)));
    let all: Rights = in_matrix.chain(Right::special()).collect();
    assert_eq!(all, Rights::all());
    for right in Right::special() {
        assert!(!right.words().de.is_empty(), "{right:?} has a name");
    }
}

#[test]
fn a_right_without_the_one_it_needs_is_worth_nothing() {
    let blind = Rights::of(&[Right::EditProfiles, Right::SeeProfiles, Right::Users]);
    assert_eq!(blind.effective(), Rights::of(&[Right::Users]), "whoever sees no pools sees no profiles");
    assert_eq!(Rights::all().effective(), Rights::all());
}

#[test]
fn nothing_that_reaches_beyond_a_rule_goes_along_with_one() {
    let limited = Rights::all().within_rule();
    for right in [Right::Import, Right::Restore, Right::Configure, Right::Users, Right::Clients, Right::SeeLog] {
        assert!(!limited.has(right), "{right:?}");
    }
    assert!(limited.has(Right::EditProfiles) && limited.has(Right::ExportProfiles) && limited.has(Right::Api));
}

#[test]
fn sets_are_compared() {
    let some = Rights::of(&[Right::SeePools, Right::SeeProfiles]);
    assert!(some.within(Rights::all()) && !Rights::all().within(some) && Rights::NONE.within(some));
    assert_eq!(Rights::all().without(Rights::all()), Rights::NONE);
    assert_eq!(some.and(Rights::of(&[Right::SeePools])).codes(), "pools.see");
    let no_files = Rights::of(&[Right::SeePools, Right::SeeProfiles, Right::ExportProfiles]);
    assert!(!no_files.effective().has(Right::ExportProfiles), "without the right to take personal data along");
}
