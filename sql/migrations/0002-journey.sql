-- The journey of a URL: listing, page, article, revision, verdict, story.
-- Not partitioned: urls, listings, articles, revisions, verdicts. Each must be unique over all time (a URL is ingested
-- once, whenever it is listed again), which a table partitioned by time cannot promise; they hold kilobytes per row.
-- Partitioned by month: polls and pages, which hold the bulk and age out.

create table news.urls (
    url_id          bigint generated always as identity primary key,
    url_hash        bytea not null unique,
    canonical_url   text not null,
    fetch_url       text not null,
    host            text not null,
    outlet_id       bigint not null references news.outlets,
    state           text not null default 'pending' check (state in ('pending', 'published', 'skipped', 'failed')),
    reason          text,
    detail          text,
    stage           text check (stage in ('fetch', 'extract', 'classify', 'group')),
    due_at          timestamptz,
    attempts        integer not null default 0,
    visits          integer not null default 0,
    lease_owner     text,
    lease_until     timestamptz,
    page_id         bigint,
    page_fetched_at timestamptz,
    first_listed_at timestamptz not null default now(),
    first_run_id    bigint references news.ingest_runs,
    settled_at      timestamptz,
    settled_run_id  bigint references news.ingest_runs,
    constraint pending_work_has_a_stage check (state <> 'pending' or stage is not null),
    constraint work_is_due check ((stage is null) = (due_at is null)),
    constraint refusal_has_a_reason check (state in ('pending', 'published') or reason is not null)
);
create index urls_to_fetch on news.urls (host, due_at) where stage = 'fetch';
create index urls_to_work on news.urls (stage, due_at) where stage is not null;
create index urls_by_state on news.urls (state, reason);
create index urls_by_outlet on news.urls (outlet_id, first_listed_at);
create index urls_by_first_run on news.urls (first_run_id);
comment on table news.urls is 'The ledger''s unit: one row per canonical URL that a feed ever listed, in exactly one state.';
comment on column news.urls.url_id is 'Key of the URL.';
comment on column news.urls.url_hash is 'SHA-256 of the canonical URL: its identity, whatever its length.';
comment on column news.urls.canonical_url is 'The address after removing what does not change the page (tracking, fragments, spelling).';
comment on column news.urls.fetch_url is 'The address as first listed, which is what is fetched.';
comment on column news.urls.host is 'Host of the address that is fetched.';
comment on column news.urls.outlet_id is 'The outlet whose feed listed it first.';
comment on column news.urls.state is 'pending, published, skipped or failed. Exactly one; the ledger counts these.';
comment on column news.urls.reason is 'Why it was skipped or failed, or what delays it: a word of newswire.ledger.Reason.';
comment on column news.urls.detail is 'The same in words.';
comment on column news.urls.stage is 'The station that works on it next: fetch, extract, classify, group; null when nothing is to do.';
comment on column news.urls.due_at is 'From when that station may take it.';
comment on column news.urls.attempts is 'Attempts at the present stage that failed.';
comment on column news.urls.visits is 'Fetches that brought a page.';
comment on column news.urls.lease_owner is 'The worker that has it in hand.';
comment on column news.urls.lease_until is 'When that claim runs out by itself.';
comment on column news.urls.page_id is 'The newest archived page of it.';
comment on column news.urls.page_fetched_at is 'When that page was fetched (its partition).';
comment on column news.urls.first_listed_at is 'When a feed first listed it.';
comment on column news.urls.first_run_id is 'The run that first saw it.';
comment on column news.urls.settled_at is 'When it last became published, skipped or failed.';
comment on column news.urls.settled_run_id is 'The run in which that happened.';

