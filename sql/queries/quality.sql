-- Quality: what the classifier did per day, and the alarms that a person sees.

-- name: daily_verdicts(first_day, last_day)
-- Verdicts of the current model (not the reviewers' labels: a drift is the model's) by day of first sight in UTC, for
-- everything, each language and each outlet. Scores are counted in ten bins.
select to_char(day, 'YYYY-MM-DD') as day,
       case when grouping(language) = 0 then 'language:' || language when grouping(outlet) = 0 then 'outlet:' || outlet else 'all' end as part,
       count(*)::integer as articles,
       count(*) filter (where label = 'conflict')::integer as conflict,
       count(*) filter (where label = 'uncertain')::integer as uncertain,
       array[
           count(*) filter (where bin = 0), count(*) filter (where bin = 1), count(*) filter (where bin = 2),
           count(*) filter (where bin = 3), count(*) filter (where bin = 4), count(*) filter (where bin = 5),
           count(*) filter (where bin = 6), count(*) filter (where bin = 7), count(*) filter (where bin = 8),
           count(*) filter (where bin = 9)
       ]::integer[] as scores,
       coalesce(sum(unknown_rate), 0)::float8 as unknown_sum
from (
    select (a.first_seen_at at time zone 'UTC')::date as day, coalesce(v.language, 'und') as language, o.name as outlet,
           v.label, least(floor(v.probability * 10), 9)::integer as bin, v.unknown_rate
    from news.articles as a
    join news.outlets as o using (outlet_id)
    join news.verdicts as v on v.revision_id = a.revision_id and v.model_version = (select model_version from news.current_model)
    where a.first_seen_at >= :first_day::date::timestamp at time zone 'UTC'
      and a.first_seen_at < (:last_day::date + 1)::timestamp at time zone 'UTC'
) as judged
group by grouping sets ((day), (day, language), (day, outlet))
order by day, part;

-- name: alarmed_feeds()
select url, alarm from news.feeds where alarm is not null and status in ('active', 'retired') order by url;

-- name: raise_alarms(rows)
-- Returns what is new; an alarm that stands already is only seen again.
insert into news.alarms (kind, subject, message)
select kind, subject, message from jsonb_to_recordset(:rows::jsonb) as r(kind text, subject text, message text)
on conflict (kind, subject) where cleared_at is null do update set seen_at = clock_timestamp(), message = excluded.message
returning kind, subject, message, xmax = 0 as is_new;

-- name: clear_alarms(kinds, rows)!
-- Of these kinds, what no longer holds.
update news.alarms as a set cleared_at = clock_timestamp()
where a.cleared_at is null and a.kind = any(:kinds::text[]) and not exists (
    select from jsonb_to_recordset(:rows::jsonb) as r(kind text, subject text) where r.kind = a.kind and r.subject = a.subject
);
