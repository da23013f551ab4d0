use super::*;

fn cell(look: Look, texts: &[&[&str]]) -> Cell {
    let texts = texts.iter().map(|parts| parts.iter().map(|part| (*part).to_owned()).collect()).collect();
    Cell { key: "NAME".to_owned(), look, texts, full: None }
}

fn drawn(title: &str, cells: Vec<Cell>) -> String {
    let (pool, id) = (PoolId::new(2), ProfileId::new(7));
    BodyRow { pool, id, title: title.to_owned(), at: Some(2), open: false, status: "usable".to_owned(), cells }.to_html(Lang::En)
}

#[test]
fn nothing_that_a_person_typed_becomes_markup() {
    let evil = r#"<!><img src=x onerror="alert(1)">&"'"#;
    let html = drawn(evil, vec![cell(Look::Name, &[&[evil]]), cell(Look::Tags, &[&["a"], &[evil]]), cell(Look::Mail, &[&["", evil]])]);
    assert!(!html.contains("<img"), "{html}");
    assert!(html.contains("&lt;!&gt;&lt;img"), "{html}");
    assert!(!html.contains(r#"alert(1)">&"'"#), "{html}");
}

#[test]
fn hits_are_marked_and_the_first_cell_leads_to_the_profile() {
    let html = drawn("Bergmann", vec![cell(Look::Name, &[&["", "Berg", "mann"]]), cell(Look::Text, &[])]);
    assert!(html.contains("<mark>Berg</mark>mann"), "{html}");
    assert!(html.contains(r#"href="/pools/2/profiles/7""#), "{html}");
    assert!(html.contains(r#"<span class="nothing">–</span>"#), "{html}");
}

#[test]
fn a_profile_without_a_name_is_headed_by_what_it_is_called() {
    let html = drawn("#7", vec![cell(Look::Name, &[])]);
    assert!(html.contains(r#"<span class="nothing">#7</span>"#), "{html}");
}
