-- Whom a client knows: the name of somebody who works for another one is not told to whoever types their address.

-- Since when the client knows the person: from the invitation of somebody new, who got their name there, else from their first
-- sign-in for it. None: not yet, and their name and when they were last seen are none of its business.
alter table memberships add column known_since integer;
update memberships set known_since = created_at;
