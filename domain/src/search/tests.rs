use super::*;
use proptest::prelude::*;

mod properties;

/// The index text with its spaces visible.
fn shown(parts: &[&str]) -> String {
    index_text(parts.iter().copied()).replace(' ', "␣")
}

#[test]
fn words_are_folded_and_padded() {
    let check = |text: &str, expected: &str| assert_eq!(shown(&[text]), expected, "{text:?}");
    check("", "");
    check("   ", "");
    check("Anna", "␣␣anna");
    check("Anna Berg", "␣␣anna␣␣berg");
    check("  Anna \t\n Berg  ", "␣␣anna␣␣berg");
    check("Hans-Peter", "␣␣hans-␣␣peter");
    check("a.b@firma.example", "␣␣a.␣␣b@␣␣firma.␣␣example");
    check("(0)30/12", "␣␣(␣␣0)␣␣30/␣␣12");
    check("--a", "␣␣--␣␣a");
    check("Müller", "␣␣muller␣␣mueller");
    check("MÜLLER", "␣␣muller␣␣mueller");
    check("Mu\u{308}ller", "␣␣muller␣␣mueller");
    check("Mu\u{323}\u{308}ller", "␣␣muller␣␣mueller");
    check("Straße", "␣␣strasse");
    check("STRAẞE", "␣␣strasse");
    check("Åse Bjørn", "␣␣ase␣␣aase␣␣bjorn␣␣bjoern");
    check("A\u{30a}se", "␣␣ase␣␣aase");
    check("Ærø", "␣␣aero␣␣aeroe");
    check("Œuvre", "␣␣oeuvre");
    check("Łódź", "␣␣lodz");
    check("Đorđe Þór", "␣␣dorde␣␣thor");
    check("Iğdır İzmir", "␣␣igdir␣␣izmir");
    check("Élodie Çelik Núñez", "␣␣elodie␣␣celik␣␣nunez");
    check("ﬁnal ½ №5", "␣␣final␣␣1⁄␣␣2␣␣no5");
    check("ＡＢＣ１", "␣␣abc1");
    check("Ёлка Йога", "␣␣елка␣␣иога");
    check("ΟΔΥΣΣΕΎΣ", "␣␣οδυσσευσ");
    check("Ὀδυσσεύς", "␣␣οδυσσευσ");
    check("田中 太郎", "␣␣田中␣␣太郎");
    check("👍👍 a👍b", "␣␣👍👍␣␣a👍␣␣b");
    check("👩\u{200d}💻\u{fe0f}", "␣␣👩💻");
    check("שָׁלוֹם", "␣␣שלום");
    check("محمّد", "␣␣محمد");
    check("An\u{ad}na\u{200b}", "␣␣anna");
    check("A\0n\u{7}na", "␣␣anna");
    check("\u{202e}Anna", "␣␣anna");
    check("\u{301}\u{302}", "");
    check("Anna\u{a0}Berg\u{3000}C", "␣␣anna␣␣berg␣␣c");
    check("Jörg.Müller@x.example", "␣␣jorg.␣␣muller@␣␣x.␣␣example␣␣joerg.␣␣mueller@␣␣x.␣␣example");
    check("Mü Ab", "␣␣mu␣␣mue␣␣ab");
    check("100% _x_", "␣␣100%␣␣_␣␣x_");
}

#[test]
fn parts_never_run_into_each_other() {
    assert_eq!(shown(&["Anna", "Berg"]), "␣␣anna␣␣berg");
    assert_eq!(shown(&["Anna", "", " ", "Ä"]), "␣␣anna␣␣a␣␣ae");
}

#[test]
fn needles_carry_the_padding_of_short_words() {
    let check = |typed: &str, expected: &[&[&str]]| {
        let needles: Vec<Vec<String>> =
            Query::parse(typed).words().iter().map(|word| word.needles().iter().map(|needle| needle.replace(' ', "␣")).collect()).collect();
        assert_eq!(needles, expected, "{typed:?}");
    };
    check("", &[]);
    check(" \t ", &[]);
    check("a", &[&["␣␣a"]]);
    check("An", &[&["␣␣an"]]);
    check("Ann", &[&["ann"]]);
    check("ü", &[&["␣␣u", "␣␣ue"]]);
    check("Mü", &[&["␣␣mu", "␣␣mue"]]);
    check("Mül", &[&["mul", "muel"]]);
    check("ß", &[&["␣␣ss"]]);
    check("-1", &[&["␣␣-␣␣1"]]);
    check("x-1", &[&["x-␣␣1"]]);
    check("@firma", &[&["@␣␣firma"]]);
    check("anna anna ANNA", &[&["anna"]]);
    check("\u{301}", &[]);
    check("中", &[&["␣␣中"]]);
    check("a b", &[&["␣␣a"], &["␣␣b"]]);
}

