//! Code and wording of what can be wrong with people, roles and clients.

use crate::lang::Text;

type Words = (&'static str, Text);

pub(super) const BEYOND_RIGHTS: Words = (
    "beyond_rights",
    Text::new(
        "Diese Rolle erlaubt mehr als Ihre eigene. Bitte jemanden mit mehr Rechten darum bitten.",
        "This role allows more than your own. Please ask somebody with more rights.",
    ),
);

pub(super) const LAST_ADMINISTRATOR: Words = (
    "last_administrator",
    Text::new(
        "Danach könnte niemand mehr die Benutzer verwalten. Bitte vorher jemand anderem dieses Recht geben.",
        "Nobody could manage the users any more. Please give somebody else this right first.",
    ),
);

pub(super) const ALREADY_MEMBER: Words = ("already_member", Text::new("Diese Person gehört schon dazu.", "This person is here already."));

pub(super) const ROLE_FIXED: Words =
    ("role_fixed", Text::new("Diese Rolle steht fest. Bitte eine eigene anlegen.", "This role is fixed. Please make one of your own."));

pub(super) const ROLE_USED: Words = (
    "role_used",
    Text::new(
        "Jemand hat diese Rolle noch. Bitte zuerst eine andere geben.",
        "Somebody has this role. Please give them another one first.",
    ),
);

pub(super) const TOO_MANY_ROLES: Words = ("too_many_roles", Text::new("Mehr Rollen sind nicht möglich.", "There can be no more roles."));

pub(super) const NOT_A_DOMAIN: Words =
    ("not_a_domain", Text::new("Bitte eine Domain angeben, z. B. firma.de.", "Please enter a domain, e.g. company.com."));

pub(super) const COMMON_PASSWORD: Words = (
    "common_password",
    Text::new(
        "Dieses Passwort wird schnell erraten, weil viele ein solches haben. Bitte ein anderes wählen, am besten einen Satz.",
        "This password is guessed quickly, because many people have one like it. Please choose another one, best a sentence.",
    ),
);

pub(super) const NAMED_PASSWORD: Words = (
    "named_password",
    Text::new(
        "Dieses Passwort besteht aus Name, Adresse oder Firma. Bitte eines wählen, das nicht zur Person gehört.",
        "This password consists of a name, address or company. Please choose one that has nothing to do with the person.",
    ),
);
