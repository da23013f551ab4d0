use serde_json::json;

use crate::support::on_each_server;

#[tokio::test]
async fn people_are_found_in_all_pools_of_the_client_and_nowhere_else() {
    on_each_server(async |app| {
        let (near, far) = (app.create_pool("Nah"), app.create_pool("Fern"));
        app.create_profile(far, json!({"NAME": "Lindqvist", "FIRSTNAME": "Ebba", "EMAIL": "ebba@example.org"}));
        app.create_profile(near, json!({"NAME": "Lindqvist", "FIRSTNAME": "Nils"}));
        let find = |cookie: &str| app.get(&format!("/api/profiles/find?q=lindqvist&near={near}")).cookie(cookie).send();
        let found = find(&app.sign_in()).expect(200).text();
        let (nils, ebba) = (found.find("Nils Lindqvist").expect("Nils"), found.find("Ebba Lindqvist").expect("Ebba"));
        assert!(nils < ebba, "the pool at hand comes first: {found:?}");
        assert_eq!(find("").status, 401);
    })
    .await;
}
