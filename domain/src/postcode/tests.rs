use super::*;

fn fits(country: &str, typed: &str, expected: &str) {
    assert_eq!(Masks::of(country).map(|masks| masks.fit(typed)), Some(Ok(expected.to_owned())), "{country} {typed}");
}

#[test]
fn a_postcode_is_written_as_its_country_writes_it() {
    fits("DE", "04109", "04109");
    fits("DE", " de-04109", "04109");
    fits("AT", "1010", "1010");
    fits("CH", "8005", "8005");
    fits("NL", "1234ab", "1234 AB");
    fits("NL", "1234-AB", "1234 AB");
    fits("NL", "nl-1234 ab", "1234 AB");
    fits("PL", "00950", "00-950");
    fits("GB", "ec1y8sy", "EC1Y 8SY");
    fits("GB", "m25bq", "M2 5BQ");
    fits("LV", "lv1073", "LV-1073");
    fits("US", "221621010", "22162-1010");
}

#[test]
fn what_the_country_does_not_have_is_refused_with_an_example() {
    for (country, typed) in [("DE", "1010"), ("AT", "10115"), ("DE", "1234a"), ("NL", "1234"), ("GB", "12345"), ("PL", "12-34")] {
        let masks = Masks::of(country).unwrap();
        assert_eq!(masks.fit(typed), Err(Problem::NotAPostcodeOf { example: masks.example.clone() }), "{country} {typed}");
    }
}

#[test]
fn every_example_of_the_list_has_a_mask_and_is_written_as_itself() {
    let countries = include_str!("../lists/postcodes.tsv").lines().filter(|line| !line.starts_with('#'));
    for country in countries.filter_map(|line| line.split('\t').next()) {
        let masks = Masks::of(country).unwrap();
        assert_eq!(masks.fit(&masks.example).as_deref(), Ok(masks.example.as_str()), "{country}");
        assert!(masks.longest() >= masks.example.len());
    }
    assert_eq!(Masks::of("AE"), None);
}

#[test]
fn the_browser_is_told_the_form_of_a_postcode() {
    let masks = |country| Masks::of(country).unwrap();
    assert!(masks("DE").digits_only() && masks("PL").digits_only() && !masks("NL").digits_only());
    assert_eq!(masks("NL").pattern(), "[0-9][0-9][0-9][0-9][ \\-]?[A-Za-z][A-Za-z]");
    assert_eq!((masks("DE").longest(), masks("NL").longest(), masks("GB").longest()), (5, 7, 9));
}