create table news.listings (
    feed_id             bigint not null references news.feeds,
    url_id              bigint not null references news.urls,
    listed_url          text not null,
    guid                text,
    title               text,
    summary             text,
    content             text,
    authors             text[] not null default '{}',
    published_at        timestamptz,
    published_precision text,
    published_raw       text,
    language            text,
    fingerprint         text not null,
    first_seen_at       timestamptz not null,
    changed_at          timestamptz,
    first_run_id        bigint references news.ingest_runs,
    primary key (feed_id, url_id)
);
create index listings_by_url on news.listings (url_id);
comment on table news.listings is 'An entry seen in a feed. One URL may be listed by several feeds.';
comment on column news.listings.feed_id is 'The feed that listed it.';
comment on column news.listings.url_id is 'The URL that it lists.';
comment on column news.listings.listed_url is 'The address as the feed writes it.';
comment on column news.listings.guid is 'The feed''s own identifier for the entry; never trusted alone.';
comment on column news.listings.title is 'Title in the feed.';
comment on column news.listings.summary is 'Summary in the feed, as plain text.';
comment on column news.listings.content is 'Full text in the feed, where it carries one, as plain text.';
comment on column news.listings.authors is 'Authors named in the feed.';
comment on column news.listings.published_at is 'Publication time that the feed gives.';
comment on column news.listings.published_precision is 'Precision of that time: second, minute, day or month.';
comment on column news.listings.published_raw is 'That time as written.';
comment on column news.listings.language is 'Language that the feed declares for the entry.';
comment on column news.listings.fingerprint is 'Hash of title, dates and summary: shows that the entry changed.';
comment on column news.listings.first_seen_at is 'When the feed first listed it.';
comment on column news.listings.changed_at is 'When the feed last changed it.';
comment on column news.listings.first_run_id is 'The run that first saw it in this feed.';

create table news.pages (
    page_id      bigint generated always as identity,
    url_id       bigint not null references news.urls,
    run_id       bigint references news.ingest_runs,
    fetched_at   timestamptz not null,
    final_url    text not null,
    http_status  integer not null,
    content_type text,
    headers      jsonb not null default '{}',
    redirects    jsonb not null default '[]',
    signals      jsonb not null default '{}',
    etag         text,
    last_modified text,
    body_zstd    bytea,
    body_hash    text not null,
    body_bytes   bigint not null,
    wire_bytes   bigint not null,
    elapsed_ms   integer not null,
    primary key (page_id, fetched_at)
) partition by range (fetched_at);
create index pages_by_url on news.pages (url_id, fetched_at desc);
alter table news.pages alter column body_zstd set storage external;  -- already compressed: a second try is wasted time
comment on table news.pages is 'The raw archive: every response worth keeping, once. Partitioned by month of fetched_at.';
comment on column news.pages.page_id is 'Key of the page (with fetched_at).';
comment on column news.pages.url_id is 'The URL that was fetched.';
comment on column news.pages.run_id is 'The run that fetched it.';
comment on column news.pages.fetched_at is 'When the response was complete.';
comment on column news.pages.final_url is 'Address of the last hop.';
comment on column news.pages.http_status is 'HTTP status.';
comment on column news.pages.content_type is 'Content-Type header as sent.';
comment on column news.pages.headers is 'The response''s headers, names in lower case.';
comment on column news.pages.redirects is 'Status and address of each hop before the last.';
comment on column news.pages.signals is 'Reservations and policy signals of the response (TDM, noai, downgrade).';
comment on column news.pages.etag is 'ETag, for a later conditional fetch.';
comment on column news.pages.last_modified is 'Last-Modified, for a later conditional fetch.';
comment on column news.pages.body_zstd is 'The body (content-decoded), compressed with Zstandard; null once retention has removed it.';
comment on column news.pages.body_hash is 'SHA-256 of the body.';
comment on column news.pages.body_bytes is 'Size of the body, bytes.';
comment on column news.pages.wire_bytes is 'Size as sent, bytes.';
comment on column news.pages.elapsed_ms is 'Time from first request to last byte, milliseconds.';

create table news.stories (
    story_id         bigint generated always as identity primary key,
    first_article_id bigint,
    created_at       timestamptz not null default now()
);
comment on table news.stories is 'A cluster of near-duplicates: the same copy in several outlets.';
comment on column news.stories.story_id is 'Key of the story.';
comment on column news.stories.first_article_id is 'The article that opened it. The first-seen source is computed in story_overview.';
comment on column news.stories.created_at is 'When it was opened.';

