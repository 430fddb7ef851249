-- Since when, and why, a feed has the status it has: an operator pauses and resumes feeds (`newswire feeds`), polling
-- retires them, the catalogue removes them. Kept by a trigger, so that no way of changing it goes unrecorded.

create table news.feed_statuses (
    feed_id bigint not null references news.feeds,
    since   timestamptz not null default clock_timestamp(),
    status  text not null,
    note    text,
    primary key (feed_id, since)
);
comment on table news.feed_statuses is 'Every change of a feed''s status, with its time and reason. A feed that never changed has no row: it is active.';
comment on column news.feed_statuses.feed_id is 'The feed.';
comment on column news.feed_statuses.since is 'When it got that status.';
comment on column news.feed_statuses.status is 'The status it got: see feeds.status.';
comment on column news.feed_statuses.note is 'Why, in words.';

create function news.record_feed_status() returns trigger language plpgsql as $$
begin
    insert into news.feed_statuses (feed_id, status, note) values (new.feed_id, new.status, new.status_note);
    return null;
end
$$;
comment on function news.record_feed_status() is 'Records a feed''s new status in feed_statuses; called by a trigger.';

create trigger feed_status_changed after update of status, status_note on news.feeds for each row
    when ((old.status, old.status_note) is distinct from (new.status, new.status_note))
    execute function news.record_feed_status();

-- A change before this migration has the best time that is left of it.
insert into news.feed_statuses (feed_id, since, status, note)
select feed_id, updated_at, status, status_note from news.feeds where status <> 'active';

comment on column news.feeds.status is
    'active: polled; paused: by an operator; retired: the server said 410, or 404 for a week; removed: no longer in the catalogue.';
comment on column news.feeds.status_note is 'Why it has that status, in words; null: it never had another.';

create or replace view news.feed_health as
select
    o.name as outlet, f.url, f.status, f.next_poll_at, f.next_poll_reason, f.last_polled_at, f.last_outcome,
    f.last_success_at, f.newest_entry_at, f.failures, f.alarm, f.alarm_since, f.proposed_url, f.status_note,
    coalesce((select max(s.since) from news.feed_statuses as s where s.feed_id = f.feed_id), f.created_at) as status_since
from news.feeds as f
join news.outlets as o using (outlet_id);
comment on column news.feed_health.next_poll_at is 'When it is polled next, if it is active.';
comment on column news.feed_health.status_note is 'Why it has that status; null: it never had another.';
comment on column news.feed_health.status_since is 'Since when.';
