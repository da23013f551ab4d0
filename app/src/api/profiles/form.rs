//! A profile as a form: the right control for each field, filled with what a person would type.

use domain::field::{FieldDef, FieldKind};
use domain::history::Actor;
use domain::id::{OptionId, PoolId, ProfileId};
use domain::pool::Pool;
use domain::profile::Profile;
use domain::rights::Right;
use domain::value::{self, Value};
use store::Store;

use super::history::days;
use super::lists::Lists;
use super::shapes::Choice;
use super::sheet::{Control, FieldGroup, FormField, Sheet, SheetHead};
use crate::context::{Viewer, may, store};
use crate::error::AppError;
use crate::pages::profiles::words as w;

/// Lines of history that come with a profile.
pub(super) const LINES: u64 = 100;

/// Lines of history that come when somebody asks for all of them.
pub(super) const ALL_LINES: u64 = 10_000;

/// Where a person works on the profiles of a pool.
pub(super) struct Desk {
    pub(super) store: Store,
    pub(super) viewer: Viewer,
    pub(super) pool: Pool,
}

/// Whether all that was chosen can still be chosen.
fn has_its_options(field: &FieldDef, value: &Value) -> bool {
    match value {
        Value::Int(id) if field.kind.has_options() => field.option(OptionId::new(*id)).is_some(),
        Value::Set(ids) => ids.iter().all(|id| field.option(*id).is_some()),
        _ => true,
    }
}

impl Desk {
    /// For somebody who may do this.
    pub(super) async fn of(pool: PoolId, right: Right) -> Result<Self, AppError> {
        let (store, viewer) = (store(), may(right).await?);
        let pool = viewer.pool(pool).await?;
        Ok(Self { store, viewer, pool })
    }

    pub(super) fn at(store: Store, viewer: Viewer, pool: Pool) -> Self {
        Self { store, viewer, pool }
    }

    /// A profile with its history.
    pub(super) async fn open(&self, id: ProfileId, lines: u64) -> Result<Sheet, AppError> {
        let profile = self.store.profile(&self.viewer.reach(), &self.pool, id).await?;
        self.sheet(&profile, lines).await
    }

    pub(super) async fn sheet(&self, profile: &Profile, n_lines: u64) -> Result<Sheet, AppError> {
        let lines = match self.viewer.rights.has(Right::History) {
            true => self.store.history(&self.viewer.reach(), &self.pool, profile.id, n_lines, None).await?,
            false => Vec::new(),
        };
        let (groups, lists) = self.groups(Some(profile));
        let country = self.country(Some(profile)).unwrap_or_default();
        Ok(Sheet {
            id: Some(profile.id),
            revision: profile.revision,
            head: self.head(profile),
            groups,
            lists,
            place: self.place(&country),
            today: self.today(),
            older: lines.len() as u64 == n_lines,
            days: days(&self.pool, profile, &lines, self.viewer.lang, &self.viewer.zone),
            conflict: None,
            saved: false,
        })
    }

    /// Sets a field to what stood there before a line of the history.
    pub(super) async fn set_back(&self, id: ProfileId, line: i64, key: &str) -> Result<Sheet, AppError> {
        let (reach, viewer) = (self.viewer.reach(), &self.viewer);
        if !viewer.rights.has(Right::History) {
            return Err(AppError::Forbidden);
        }
        let field = self.pool.field(key).filter(|field| field.writable()).ok_or(AppError::NotFound)?;
        let before = match self.store.value_before(&reach, &self.pool, id, line, key).await? {
            // Words from before a conversion, or as they stand in a field of text.
            Some(Value::Text(words)) => {
                let country = self.country(self.store.profile(&reach, &self.pool, id).await.ok().as_ref());
                self.parse(field, &[words], country.as_deref()).map_err(|problem| AppError::invalid(key, problem))?
            }
            Some(value) if !has_its_options(field, &value) => return Err(AppError::refused(w::OPTION_GONE)),
            value => field.accept(value).map_err(|problem| AppError::invalid(key, problem))?,
        };
        let (actor, now) = (Actor::User(viewer.user), crate::context::now());
        let profile = self.store.update_profile(&reach, &self.pool, id, None, &[(field.id, before)], &actor, now).await?;
        self.sheet(&profile, LINES).await
    }

    /// A new entry.
    pub(super) fn blank(&self) -> Sheet {
        let (groups, lists) = self.groups(None);
        Sheet {
            id: None,
            revision: 0,
            head: SheetHead::default(),
            groups,
            lists,
            place: self.place(&self.country(None).unwrap_or_default()),
            today: self.today(),
            days: Vec::new(),
            older: false,
            conflict: None,
            saved: false,
        }
    }

