-- Repetition: the lines that an outlet shows on many of its pages, which are not the text of its articles.

-- name: repeating_lines(since, per_day, least_stories, least_days, least_share, shortest_text, longest_line, most_lines, reason)
-- What of each outlet's articles since then repeats, and what is known to have repeated. One article of each story
-- (copies share every line), at most `per_day` of an outlet's day, picked evenly: so the work stays bounded, and a
-- busy day does not outweigh the others. `at_edge` counts the articles in which nothing but repeating lines stands
-- above or below the line, or from which it was taken out for this reason; of those without a text of their own none.
with told as (
    select distinct on (outlet_id, story_id) outlet_id, article_id, revision_id, first_seen_at,
           (first_seen_at at time zone 'UTC')::date as day
    from news.articles
    where first_seen_at >= :since and revision_id is not null and story_id is not null
    order by outlet_id, story_id, article_id
), placed as (
    select *, row_number() over (partition by outlet_id, day order by hashint8(article_id)) as place from told
), texts as materialized (
    -- Measured here, since a condition on the text would be looked up for every revision that there is.
    select p.outlet_id, p.revision_id, p.first_seen_at, p.day, r.text, r.removed,
           char_length(r.text) >= :shortest_text as is_long
    from placed as p join news.revisions as r using (revision_id)
    where p.place <= :per_day
), sampled as (
    select * from texts where is_long
), shown as materialized (
    select s.outlet_id, s.revision_id, s.first_seen_at, s.day, l.n,
           case when char_length(l.line) <= :longest_line then l.line end as line,
           hashtextextended(l.line, 0) as hash
    from sampled as s
    cross join lateral (
        select line, n from string_to_table(s.text, E'\n') with ordinality as t(line, n)
        union all
        select line, null from jsonb_to_recordset(s.removed) as t(line text, why text) where why = :reason
    ) as l
), totals as (
    select outlet_id, count(*) as stories from sampled group by outlet_id
), repeating as materialized (
    select outlet_id, hash
    from shown
    where line is not null
    group by outlet_id, hash
    having count(distinct revision_id) >= :least_stories and count(distinct day) >= :least_days
    union
    select outlet_id, hashtextextended(line, 0) from news.repeated_lines
), own as (
    -- Where each article's own text begins and ends.
    select s.revision_id, min(s.n) as first, max(s.n) as last
    from shown as s
    where not exists (select from repeating as c where c.outlet_id = s.outlet_id and c.hash = s.hash)
    group by s.revision_id
), counted as (
    select s.outlet_id, min(s.line) as line, count(distinct s.revision_id) as stories, count(distinct s.day) as days,
           count(distinct s.revision_id) filter (where s.n is null or s.n < o.first or s.n > o.last) as at_edge,
           min(s.first_seen_at) as first_seen_at, max(s.first_seen_at) as last_seen_at
    from shown as s
    join repeating as c on c.outlet_id = s.outlet_id and c.hash = s.hash
    left join own as o on o.revision_id = s.revision_id
    where s.line is not null
    group by s.outlet_id, s.hash
), ranked as (
    select c.*, t.stories as of_stories, k.line_id is not null as known,
           row_number() over (partition by c.outlet_id order by c.stories desc, c.line) as rank
    from counted as c
    join totals as t using (outlet_id)
    left join news.repeated_lines as k on k.outlet_id = c.outlet_id and k.line = c.line
    where k.line_id is not null or c.stories >= :least_share * t.stories
)
select outlet_id, line, stories::integer, of_stories::integer, days::integer, at_edge::integer, first_seen_at, last_seen_at, known
from ranked where rank <= :most_lines
order by outlet_id, rank;

-- name: learn_lines(rows)!
insert into news.repeated_lines (outlet_id, line, stories, of_stories, days, first_seen_at, last_seen_at)
select outlet_id, line, stories, of_stories, days, first_seen_at, last_seen_at
from jsonb_to_recordset(:rows::jsonb) as r(outlet_id bigint, line text, stories integer, of_stories integer, days integer,
    first_seen_at timestamptz, last_seen_at timestamptz)
on conflict (outlet_id, line) do update set
    stories = excluded.stories, of_stories = excluded.of_stories, days = excluded.days,
    first_seen_at = least(repeated_lines.first_seen_at, excluded.first_seen_at),
    last_seen_at = greatest(repeated_lines.last_seen_at, excluded.last_seen_at);

-- name: forget_lines(before)!
delete from news.repeated_lines where last_seen_at < :before and not overruled;

-- name: learnt_lines(outlet)
-- Of one outlet, or of all.
select k.line_id, o.name as outlet, k.line, k.stories, k.of_stories, k.days, k.first_seen_at, k.last_seen_at, k.overruled, k.note
from news.repeated_lines as k join news.outlets as o using (outlet_id)
where :outlet::text is null or o.name = :outlet
order by o.name, k.stories desc, k.line_id;

-- name: overrule_line(line_id, overruled, note)$
update news.repeated_lines set overruled = :overruled, note = :note where line_id = :line_id returning line;
