-- How much of the coverage is reporting of the outlet's own, and how much is the same copy in many outlets?
--
-- Watch out: articles measure what readers were shown, stories what was written. One agency piece in forty outlets is forty articles
-- and one story. Which of the two is right depends on the question; say which one you used. A story is counted here on the day of
-- its first copy, under that copy's language, and if any of its copies is about the conflict.
select
    (first_shown_at at time zone 'UTC')::date as day,
    language,
    count(*) as stories,
    sum(copies) as articles,
    round(sum(copies) / count(*), 2) as copies_per_story,
    count(*) filter (where copies > 1) as stories_copied,
    max(copies) as most_copies
from (
    select
        story_id, count(*) as copies, min(shown_at) as first_shown_at,
        (array_agg(language order by shown_at, article_id))[1] as language
    from news.conflict_articles
    group by story_id
) as told
group by day, language
order by day desc, articles desc, language;