    fn head(&self, profile: &Profile) -> SheetHead {
        let text = |key: &str| self.text(key, profile);
        let join = |keys: &[&str], between: &str| {
            keys.iter().map(|key| text(key)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(between)
        };
        let name = [join(&["TITLE", "FIRSTNAME", "NAME"], " "), text("COMPANY"), text("EMAIL"), format!("#{}", profile.id)];
        let facts = [text("PERMISSION"), join(&["ZIP", "CITY"], " "), text("COUNTRY")];
        let name = name.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        let company = text("COMPANY");
        SheetHead {
            role: if company == name { String::new() } else { company },
            name,
            status: profile.status.code().to_owned(),
            facts: facts.into_iter().filter(|fact| !fact.is_empty()).collect(),
        }
    }

    /// What a reader calls this profile in one line.
    pub(super) fn title(&self, profile: &Profile) -> String {
        self.head(profile).name
    }

    /// A field of a profile as it reads.
    pub(super) fn text(&self, key: &str, profile: &Profile) -> String {
        self.pool.field(key).and_then(|field| self.shown(field, profile)).unwrap_or_default()
    }

    fn shown(&self, field: &FieldDef, profile: &Profile) -> Option<String> {
        profile.value(field.id).map(|value| value::show(field, value, self.viewer.lang, &self.viewer.zone))
    }

    /// The fields by category, in their order, and the lists that they choose from. What only Lagune writes is left
    /// out of a new entry.
    fn groups(&self, profile: Option<&Profile>) -> (Vec<FieldGroup>, Vec<Vec<Choice>>) {
        let mut lists = Lists::new(self.viewer.lang);
        let mut group = |category: &domain::pool::Category| {
            let fields = self.pool.fields.iter().filter(|field| field.category == category.id && (profile.is_some() || field.writable()));
            FieldGroup {
                label: category.label(self.viewer.lang).to_owned(),
                fields: fields.map(|field| self.field(field, profile, &mut lists)).collect(),
            }
        };
        let groups = self.pool.categories.iter().map(&mut group).filter(|group| !group.fields.is_empty()).collect();
        (groups, lists.all)
    }

    fn field(&self, field: &FieldDef, profile: Option<&Profile>, lists: &mut Lists) -> FormField {
        let locked = !field.writable();
        let values = match profile {
            // What can't be changed is shown as it reads.
            Some(profile) if locked => self.shown(field, profile).into_iter().collect(),
            Some(profile) => profile.value(field.id).map(|value| self.typed(field, value)).unwrap_or_default(),
            None => self.default_of(field),
        };
        let control = if locked { Control::Line } else { self.control(field, lists) };
        let many = matches!(control, Control::Choices(_));
        FormField {
            key: field.key.clone(),
            label: field.label(self.viewer.lang).to_owned(),
            help: field.help.clone(),
            required: field.required,
            locked,
            span: span(field),
            was: None,
            error: None,
            values: if values.is_empty() && !many { vec![String::new()] } else { values },
            control,
        }
    }

    fn control(&self, field: &FieldDef, lists: &mut Lists) -> Control {
        match field.kind {
            FieldKind::MultiSelection => Control::Choices(lists.of(field)),
            FieldKind::MultiLine => Control::Lines,
            FieldKind::Email => Control::Mail,
            FieldKind::Integer => Control::Digits,
            FieldKind::Date => Control::Date(false),
            FieldKind::DateTime => Control::Date(true),
            FieldKind::State => Control::State,
            FieldKind::Postcode => Control::Postcode,
            FieldKind::Boolean => Control::Truth,
            FieldKind::Country if self.country_field().is_some_and(|first| first.id == field.id) => Control::Country(lists.of(field)),
            FieldKind::Country | FieldKind::Selection | FieldKind::Salutation | FieldKind::MobilePrefix => Control::Choice(lists.of(field)),
            FieldKind::Language | FieldKind::Permission => Control::Choice(lists.of(field)),
            _ => Control::Line,
        }
    }

    /// A value as the control holds it: codes for closed lists, else as people write it.
    pub(super) fn typed(&self, field: &FieldDef, value: &Value) -> Vec<String> {
        match (field.kind, value) {
            (FieldKind::MultiSelection, Value::Set(options)) => {
                let mut labels: Vec<String> =
                    options.iter().filter_map(|id| field.option(*id)).map(|option| option.label.clone()).collect();
                labels.sort();
                labels
            }
            (FieldKind::Date | FieldKind::DateTime, value) => vec![value::show(field, value, self.viewer.lang, &self.viewer.zone)],
            (_, value) => vec![value::plain(field, value)],
        }
    }
}

/// Sixths of the form's width, so that what is written together stands together.
fn span(field: &FieldDef) -> u8 {
    match field.key.as_str() {
        "SALUTATION" | "ZIP" | "MOBILEPREFIX" => 2,
        "TITLE" | "CITY" | "MOBILE" => 4,
        "FIRSTNAME" | "NAME" | "STATE" | "COUNTRY" | "FAX" | "BIRTHDAY" | "PHONE" => 3,
        "COMPANY" | "STREET" | "EMAIL" | "WEBSITE" => 6,
        _ => match field.kind {
            FieldKind::MultiLine | FieldKind::MultiSelection | FieldKind::Email => 6,
            _ => 3,
        },
    }
}
