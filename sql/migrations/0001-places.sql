-- Places: who publishes (outlets), where they announce it (feeds), how we treat their servers (hosts, robots),
-- and the runs in which we asked. Forward only: a change is a new migration, never an edit of this file.

create schema if not exists news;
comment on schema news is 'Newswire: feeds, the URLs they listed, the articles behind them, and what we think of those.';

create table news.outlets (
    outlet_id        bigint generated always as identity primary key,
    name             text not null unique,
    country          text not null,
    language         text,
    homepage         text,
    site             text,
    kind             text not null default 'news',
    time_zone        text not null default 'UTC',
    perspective_note text,
    terms_note       text,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now()
);
create index outlets_by_site on news.outlets (site);
comment on table news.outlets is 'Who publishes. One row per outlet of the catalogue, and one per site that a feed linked to (kind unlisted).';
comment on column news.outlets.outlet_id is 'Key of the outlet.';
comment on column news.outlets.name is 'The outlet''s name as the catalogue writes it.';
comment on column news.outlets.country is 'ISO 3166-1 alpha-2 code of the country it publishes from; XX where unknown.';
comment on column news.outlets.language is 'ISO 639-1 code of its main language, as the catalogue says.';
comment on column news.outlets.homepage is 'Address of its front page.';
comment on column news.outlets.site is 'Registrable domain of its front page: tells whose article a link leads to.';
comment on column news.outlets.kind is 'What it is: national, regional, agency, government, think tank and so on.';
comment on column news.outlets.time_zone is 'IANA time zone in which its dates without a zone are read.';
comment on column news.outlets.perspective_note is 'What an analyst should know of its standpoint (ownership, editorial line).';
comment on column news.outlets.terms_note is 'What its terms of use ask of us.';
comment on column news.outlets.created_at is 'When the catalogue first named it.';
comment on column news.outlets.updated_at is 'When the catalogue last changed it.';

create table news.feeds (
    feed_id             bigint generated always as identity primary key,
    outlet_id           bigint not null references news.outlets,
    url                 text not null unique,
    host                text not null,
    status              text not null default 'active' check (status in ('active', 'paused', 'retired', 'removed')),
    status_note         text,
    etag                text,
    last_modified       text,
    body_hash           text,
    unconditional_next  boolean not null default false,
    next_poll_at        timestamptz not null default now(),
    next_poll_reason    text not null default 'new in the catalogue: polled at once',
    last_polled_at      timestamptz,
    last_outcome        text,
    last_success_at     timestamptz,
    newest_entry_at     timestamptz,
    failures            integer not null default 0,
    history             jsonb not null default '{}',
    alarm               text,
    alarm_since         timestamptz,
    proposed_url        text,
    proposed_because    text,
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now()
);
create index feeds_due on news.feeds (next_poll_at) where status = 'active';
create index feeds_by_host on news.feeds (host) where status = 'active';
create index feeds_by_outlet on news.feeds (outlet_id);
comment on table news.feeds is 'Where outlets announce what they publish, and when each is polled next and why.';
comment on column news.feeds.feed_id is 'Key of the feed.';
comment on column news.feeds.outlet_id is 'The outlet that the feed belongs to.';
comment on column news.feeds.url is 'The address that is polled.';
comment on column news.feeds.host is 'Host of that address: politeness is kept per host.';
comment on column news.feeds.status is 'active: polled; paused: by an operator; retired: the server said 410; removed: no longer in the catalogue.';
comment on column news.feeds.status_note is 'Why it is not active, in words.';
comment on column news.feeds.etag is 'ETag of the last good answer, verbatim, sent back as If-None-Match.';
comment on column news.feeds.last_modified is 'Last-Modified of the last good answer, verbatim, sent back as If-Modified-Since.';
comment on column news.feeds.body_hash is 'SHA-256 of the last good body: an equal body is not parsed again.';
comment on column news.feeds.unconditional_next is 'The next poll leaves the validators out, against servers that answer 304 for ever.';
comment on column news.feeds.next_poll_at is 'When it is polled next.';
comment on column news.feeds.next_poll_reason is 'Why then, in words.';
comment on column news.feeds.last_polled_at is 'When it was last polled.';
comment on column news.feeds.last_outcome is 'What the last poll brought: see polls.outcome.';
comment on column news.feeds.last_success_at is 'When it last answered as a feed (200 or 304).';
comment on column news.feeds.newest_entry_at is 'Publication time of the newest entry ever seen in it.';
comment on column news.feeds.failures is 'Failed polls in a row.';
comment on column news.feeds.history is 'Compact history from which the next poll is decided (newswire.polling.PollHistory).';
comment on column news.feeds.alarm is 'What a person should look at (silence, dead, moved), in words; null when all is well.';
comment on column news.feeds.alarm_since is 'Since when the alarm stands.';
comment on column news.feeds.proposed_url is 'A replacement address found for a dead or moved feed; a person decides.';
comment on column news.feeds.proposed_because is 'Why that replacement is proposed.';
comment on column news.feeds.created_at is 'When the catalogue first listed it.';
comment on column news.feeds.updated_at is 'When the row last changed.';

