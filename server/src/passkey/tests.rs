use super::Site;

#[test]
fn passkeys_belong_to_a_name_and_to_a_safe_address() {
    let check = |address: &str, expected: bool| assert_eq!(Site::at(address).is_some(), expected, "{address}");
    check("https://lagune.example.com", true);
    check("https://lagune.example.com:8443", true);
    check("http://localhost:3000", true);
    check("http://lagune.localhost", true);
    check("http://lagune.example.com", false);
    check("http://localhost.example.com", false);
    check("http://127.0.0.1:3000", false);
    check("https://192.0.2.1", false);
    check("https://[2001:db8::1]", false);
    check("", false);
}

#[test]
fn a_question_asks_for_a_passkey_that_is_found_and_knows_its_person() {
    let site = Site::at("https://lagune.example.com").unwrap();
    let handle = super::new_handle();
    let known = [vec![1, 2, 3]];
    let person = super::Newcomer { handle: &handle, email: "ada@example.com", name: "Ada", known: &known, called: "Telefon" };
    let asked: serde_json::Value = serde_json::from_str(&site.ask_for_new(&person).unwrap().options).unwrap();
    let selection = &asked["authenticatorSelection"];
    assert_eq!((&selection["residentKey"], &selection["userVerification"]), (&"required".into(), &"required".into()));
    assert_eq!((&asked["rp"]["id"], &asked["excludeCredentials"][0]["id"]), (&"lagune.example.com".into(), &"AQID".into()));
    let asked: serde_json::Value = serde_json::from_str(&site.ask(&[]).unwrap().options).unwrap();
    assert_eq!((&asked["userVerification"], &asked["allowCredentials"]), (&"required".into(), &serde_json::json!([])));
}
