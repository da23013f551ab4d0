-- Mails that are to be sent or were: written together with what causes them, sent by a worker.

-- Neither text nor link stands here: both are made when the mail is sent, the link is kept as its hash alone.
create table mails (
    id integer not null primary key autoincrement,
    client_id integer references clients (id), -- none: it concerns a person wherever they work
    user_id integer references users (id), -- to whom; none: nobody has yet looked whose address this is
    by_user integer references users (id), -- who caused it, where the mail names them
    recipient text not null,
    kind text not null, -- invitation, link, reset, password_changed
    address text, -- from where it was asked for by somebody who is not signed in
    created_at integer not null,
    attempts integer not null default 0,
    next_at integer, -- sent from then on; none: sent, given up, or written where no mail is sent
    sent_at integer,
    error text -- domain::mail::MailProblem of the last attempt
) strict;

create index mails_next on mails (next_at);
create index mails_client on mails (client_id);
create index mails_user on mails (user_id);
create index mails_created on mails (created_at);