create table news.hosts (
    host            text primary key,
    lease_owner     text,
    lease_until     timestamptz,
    next_request_at timestamptz,
    paused_until    timestamptz,
    pause_reason    text
);
comment on table news.hosts is 'Manners per host: who may speak to it now, and from when.';
comment on column news.hosts.host is 'Host name without port.';
comment on column news.hosts.lease_owner is 'The worker that alone may speak to it.';
comment on column news.hosts.lease_until is 'When that right runs out by itself (a dead worker loses it so).';
comment on column news.hosts.next_request_at is 'Earliest time of the next request: the minimum gap, kept over workers.';
comment on column news.hosts.paused_until is 'Nobody asks before this time (429, or many failures).';
comment on column news.hosts.pause_reason is 'Why it is paused.';

create table news.robots (
    origin     text primary key,
    state      text not null check (state in ('found', 'none', 'unreachable')),
    body       bytea not null,
    detail     text not null,
    reason     text,
    fetched_at timestamptz not null,
    expires_at timestamptz not null,
    good_at    timestamptz
);
comment on table news.robots is 'The robots.txt of each origin, cached for at most a day (RFC 9309).';
comment on column news.robots.origin is 'Scheme, host and port.';
comment on column news.robots.state is 'found: there is one; none: 4xx, so no restrictions; unreachable: 5xx or no answer, so nothing is fetched for now.';
comment on column news.robots.body is 'The last good file; kept while it is unreachable.';
comment on column news.robots.detail is 'What asking for it brought, in words.';
comment on column news.robots.reason is 'Why it is unreachable: a reason of the ledger.';
comment on column news.robots.good_at is 'When the file was last confirmed.';
comment on column news.robots.fetched_at is 'When it was asked for.';
comment on column news.robots.expires_at is 'When it is asked for again.';

create table news.ingest_runs (
    run_id      bigint generated always as identity primary key,
    trigger     text not null,
    external_id text,
    params      jsonb not null default '{}',
    started_at  timestamptz not null default now(),
    finished_at timestamptz,
    status      text not null default 'running' check (status in ('running', 'finished', 'failed')),
    counts      jsonb not null default '{}',
    note        text,
    version     text not null
);
create index ingest_runs_started on news.ingest_runs (started_at);
create unique index ingest_runs_external on news.ingest_runs (external_id);
comment on table news.ingest_runs is 'One row per run of the pipeline: the ledger line of the run.';
comment on column news.ingest_runs.run_id is 'Key of the run.';
comment on column news.ingest_runs.trigger is 'What started it: airflow, command line, test.';
comment on column news.ingest_runs.external_id is 'The Airflow run id, where Airflow ran it.';
comment on column news.ingest_runs.params is 'What it was asked to do.';
comment on column news.ingest_runs.started_at is 'When it began.';
comment on column news.ingest_runs.finished_at is 'When its report was written; null while it runs or when it was killed.';
comment on column news.ingest_runs.status is 'running, finished or failed.';
comment on column news.ingest_runs.counts is 'What each station did in this run.';
comment on column news.ingest_runs.note is 'Where a person must look.';
comment on column news.ingest_runs.version is 'Version of Newswire that ran.';

create table news.polls (
    poll_id          bigint generated always as identity,
    feed_id          bigint not null references news.feeds,
    run_id           bigint references news.ingest_runs,
    polled_at        timestamptz not null,
    outcome          text not null check (outcome in ('parsed', 'same-body', 'not-modified', 'rejected', 'failed')),
    reason           text,
    detail           text,
    http_status      integer,
    final_url        text,
    elapsed_ms       integer,
    wire_bytes       bigint,
    entries          integer not null default 0,
    new_urls         integer not null default 0,
    changed_entries  integer not null default 0,
    problems         text[] not null default '{}',
    next_poll_at     timestamptz not null,
    next_poll_reason text not null,
    primary key (poll_id, polled_at)
) partition by range (polled_at);
create index polls_by_feed on news.polls (feed_id, polled_at desc);
create index polls_by_run on news.polls (run_id);
comment on table news.polls is 'Every time a feed was asked, and what came back. Partitioned by month of polled_at.';
comment on column news.polls.poll_id is 'Key of the poll (with polled_at).';
comment on column news.polls.feed_id is 'The feed that was asked.';
comment on column news.polls.run_id is 'The run in which it was asked.';
comment on column news.polls.polled_at is 'When.';
comment on column news.polls.outcome is 'parsed: read; same-body: 200 with the known body; not-modified: 304; rejected: an answer that is no feed; failed: no usable answer.';
comment on column news.polls.reason is 'Why it was rejected or failed: a reason of the ledger.';
comment on column news.polls.detail is 'The same in words.';
comment on column news.polls.http_status is 'HTTP status of the last hop.';
comment on column news.polls.final_url is 'Address of the last hop, where redirects led elsewhere.';
comment on column news.polls.elapsed_ms is 'Time from first request to last byte, milliseconds.';
comment on column news.polls.wire_bytes is 'Bytes of the body as sent.';
comment on column news.polls.entries is 'Entries in the answer.';
comment on column news.polls.new_urls is 'Listings that this feed had not shown before.';
comment on column news.polls.changed_entries is 'Known listings whose title, date or summary changed.';
comment on column news.polls.problems is 'What had to be repaired or left out.';
comment on column news.polls.next_poll_at is 'When it is polled next, as decided then.';
comment on column news.polls.next_poll_reason is 'Why then, in words.';
