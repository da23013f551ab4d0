//! `lagune user`, `lagune token`, `lagune link`.

use std::io::Read as _;

use clap::{Args, Subcommand, ValueEnum};
use domain::{
    audit::{Deed, Note, Object},
    history::Actor,
    id::ClientId,
    lang::Lang,
    role::{ReadyRole, RoleCode},
    text::{Email, Name},
};
use serde_json::json;
use store::{Conflict, Store, StoreError, accounts::NewUser, profiles::Wish, tokens::NewToken};

use super::{Failed, open, say, scope};
use crate::{
    clock,
    config::Settings,
    keyring::fresh_token,
    password,
    session::{first, link},
};

#[derive(Subcommand)]
pub(super) enum UserCommand {
    /// Make an account; also makes the first client if there is none
    Create(CreateUser),
    /// Forget as whom the provider knows somebody: their next sign-in there counts as the first
    Unlink(Unlink),
    /// Take the second factor and the passkeys of somebody away who lost their phone; their sessions end
    ResetSecondFactor(ResetSecondFactor),
}

#[derive(Args)]
pub(super) struct ResetSecondFactor {
    /// Address of the person
    #[arg(long)]
    email: String,
}

impl ResetSecondFactor {
    async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let store = open(settings).await?;
        let user = scope::user(&store, &self.email).await?;
        let had = store.reset_second_factor(user.id, &Wish::of(Actor::CommandLine, clock::now())).await?;
        store.close().await;
        if had { Ok(()) } else { Err(Failed::Work(format!("{} has no second factor.", self.email))) }
    }
}

#[derive(Args)]
pub(super) struct CreateUser {
    /// The address to sign in with
    #[arg(long)]
    email: String,
    /// Code of the person's role: operator, administrator, marketing, editor, analyst, viewer, or one of the client's own;
    /// without it the first user is operator, everybody else editor
    #[arg(long)]
    role: Option<String>,
    /// The person's name; the address without it
    #[arg(long)]
    name: Option<String>,
    /// Language of the screens
    #[arg(long, value_enum, default_value_t = LangName::De)]
    lang: LangName,
    /// Read the password from standard input; without it a one-time sign-in link is printed
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangName {
    De,
    En,
}

#[derive(Args)]
pub(super) struct Unlink {
    /// Address of the person
    #[arg(long)]
    user: String,
}

impl Unlink {
    async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let store = open(settings).await?;
        let user = scope::user(&store, &self.user).await?;
        let forgotten = store.forget_identities(user.id, &Wish::of(Actor::CommandLine, clock::now())).await?;
        store.close().await;
        if forgotten == 0 { Err(Failed::Work(format!("No provider knows {}.", self.user))) } else { Ok(()) }
    }
}

impl UserCommand {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let new = match self {
            Self::Create(new) => new,
            Self::Unlink(unlink) => return unlink.run(settings).await,
            Self::ResetSecondFactor(reset) => return reset.run(settings).await,
        };
        let email =
            Email::of_account(&new.email).map_err(|problem| Failed::Usage(format!("“{}”: {}", new.email, problem.message(Lang::En))))?;
        let name = Name::parse(new.name.as_deref().unwrap_or(&new.email))
            .map_err(|problem| Failed::Usage(format!("--name: {}", problem.message(Lang::En))))?;
        let store = open(settings).await?;
        let wish = Wish::of(Actor::CommandLine, clock::now());
        let password_hash = if new.password_stdin {
            let mut about = vec![name.to_string(), email.to_string()];
            if let Some(client) = store.first_client().await? {
                about.push(store.client_settings(client).await?.name.to_string());
            }
            Some(hash_from_stdin(&about).await?)
        } else {
            None
        };
        let has_password = password_hash.is_some();
        let client = first::client(&store, wish).await?;
        let role = match new.role {
            Some(code) => known_role(&store, client, &code).await?,
            None if store.n_users().await? == 0 => ReadyRole::Operator.into(),
            None => ReadyRole::Editor.into(),
        };
        let lang = match new.lang {
            LangName::De => Lang::De,
            LangName::En => Lang::En,
        };
        let user = NewUser { email, name: name.to_string(), password_hash, lang };
        let email = user.email.to_string();
        let user = store.create_user(user, wish).await.map_err(|error| match error {
            StoreError::Conflict(Conflict::EmailTaken) => Failed::Work(format!("Somebody has the address {} already.", new.email)),
            error => error.into(),
        })?;
        store.add_member(client, user, &role, wish.now).await?;
        let note = Note::new(Deed::MemberChanged, Object::user(user, email)).after(json!({ "role": role.as_str() }));
        store.audit(client, &wish, note).await?;
        if !has_password {
            say(link::make(&store, user, &base(settings), wish).await?)?;
        }
        store.close().await;
        Ok(())
    }
}

/// A role of the client with this code.
async fn known_role(store: &Store, client: ClientId, code: &str) -> Result<RoleCode, Failed> {
    let roles = store.roles(client).await?;
    let known = || roles.iter().map(|role| role.code.as_str()).collect::<Vec<_>>().join(", ");
    let role = roles.iter().find(|role| role.code.as_str() == code);
    role.map(|role| role.code.clone()).ok_or_else(|| Failed::Usage(format!("There is no role “{code}”; there are {}.", known())))
}

/// The hash of the password on standard input, if it may be one of somebody of whom this is known.
async fn hash_from_stdin(about: &[String]) -> Result<String, Failed> {
    let mut typed = String::new();
    std::io::stdin().read_to_string(&mut typed).map_err(|_| Failed::Usage("The password on standard input is no text.".to_owned()))?;
    let password = typed.trim_end_matches(['\r', '\n']);
    password::check(password, password::SHORTEST_BY_COMMAND, about)
        .map_err(|problem| Failed::Usage(format!("The password on standard input: {}", problem.message(Lang::En))))?;
    password::hash(password.to_owned()).await.map_err(|error| Failed::Work(format!("{error}.")))
}

#[derive(Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token and print it; it is shown this once only
    Create(CreateToken),
}

#[derive(Args)]
pub(super) struct CreateToken {
    /// Address of the person whose rights the token has
    #[arg(long)]
    user: String,
    /// What it is for, shown in lists
    #[arg(long, default_value = "Token")]
    name: String,
}

impl TokenCommand {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let Self::Create(new) = self;
        let name = Name::parse(&new.name).map_err(|problem| Failed::Usage(format!("--name: {}", problem.message(Lang::En))))?;
        let store = open(settings).await?;
        let user = scope::user(&store, &new.user).await?;
        let client = scope::client_of(&store, user.id).await?;
        let (token, hash) = fresh_token();
        let new = NewToken { user: user.id, name, hash, rights: None, expires_at: None };
        store.create_token(client, &new, Wish::of(Actor::CommandLine, clock::now())).await?;
        store.close().await;
        say(token)
    }
}

#[derive(Args)]
pub(super) struct Link {
    /// Address of the person
    #[arg(long)]
    user: String,
}

impl Link {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failed> {
        let store = open(settings).await?;
        let user = scope::user(&store, &self.user).await?;
        let wish = Wish::of(Actor::CommandLine, clock::now());
        let address = link::make(&store, user.id, &base(settings), wish).await?;
        store.close().await;
        say(address)
    }
}

/// How browsers reach the server, as far as the settings tell.
pub(super) fn base(settings: &Settings) -> String {
    settings.public_url.clone().unwrap_or_else(|| format!("http://{}", settings.listen))
}