create table news.articles (
    article_id    bigint generated always as identity primary key,
    url_id        bigint not null unique references news.urls,
    identity      bytea not null unique,
    outlet_id     bigint not null references news.outlets,
    revision_id   bigint,
    story_id      bigint references news.stories,
    first_seen_at timestamptz not null,
    gone_at       timestamptz,
    gone_reason   text
);
create index articles_by_story on news.articles (story_id);
create index articles_by_outlet on news.articles (outlet_id, first_seen_at);
comment on table news.articles is 'One row per URL that turned out to be an article.';
comment on column news.articles.article_id is 'Key of the article.';
comment on column news.articles.url_id is 'Its URL.';
comment on column news.articles.identity is 'SHA-256 of the address that the article calls its own: a second URL that leads to it is a duplicate, not a second article.';
comment on column news.articles.outlet_id is 'Who publishes it.';
comment on column news.articles.revision_id is 'Its current revision.';
comment on column news.articles.story_id is 'The story that it tells.';
comment on column news.articles.first_seen_at is 'When a feed first listed it.';
comment on column news.articles.gone_at is 'When the outlet took it down, as we noticed; the stored text is kept.';
comment on column news.articles.gone_reason is 'What the outlet answered then.';

create table news.revisions (
    revision_id         bigint generated always as identity primary key,
    article_id          bigint not null references news.articles,
    number              integer not null,
    page_id             bigint not null,
    page_fetched_at     timestamptz not null,
    seen_at             timestamptz not null,
    title               text,
    subtitle            text,
    text                text not null,
    authors             text[] not null default '{}',
    agency              text,
    published_at        timestamptz,
    published_offset    integer,
    published_source    text,
    published_precision text,
    published_why       text,
    published_conflict  text,
    modified_at         timestamptz,
    modified_source     text,
    language            text,
    language_confidence real,
    canonical_url       text,
    image_url           text,
    tags                text[] not null default '{}',
    section             text,
    site_name           text,
    page_kind           text not null,
    paywalled           boolean not null default false,
    paywall_signs       text[] not null default '{}',
    licence             text,
    tdm_reserved        boolean not null default false,
    word_count          integer not null,
    quality_flags       jsonb not null default '[]',
    removed             jsonb not null default '[]',
    content_hash        text not null,
    near_duplicate_key  integer[] not null default '{}',
    change              jsonb,
    extractor_version   text not null,
    encoding            text,
    created_at          timestamptz not null default now(),
    unique (article_id, number)
);
create index revisions_by_published on news.revisions (published_at);
create index revisions_by_near_duplicate_key on news.revisions using gin (near_duplicate_key);
create index revisions_by_content_hash on news.revisions (content_hash);
alter table news.articles add foreign key (revision_id) references news.revisions deferrable initially deferred;
comment on table news.revisions is 'What an article said at a time. A new row for each change that the outlet made.';
comment on column news.revisions.revision_id is 'Key of the revision.';
comment on column news.revisions.article_id is 'The article.';
comment on column news.revisions.number is '1 for the first text seen, counting up.';
comment on column news.revisions.page_id is 'The archived page that it was read from.';
comment on column news.revisions.page_fetched_at is 'When that page was fetched (its partition).';
comment on column news.revisions.seen_at is 'When we first saw this revision.';
comment on column news.revisions.title is 'Headline.';
comment on column news.revisions.subtitle is 'Standfirst or deck.';
comment on column news.revisions.text is 'Clean text, one paragraph per line.';
comment on column news.revisions.authors is 'People named as authors.';
comment on column news.revisions.agency is 'News agency credited for the copy.';
comment on column news.revisions.published_at is 'When the outlet says it was published.';
comment on column news.revisions.published_offset is 'UTC offset in which the outlet wrote that time, minutes; null where it gave none.';
comment on column news.revisions.published_source is 'Where that time came from: json-ld, meta, time element, URL, feed, text.';
comment on column news.revisions.published_precision is 'How precise it is: second, minute, day or month.';
comment on column news.revisions.published_why is 'Why this candidate was chosen.';
comment on column news.revisions.published_conflict is 'How the sources disagree, in words; null where they agree.';
comment on column news.revisions.modified_at is 'When the outlet says it was last changed.';
comment on column news.revisions.modified_source is 'Where that time came from.';
comment on column news.revisions.language is 'ISO 639-1 code of the text''s language, as detected.';
comment on column news.revisions.language_confidence is 'Confidence of that, 0 to 1.';
comment on column news.revisions.canonical_url is 'rel=canonical where it is on the same site and plausible.';
comment on column news.revisions.image_url is 'Lead image.';
comment on column news.revisions.tags is 'The outlet''s own tags.';
comment on column news.revisions.section is 'The outlet''s own section.';
comment on column news.revisions.site_name is 'Name that the page gives its site.';
comment on column news.revisions.page_kind is 'Kind of page it was read from (article, paywall stub with text, live blog …).';
comment on column news.revisions.paywalled is 'True where the text is not freely accessible, so likely incomplete.';
comment on column news.revisions.paywall_signs is 'What says so.';
comment on column news.revisions.licence is 'Licence that the page declares.';
comment on column news.revisions.tdm_reserved is 'True where the page reserves text and data mining.';
comment on column news.revisions.word_count is 'Words in the text.';
comment on column news.revisions.quality_flags is 'What is odd about the text, each with name, explanation and value.';
comment on column news.revisions.removed is 'Lines that were taken out as boilerplate, each with why.';
comment on column news.revisions.content_hash is 'SHA-256 of title and text after folding: equal means unchanged.';
comment on column news.revisions.near_duplicate_key is 'MinHash bands of the text: texts that share a band may be copies.';
comment on column news.revisions.change is 'What changed against the revision before: title, words added and removed, announced or silent.';
comment on column news.revisions.extractor_version is 'Version of the extractor that read it.';
comment on column news.revisions.encoding is 'Encoding in which the page was read.';
comment on column news.revisions.created_at is 'When the row was written.';

