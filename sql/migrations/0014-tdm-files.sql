-- Where outlets reserve text and data mining for parts of their sites.

create table news.tdm_files (
    origin     text primary key,
    rules      jsonb not null,
    detail     text not null,
    fetched_at timestamptz not null,
    expires_at timestamptz not null,
    good_at    timestamptz not null
);
comment on table news.tdm_files is
    'The /.well-known/tdmrep.json of each origin (W3C TDM Reservation Protocol), cached as robots.txt is. Pages that it reserves are skipped as tdm-optout.';
comment on column news.tdm_files.origin is 'Scheme, host and port.';
comment on column news.tdm_files.rules is
    'Its rules in their order: location (a pattern of paths) and reserved; the first that matches a path counts. Empty: nothing is reserved.';
comment on column news.tdm_files.detail is 'Why there are no rules, or why they are older than the last answer.';
comment on column news.tdm_files.fetched_at is 'When it was asked for.';
comment on column news.tdm_files.expires_at is 'When it is asked for again.';
comment on column news.tdm_files.good_at is 'When the rules were last confirmed.';
