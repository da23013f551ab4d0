-- Roles that a client shapes, rules for sessions and passwords, tokens that run out.

-- A role that was made or changed. Ready roles that nobody changed have no row: their rights are the program's.
create table roles (
    client_id integer not null references clients (id),
    code text not null, -- what memberships.role names
    name text, -- none: the name that comes with the program
    rights text, -- codes separated by commas; none: those that come with the program
    rule text, -- JSON of the condition that limits the role to some profiles; none: all
    created_at integer not null,
    primary key (client_id, code)
) strict, without rowid;

-- Raised by whatever must not happen twice at once in a client, such as removing the last administrator.
alter table clients add column revision integer not null default 0;
alter table clients add column languages text not null default 'de,en'; -- the first is that of new people
alter table clients add column colour text; -- of its mark, one of domain::client::Colour; none: ours
alter table clients add column sending_domain text;
alter table clients add column password_length integer not null default 12;
alter table clients add column second_factor integer not null default 0; -- needed to sign in
alter table clients add column idle_minutes integer; -- none: the installation's
alter table clients add column session_hours integer; -- none: the installation's

alter table memberships add column disabled_at integer; -- may not sign in since
alter table memberships add column created_at integer not null default 0;

alter table users add column seen_at integer; -- last signed in

-- From where a session was begun, for its owner to recognise it.
alter table sessions add column address text;
alter table sessions add column agent text;

alter table api_tokens add column expires_at integer;
alter table api_tokens add column rights text; -- codes; none: all of its person's

-- The roles before had two names.
update memberships set role = 'editor' where role = 'member';
update memberships set role = 'operator' where role = 'administrator' and client_id = (select min(id) from clients);
