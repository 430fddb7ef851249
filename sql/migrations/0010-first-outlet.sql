-- The first outlet of a story: a date without a time stands at midnight, and made every outlet that gives no time the first.

create or replace view news.story_overview as
select
    story_id, count(*) as copies, count(distinct outlet_id) as outlets, min(first_seen_at) as first_seen_at,
    (array_agg(outlet order by out_at, article_id))[1] as first_outlet,
    (array_agg(title order by out_at, article_id))[1] as first_title,
    (array_agg(agency) filter (where agency is not null))[1] as agency
from (
    select
        a.story_id, a.article_id, a.outlet_id, o.name as outlet, r.title, r.agency, a.first_seen_at,
        -- Of a day or a month the latest time that it can mean: out by then, or by the first sighting.
        case r.published_precision
            when 'day' then least(a.first_seen_at, r.published_at + interval '1 day')
            when 'month' then least(a.first_seen_at, r.published_at + interval '1 month')
            else coalesce(r.published_at, a.first_seen_at)
        end as out_at
    from news.articles as a
    join news.revisions as r on r.revision_id = a.revision_id
    join news.outlets as o on o.outlet_id = a.outlet_id
    where a.story_id is not null
) as copy
group by story_id;
comment on column news.story_overview.first_outlet is
    'Outlet of the earliest copy: by publication time, or by first sighting where no time of day is known.';
