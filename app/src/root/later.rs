//! Pages that the list does without: the browser fetches each when somebody goes there.

use std::pin::Pin;

use leptos::prelude::*;
use leptos_router::ChooseView;

use crate::components::error_view::ErrorView;
use crate::components::later::Later;
use crate::error::AppError;
use crate::parts::part;

type Coming<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

/// A page that comes by itself. All are of one type: the router's code is compiled once for each type of page.
#[derive(Clone, Copy)]
pub(super) struct LaterPage {
    show: fn() -> Coming<AnyView>,
    fetch: fn() -> Coming<()>,
}

impl ChooseView for LaterPage {
    async fn choose(self) -> AnyView {
        match (self.show)().await {
            Ok(page) => page,
            Err(error) => view! { <ErrorView error/> }.into_any(),
        }
    }

    async fn preload(&self) {
        _ = (self.fetch)().await;
    }
}

/// Parts of different modules as one type.
fn coming<T, E: Into<AppError>>(part: impl Future<Output = Result<T, E>> + 'static) -> Coming<T> {
    Box::pin(async { part.await.map_err(Into::into) })
}

/// A page that comes by itself: its module, its name, and its names as a part and as its fetching.
macro_rules! later {
    ($($module:ident: $name:ident, $part:ident, $fetch:ident => $page:path;)+) => {$(
        part! {
            /// The page.
            $module, $part, $fetch() {
                use $page as Page;
                view! { <Later/><Page/> }.into_any()
            }
        }

        /// Fetched when somebody goes there.
        pub(super) const $name: LaterPage = LaterPage { show: || coming($part()), fetch: || coming($fetch()) };
    )+};
}

later! {
    entry: SIGN_IN, sign_in, fetch_sign_in => crate::pages::sign_in::SignInPage;
    entry: LINK, sign_in_link, fetch_sign_in_link => crate::pages::link::LinkPage;
    entry: SECOND, sign_in_second, fetch_sign_in_second => crate::pages::second_factor::SecondStepPage;
    entry: SECOND_FACTOR, second_factor, fetch_second_factor => crate::pages::second_factor::SecondFactorPage;
    entry: PASSKEYS, passkeys, fetch_passkeys => crate::pages::passkeys::PasskeysPage;
    entry: FORGOTTEN, forgotten, fetch_forgotten => crate::pages::forgotten::ForgottenPage;
    pages: START, start, fetch_start => crate::pages::start::StartPage;
    pages: POOLS, pools, fetch_pools => crate::pages::pools::PoolsPage;
    panel: ONE_PROFILE, one_profile, fetch_one_profile => crate::pages::profiles::ProfilePage;
    pages: BIN, bin, fetch_bin => crate::pages::profiles::BinPage;
    configuration: CONFIGURATION, configuration, fetch_configuration => crate::pages::configuration::ConfigurationPage;
    integration: INTEGRATION, integration, fetch_integration => crate::pages::integration::IntegrationPage;
    backup: BACKUPS, backups, fetch_backups => crate::pages::backups::BackupsPage;
    backup: BACKUP, one_backup, fetch_one_backup => crate::pages::backups::one::BackupPage;
    export: EXPORT, export, fetch_export => crate::pages::export::ExportPage;
    import: IMPORT, import, fetch_import => crate::pages::import::ImportPage;
    import: SCHEDULES, schedules, fetch_schedules => crate::pages::schedules::SchedulesPage;
    convert: CONVERT, convert, fetch_convert => crate::pages::convert::ConvertPage;
    backup: RESTORE, restore, fetch_restore => crate::pages::restore::RestorePage;
    layout: LAYOUT_FILE, layout_file, fetch_layout_file => crate::pages::layout_file::LayoutFilePage;
    team: TEAM, team, fetch_team => crate::pages::team::TeamPage;
    team: ROLES, roles, fetch_roles => crate::pages::team::roles::RolesPage;
    team: ROLE, role, fetch_role => crate::pages::team::role::RolePage;
    team: TOKENS, tokens, fetch_tokens => crate::pages::team::tokens::TokensPage;
    team: MAILS, mails, fetch_mails => crate::pages::team::mails::MailsPage;
    team: CLIENT, client, fetch_client => crate::pages::team::client::ClientPage;
    team: CLIENTS, clients, fetch_clients => crate::pages::team::clients::ClientsPage;
    pages: JOBS, jobs, fetch_jobs => crate::pages::jobs::JobsPage;
    pages: SETTINGS, settings, fetch_settings => crate::pages::settings::SettingsPage;
    audit: AUDIT, audit, fetch_audit => crate::pages::audit::AuditPage;
}

/// Fetches the page at an address, if it is one that comes by itself: it must be there when the document wakes.
///
/// # Errors
/// It can't be fetched.
pub async fn fetch_page(path: &str) -> Result<(), AppError> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let page = match parts.as_slice() {
        ["sign-in"] => SIGN_IN,
        ["sign-in", "link"] => LINK,
        ["sign-in", "second"] => SECOND,
        ["settings", "second-factor"] => SECOND_FACTOR,
        ["settings", "passkeys"] => PASSKEYS,
        ["sign-in", "forgotten"] => FORGOTTEN,
        [""] => START,
        ["pools"] => POOLS,
        ["pools", _, "profiles", _] => ONE_PROFILE,
        ["pools", _, "configuration"] => CONFIGURATION,
        ["pools", _, "bin"] => BIN,
        ["pools", _, "integration"] => INTEGRATION,
        ["pools", _, "backups"] => BACKUPS,
        ["pools", _, "backups", _] => BACKUP,
        ["pools", _, "export"] => EXPORT,
        ["pools", _, "schedules"] => SCHEDULES,
        ["pools", _, "import"] | ["pools", _, "import", _] | ["pools", _, "import", _, "rules" | "check"] => IMPORT,
        ["pools", _, "configuration", "fields", _, "convert"] => CONVERT,
        ["pools", _, "backups", _, "restore"] => RESTORE,
        ["pools", _, "configuration", "file"] => LAYOUT_FILE,
        ["team"] => TEAM,
        ["team", "roles"] => ROLES,
        ["team", "roles", _] => ROLE,
        ["team", "tokens"] => TOKENS,
        ["team", "mails"] => MAILS,
        ["team", "client"] => CLIENT,
        ["clients"] => CLIENTS,
        ["jobs"] => JOBS,
        ["settings"] => SETTINGS,
        ["audit"] => AUDIT,
        _ => return Ok(()),
    };
    (page.fetch)().await
}
