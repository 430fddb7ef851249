-- The first outlet of a story: a date without a time stands at midnight, and made every outlet that gives no time the
-- first. And when that outlet had it, beside its name: first_seen_at is our own first sighting, of any copy. And words
-- that analysts missed in the comments.

create or replace view news.story_overview as
select
    story_id, count(*) as copies, count(distinct outlet_id) as outlets, min(first_seen_at) as first_seen_at,
    (array_agg(outlet order by out_at, article_id))[1] as first_outlet,
    (array_agg(title order by out_at, article_id))[1] as first_title,
    (array_agg(agency) filter (where agency is not null))[1] as agency,
    min(out_at) as first_out_at
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
comment on column news.story_overview.first_seen_at is
    'When a feed first listed a copy, of whichever outlet: our sighting, not the outlet''s time (first_out_at).';
comment on column news.story_overview.first_outlet is
    'Outlet of the earliest copy: by publication time, or by first sighting where no time of day is known.';
comment on column news.story_overview.first_out_at is 'When first_outlet had it, by the same rule.';

comment on view news.published_articles is
    'Every published article, as it stands now, with the verdict that counts. Articles that the outlet took down stay, with gone_at set.';
comment on view news.conflict_articles is
    'The articles about the Ukraine–Russia conflict: published_articles with label conflict. Those that the outlet took down stay, with gone_at set.';

do $comments$
declare
    of_both text;
begin
    -- conflict_articles has the columns of published_articles, and so their comments.
    foreach of_both in array array['published_articles', 'conflict_articles'] loop
        execute format('comment on column news.%I.published_conflict is %L', of_both,
            'How the sources of the publication time disagree, in words; null where they agree. It has nothing to do with the label.');
        execute format('comment on column news.%I.label is %L', of_both,
            'conflict, other or uncertain: the label that counts. Null: not judged by a model yet.');
        execute format('comment on column news.%I.gone_at is %L', of_both,
            'When the outlet took it down, as we noticed; null: it stands. The row and its text stay.');
    end loop;
end
$comments$;
