//! What the functions about one's own sessions do on the server.

use domain::time::show_time;

use super::SessionLine;
use crate::api::profiles::plain;
use crate::context::{Viewer, now, store};
use crate::error::AppError;
use crate::routes;

pub(super) async fn sessions(viewer: &Viewer) -> Result<Vec<SessionLine>, AppError> {
    let sessions = store().sessions_of(viewer.user, &viewer.session, now()).await?;
    let line = |session: store::sessions::own::OwnSession| SessionLine {
        key: session.key,
        address: session.address.unwrap_or_default(),
        agent: session.agent.map(|agent| shortly(&agent)).unwrap_or_default(),
        since: show_time(session.created_at, viewer.lang, &viewer.zone),
        this: session.this,
    };
    Ok(sessions.into_iter().map(line).collect())
}

pub(super) async fn end(viewer: &Viewer, key: &str) -> Result<(), AppError> {
    if key.is_empty() {
        store().end_other_sessions(viewer.user, &viewer.session, &viewer.wish()).await?;
    } else {
        store().end_session_of(viewer.user, key, &viewer.wish()).await?;
    }
    plain::to(routes::SETTINGS);
    Ok(())
}

/// Browser and system in the words that people know them by; what nobody knows stays as it is, shortened.
fn shortly(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 5] =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    const SYSTEMS: [(&str, &str); 6] =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];
    let known = |all: &[(&str, &'static str)]| all.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (known(&BROWSERS), known(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::shortly;

    #[test]
    fn a_browser_is_named_as_people_know_it() {
        let check = |agent: &str, name: &str| assert_eq!(shortly(agent), name, "{agent}");
        check("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux");
        check("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows");
        check("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone");
        check("curl/8.5.0", "curl/8.5.0");
    }
}
