use super::*;

#[test]
fn an_id_is_its_number_everywhere() {
    let id = ProfileId::new(7);
    assert_eq!(id.to_string(), "7");
    assert_eq!("7".parse(), Ok(id));
    assert_eq!(serde_json::to_string(&id).expect("JSON"), "7");
    assert!("7a".parse::<ProfileId>().is_err());
}
