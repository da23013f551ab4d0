//! What must hold for any text.

use super::*;

/// Words of letters that have two spellings, none, or several bytes.
const WORD: &str = "[a-zA-ZäöüßÄÖÜåøæéłçЖий田中0-9]{1,8}";

proptest! {
    #[test]
    fn every_prefix_of_a_word_finds_it(words in proptest::collection::vec(WORD, 1..5), pick in any::<prop::sample::Index>(), n in 1usize..9) {
        let text = words.join(" ");
        let prefix: String = pick.get(&words).chars().take(n).collect();
        prop_assert!(Query::parse(&prefix).matches(&index_text([text.as_str()].into_iter())), "{prefix} in {text}");
    }

    #[test]
    fn every_inner_part_of_three_letters_finds_its_word(word in WORD, from in 0usize..6, n in 3usize..9) {
        let part: String = word.chars().skip(from).take(n).collect();
        prop_assume!(part.chars().count() >= 3);
        prop_assert!(Query::parse(&part).matches(&index_text([word.as_str()].into_iter())), "{part} in {word}");
    }

    #[test]
    fn what_is_a_hit_is_marked_and_the_other_way_round(words in proptest::collection::vec(WORD, 1..4), typed in WORD) {
        let text = words.join(" ");
        let query = Query::parse(&typed);
        let marks = query.marks(&text);
        prop_assert_eq!(query.matches(&index_text([text.as_str()].into_iter())), !marks.is_empty());
    }

    #[test]
    fn marks_are_whole_characters_in_order(text in ".{0,40}", typed in ".{0,6}") {
        let mut end = None;
        for mark in Query::parse(&typed).marks(&text) {
            prop_assert!(mark.start < mark.end && end.is_none_or(|end| end < mark.start));
            prop_assert!(text.is_char_boundary(mark.start) && text.is_char_boundary(mark.end));
            end = Some(mark.end);
        }
    }

    #[test]
    fn composed_and_decomposed_texts_are_the_same(text in "[ -~äöüÄÖÜéåçøßñ]{0,20}") {
        use unicode_normalization::UnicodeNormalization;
        let apart: String = text.nfd().collect();
        prop_assert_eq!(index_text([text.as_str()].into_iter()), index_text([apart.as_str()].into_iter()));
        prop_assert_eq!(Query::parse(&text), Query::parse(&apart));
    }

    #[test]
    fn every_whole_text_finds_itself(text in ".{0,60}") {
        prop_assert!(Query::parse(&text).matches(&index_text([text.as_str()].into_iter())));
    }

    #[test]
    fn the_quick_way_for_ascii_does_the_same(text in "[\\x00-\\x7f]{0,30}") {
        let mut slow = String::new();
        let mut words = index::Words::start();
        fold::fold(&text, fold::Spelling::Short, |c, _| match words.step(c) {
            Some(true) => slow.extend([' ', ' ', c]),
            Some(false) => slow.push(c),
            None => {}
        });
        prop_assert_eq!(index_text([text.as_str()].into_iter()), slow);
    }

    #[test]
    fn needles_are_long_enough_for_an_index(text in ".{0,20}") {
        for word in Query::parse(&text).words() {
            prop_assert!(word.needles().iter().all(|needle| needle.chars().count() >= 3));
        }
    }

    #[test]
    fn a_common_beginning_does_not_change_the_order(start in "[aäß中\u{308}]{0,3}", a in "[aAäÄß中\u{308}-\u{30a}]{0,3}", b in "[aAäÄß丮\u{308}-\u{30a}]{0,3}") {
        let (x, y) = (format!("{start}{a}"), format!("{start}{b}"));
        prop_assert_eq!(sort_key_cmp(&x, &y), sort_key(&x).cmp(&sort_key(&y)).then_with(|| x.cmp(&y)));
    }

    #[test]
    fn the_order_is_one(a in ".{0,6}", b in ".{0,6}", c in "[a-zäÄÜß \u{300}-\u{310}]{0,4}", d in "[a-zäÄÜß \u{300}-\u{310}]{0,4}") {
        for (x, y) in [(&a, &b), (&c, &d), (&a, &c)] {
            prop_assert_eq!(sort_key_cmp(x, y), sort_key_cmp(y, x).reverse());
            prop_assert_eq!(sort_key_cmp(x, y).is_eq(), x == y);
            prop_assert_eq!(sort_key_cmp(x, y), sort_key(x).cmp(&sort_key(y)).then_with(|| x.cmp(y)));
        }
    }
}