#[test]
fn every_word_must_occur() {
    let check = |text: &str, typed: &str, hit: bool| {
        assert_eq!(Query::parse(typed).matches(&index_text([text].into_iter())), hit, "{typed:?} in {text:?}");
    };
    for typed in ["müller", "MÜLLER", "muller", "mueller", "Mu\u{308}ller", "ull", "uell", "ller", "mü", "m", "mu", "mue"] {
        check("Anna Müller", typed, true);
    }
    for typed in ["ül", "ll", "er", "l", "müllerin", "anna berg", "x", "ann-a", "%", "_", "'"] {
        check("Anna Müller", typed, false);
    }
    check("Anna Müller", "müll ann", true);
    check("Anna Müller", "a m", true);
    check("Anna Müller", "", true);
    check("Grosse Strasse", "große straße", true);
    check("Große Straße", "grosse strasse", true);
    check("Große Straße", "ße", true);
    check("Große Straße", "ß", false);
    check("Mueller", "müller", true);
    check("Mueller", "muller", false);
    check("Muller", "müller", true);
    check("Muller", "mueller", false);
    check("Goethe", "göthe", true);
    check("Jörg Müller", "jörg.müller", false);
    check("jörg.müller@firma.example", "jörg.müller", true);
    check("jörg.müller@firma.example", "joerg.mueller@fir", true);
    check("anna.berg@firma.example", "firma", true);
    check("anna.berg@firma.example", "be", true);
    check("anna.berg@firma.example", "rg", false);
    check("anna.berg@firma.example", "@firma", true);
    check("anna.berg@firma.example", "berg@firma.example", true);
    check("Hans-Peter", "peter", true);
    check("Hans-Peter", "pe", true);
    check("Hans-Peter", "s-p", true);
    check("Hans-Peter", "hanspeter", false);
    check("100% sicher_heit", "100%", true);
    check("100% sicher_heit", "r_h", true);
    check("O'Brien", "o'b", true);
    check("Иван Ёлкин", "елкин", true);
    check("ИВАН", "иван", true);
    check("田中太郎", "田中", true);
    check("田中太郎", "太郎", false);
    check("田中太郎", "中太郎", true);
    check("Anna 👍", "👍", true);
    check("שלום", "שלום", true);
    check("+49 30 1234-56", "+49 1234", true);
    check("22.11.2026", "22.11.", true);
    check("22.11.2026", "11.2026", true);
}

#[test]
fn only_the_first_words_and_characters_are_used() {
    let many: Vec<String> = (100..130).map(|n| n.to_string()).collect();
    assert_eq!(Query::parse(&many.join(" ")).words().len(), MAX_WORDS);
    let long = "ü".repeat(10_000);
    assert_eq!(Query::parse(&long).words()[0].needles()[0].len(), MAX_QUERY);
    assert!(Query::parse(&format!("{} anna", " ".repeat(MAX_QUERY))).is_empty());
}

#[test]
fn hits_are_marked_in_the_text_as_it_is_shown() {
    let check = |typed: &str, expected: &str| {
        let original = expected.replace(['«', '»'], "");
        let mut marked = original.clone();
        for mark in Query::parse(typed).marks(&original).into_iter().rev() {
            marked.insert(mark.end, '»');
            marked.insert(mark.start, '«');
        }
        assert_eq!(marked, expected, "{typed:?}");
    };
    check("", "Anna");
    check("x", "Anna");
    check("ann", "«Ann»a");
    check("an", "«An»na Anhang".replace("Anhang", "«An»hang").as_str());
    check("nn", "Anna");
    check("müll", "Anna «Müll»er");
    check("mull", "Anna «Müll»er");
    check("muell", "Anna «Müll»er");
    check("mue", "«Mü»ller");
    check("müll", "«Muell»er «Mull»er");
    check("mull", "«Mu\u{308}ll»er");
    check("mu", "«Mu\u{308}»ller");
    check("stras", "Haupt«straß»e");
    check("ß", "Gruß «SS» «ß»");
    check("ann berg", "«Ann»a von «Berg»");
    check("ann nna", "«Anna»");
    check("aba", "x«ababa»");
    check("s-p", "Han«s-P»eter");
    check("firma", "anna@«firma».example");
    check("fin", "«ﬁn»al");
    check("inal", "«ﬁnal»");
    check("中", "«中»山 山中");
    check("👍", "Anna «👍»");
    check("שלו", "«שָׁלוֹ»ם");
    check("anna", "\u{202e}«An\u{ad}na»");
    check("berg", "ÄÖÜ «Berg» ÄÖÜ");
    check("12", "«12».«12».2012");
    check("b", "a «b» c");
}

#[test]
fn texts_are_ordered_by_the_alphabet() {
    let sorted = [
        "", " ", "1", "10", "2", "a", "A", "ä", "Äb", "ac", "Muller", "muller", "Müller", "Mullerin", "Ostrow", "Øystein", "Strasse",
        "Straße", "Strassen", "z", "Z", "Ель", "ель", "Ёлка", "田",
    ];
    for pair in sorted.windows(2) {
        assert_eq!(sort_key_cmp(pair[0], pair[1]).is_gt(), sort_key_cmp(pair[1], pair[0]).is_lt());
    }
    let mut again = sorted;
    again.reverse();
    again.sort_by(|a, b| sort_key_cmp(a, b));
    let keys: Vec<String> = again.iter().map(|text| sort_key(text)).collect();
    assert!(keys.is_sorted(), "{keys:?}");
    let folded = ["a", "A", "ä", "Äb", "ac"];
    assert!(folded.windows(2).all(|pair| sort_key(pair[0]) <= sort_key(pair[1])));
    assert!(sort_key_cmp("Müller", "Mullerin").is_lt() && sort_key_cmp("Muller", "Müller").is_lt());
    assert!(sort_key_cmp("zebra", "Ärger").is_gt() && sort_key_cmp("Zebra", "zebra").is_lt());
}
