//! Where settings come from: flags, environment, file, defaults.

use std::{collections::HashMap, fmt, fs, io, path::Path};

use super::{Setting, SettingFlags, WrongSetting, secret_file};

/// Variables with these beginnings belong to the build and the tests, not to the program.
const NOT_OURS: [&str; 3] = ["LAGUNE_WASM_", "LAGUNE_TEST_", "LAGUNE_BENCH_"];

/// The file that is read where it exists and nobody names another.
const USUAL_FILE: &str = "lagune.toml";

enum Source {
    Flag,
    Variable,
    /// A file that holds nothing but a secret; named by a variable or in the settings file.
    SecretFile(String),
    File(String),
    Default,
}

/// Each setting's text and source.
pub(super) struct Sources {
    texts: HashMap<&'static str, (String, Source)>,
    /// What is not wrong but should be better.
    warnings: Vec<String>,
}

impl Sources {
    pub(super) fn collect(flags: &SettingFlags, environment: impl Iterator<Item = (String, String)>) -> Result<Self, WrongSetting> {
        let variables = variables(environment)?;
        let named = flags.config.clone().or_else(|| variables.get("LAGUNE_CONFIG").map(Into::into));
        let mut file = read_file(named.as_deref())?;
        let (mut texts, mut warnings) = (HashMap::new(), Vec::new());
        for setting in Setting::ALL {
            let from_file = either(&file.name, setting.key(), |name| file.values.remove(name), setting)?;
            let from_variable = either("The environment", &setting.variable(), |name| variables.get(name).cloned(), setting)?;
            let found = if let Some(text) = setting.flag(flags) {
                (text.clone(), Source::Flag)
            } else if let Some(given) = from_variable {
                given.read(Source::Variable, &mut warnings)?
            } else if let Some(given) = from_file {
                given.read(Source::File(file.name.clone()), &mut warnings)?
            } else {
                (setting.default().to_owned(), Source::Default)
            };
            texts.insert(setting.key(), found);
        }
        match file.values.into_keys().min() {
            Some(key) => Err(WrongSetting(format!("The file {} sets “{key}”, which Lagune does not know.", file.name))),
            None => Ok(Self { texts, warnings }),
        }
    }

    /// What is not wrong but should be better, in sentences.
    pub(super) fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The value of a setting, or a sentence that says what it should be.
    pub(super) fn parse<T>(&self, setting: Setting, should_be: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, WrongSetting> {
        let (text, source) = &self.texts[setting.key()];
        read(text.trim()).ok_or_else(|| {
            let given = if setting.is_secret() { "its value is not".to_owned() } else { format!("“{text}” is not") };
            let place = Place { setting, source };
            WrongSetting(format!("The setting {} {place} must be {should_be}; {given}.", setting.key()))
        })
    }
}

/// How a source gives a setting.
enum Given {
    Itself(String),
    /// The name of the setting and of the file.
    InFile(String, String),
}

impl Given {
    fn read(self, from: Source, warnings: &mut Vec<String>) -> Result<(String, Source), WrongSetting> {
        match self {
            Self::Itself(text) => Ok((text, from)),
            Self::InFile(setting, path) => {
                let secret = secret_file::read(&setting, Path::new(&path))?;
                warnings.extend(secret.warning);
                Ok((secret.text, Source::SecretFile(path)))
            }
        }
    }
}

/// The setting itself or, for a secret, the file that holds it; both at once leave open which one counts.
fn either(place: &str, name: &str, mut get: impl FnMut(&str) -> Option<String>, setting: Setting) -> Result<Option<Given>, WrongSetting> {
    let itself = get(name).map(Given::Itself);
    if !setting.is_secret() {
        return Ok(itself);
    }
    let in_file = if name == setting.key() { format!("{name}_file") } else { format!("{name}_FILE") };
    match (itself, get(&in_file)) {
        (Some(_), Some(_)) => Err(WrongSetting(format!("{place} sets both {name} and {in_file}; please keep one of them."))),
        (None, Some(path)) => Ok(Some(Given::InFile(in_file, path))),
        (itself, None) => Ok(itself),
    }
}

struct Place<'a> {
    setting: Setting,
    source: &'a Source,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.source {
            Source::Flag => write!(out, "(flag --{})", self.setting.key().replace('_', "-")),
            Source::Variable => write!(out, "(environment variable {})", self.setting.variable()),
            Source::SecretFile(name) => write!(out, "(its file {name})"),
            Source::File(name) => write!(out, "(file {name})"),
            Source::Default => out.write_str("(default)"),
        }
    }
}

/// Our variables; one that nobody knows is a typing mistake that would otherwise go unnoticed.
fn variables(environment: impl Iterator<Item = (String, String)>) -> Result<HashMap<String, String>, WrongSetting> {
    let ours: HashMap<_, _> =
        environment.filter(|(name, _)| name.starts_with("LAGUNE_") && !NOT_OURS.iter().any(|start| name.starts_with(start))).collect();
    let is = |one: Setting, name: &str| one.variable() == name.strip_suffix("_FILE").filter(|_| one.is_secret()).unwrap_or(name);
    let known = |name: &str| name == "LAGUNE_CONFIG" || Setting::ALL.iter().any(|one| is(*one, name));
    match ours.keys().filter(|name| !known(name)).min() {
        Some(name) => Err(WrongSetting(format!("The environment variable {name} is set, but Lagune has no such setting."))),
        None => Ok(ours),
    }
}

#[derive(Default)]
struct File {
    name: String,
    values: HashMap<String, String>,
}

fn read_file(named: Option<&Path>) -> Result<File, WrongSetting> {
    let path = named.unwrap_or(Path::new(USUAL_FILE));
    let name = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => return Ok(File::default()),
        Err(_) => return Err(WrongSetting(format!("The settings file {name} (--config) cannot be read."))),
    };
    let table: toml::Table = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
        WrongSetting(format!("The settings file {name} is not valid TOML (line {line})."))
    })?;
    let values = table
        .into_iter()
        .map(|(key, value)| Some((key, plain(value)?)))
        .collect::<Option<_>>()
        .ok_or_else(|| WrongSetting(format!("The settings file {name} may only hold texts, numbers and lists of texts.")))?;
    Ok(File { name, values })
}

fn plain(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(list) => list.into_iter().map(plain).collect::<Option<Vec<_>>>().map(|list| list.join(",")),
        _ => None,
    }
}