create table news.models (
    model_version text primary key,
    first_seen_at timestamptz not null default now(),
    promoted_at   timestamptz
);
comment on table news.models is 'Versions of the classifier that have spoken. The one promoted last is current.';
comment on column news.models.model_version is 'Version, as written in each verdict.';
comment on column news.models.first_seen_at is 'When it first spoke here.';
comment on column news.models.promoted_at is 'When its verdicts became the current ones; null: never.';

create table news.verdicts (
    verdict_id    bigint generated always as identity primary key,
    revision_id   bigint not null references news.revisions,
    model_version text not null references news.models,
    label         text not null check (label in ('conflict', 'other', 'uncertain')),
    probability   real not null check (probability between 0 and 1),
    centrality    text,
    topics        jsonb not null default '[]',
    evidence      jsonb not null default '[]',
    flip          jsonb,
    language      text,
    note          text,
    unknown_rate  real,
    run_id        bigint references news.ingest_runs,
    created_at    timestamptz not null default now(),
    unique (revision_id, model_version)
);
create index verdicts_by_label on news.verdicts (label, created_at);
comment on table news.verdicts is 'What a model thinks of a revision. Verdicts of several model versions live side by side.';
comment on column news.verdicts.verdict_id is 'Key of the verdict.';
comment on column news.verdicts.revision_id is 'The revision that was judged.';
comment on column news.verdicts.model_version is 'The model that judged.';
comment on column news.verdicts.label is 'conflict, other, or uncertain (between the two thresholds: waits for a person).';
comment on column news.verdicts.probability is 'Calibrated probability that the piece is about the conflict.';
comment on column news.verdicts.centrality is 'central: a main subject; mentioned: in passing; none.';
comment on column news.verdicts.topics is 'Topics with scores.';
comment on column news.verdicts.evidence is 'Verbatim spans of title and text with their weight.';
comment on column news.verdicts.flip is 'What the verdict would need to flip: nearest threshold and distance.';
comment on column news.verdicts.language is 'Language that the model used.';
comment on column news.verdicts.note is 'Reservations, such as an unsupported language.';
comment on column news.verdicts.unknown_rate is 'Share of words that the model has never seen.';
comment on column news.verdicts.run_id is 'The run that wrote it.';
comment on column news.verdicts.created_at is 'When.';

