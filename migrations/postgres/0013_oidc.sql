-- Signing in at a provider (OpenID Connect): who is whom there, and sign-ins that have begun.

-- A person is known by what the provider calls them (sub), which never changes; addresses do.
create table identities (
    issuer text not null,
    subject text not null,
    user_id bigint not null references users (id),
    created_at bigint not null,
    primary key (issuer, subject)
);

-- One there is one here: an address that the provider gives to somebody else leads into nobody's account.
create unique index identities_user on identities (user_id, issuer);

-- Sent to the provider and not yet back; the row goes with its use.
create table begun_sign_ins (
    state_hash bytea not null primary key, -- SHA-256 of what the provider sends back
    browser_hash bytea not null, -- SHA-256 of a cookie: another browser can't finish it
    nonce text not null, -- stands in the id token
    verifier text not null, -- of the code (PKCE)
    next text, -- where to go afterwards
    expires_at bigint not null
);

create index begun_sign_ins_expires on begun_sign_ins (expires_at);