create table news.reviews (
    review_id   bigint generated always as identity primary key,
    article_id  bigint not null references news.articles,
    revision_id bigint not null references news.revisions,
    label       text not null check (label in ('conflict', 'other')),
    reviewer    text not null,
    reviewed_at timestamptz not null default now(),
    note        text
);
create index reviews_by_article on news.reviews (article_id, reviewed_at desc);
comment on table news.reviews is 'Labels given by people. The newest wins over the model for that article.';
comment on column news.reviews.review_id is 'Key of the review.';
comment on column news.reviews.article_id is 'The article that was judged.';
comment on column news.reviews.revision_id is 'The revision that the reviewer read.';
comment on column news.reviews.label is 'conflict or other.';
comment on column news.reviews.reviewer is 'Who judged.';
comment on column news.reviews.reviewed_at is 'When.';
comment on column news.reviews.note is 'Why, in the reviewer''s words.';

create table news.reprocess_runs (
    reprocess_id bigint generated always as identity primary key,
    what         text[] not null,
    window_start timestamptz not null,
    window_end   timestamptz not null,
    started_at   timestamptz not null default now(),
    finished_at  timestamptz,
    promoted_at  timestamptz,
    summary      jsonb not null default '{}'
);
comment on table news.reprocess_runs is 'Replays of a window of the past from archived pages, with a newer extractor or classifier.';
comment on column news.reprocess_runs.reprocess_id is 'Key of the replay.';
comment on column news.reprocess_runs.what is 'extract, classify or both.';
comment on column news.reprocess_runs.window_start is 'First moment of the window (articles first seen).';
comment on column news.reprocess_runs.window_end is 'End of the window, exclusive.';
comment on column news.reprocess_runs.started_at is 'When it began.';
comment on column news.reprocess_runs.finished_at is 'When the comparison was complete.';
comment on column news.reprocess_runs.promoted_at is 'When its results became the current ones; null: dry run, or awaiting confirmation.';
comment on column news.reprocess_runs.summary is 'Counts of what would change, by kind.';

create table news.reprocess_changes (
    reprocess_id bigint not null references news.reprocess_runs,
    revision_id  bigint not null references news.revisions,
    kind         text not null check (kind in ('extraction', 'verdict', 'refused')),
    before       jsonb not null,
    after        jsonb not null,
    primary key (reprocess_id, revision_id, kind)
);
comment on table news.reprocess_changes is 'What a replay found different, per revision: the old values stay here after promotion.';
comment on column news.reprocess_changes.reprocess_id is 'The replay.';
comment on column news.reprocess_changes.revision_id is 'The revision.';
comment on column news.reprocess_changes.kind is 'extraction: other text or metadata; verdict: another label; refused: the page is no longer held for an article.';
comment on column news.reprocess_changes.before is 'The values before.';
comment on column news.reprocess_changes.after is 'The values that the replay found.';

create table news.alarms (
    alarm_id   bigint generated always as identity primary key,
    kind       text not null,
    subject    text not null,
    message    text not null,
    raised_at  timestamptz not null default now(),
    seen_at    timestamptz not null default now(),
    cleared_at timestamptz
);
create unique index alarms_standing on news.alarms (kind, subject) where cleared_at is null;
comment on table news.alarms is 'What a person should look at: drift of the classifier, silent feeds, stuck work.';
comment on column news.alarms.alarm_id is 'Key of the alarm.';
comment on column news.alarms.kind is 'drift, silence, stuck …';
comment on column news.alarms.subject is 'What it is about (a feed, an outlet, a language).';
comment on column news.alarms.message is 'What is wrong, in words.';
comment on column news.alarms.raised_at is 'When it was raised.';
comment on column news.alarms.seen_at is 'When the condition was last seen.';
comment on column news.alarms.cleared_at is 'When it went away; null: it stands.';
