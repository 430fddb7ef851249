-- What was the coverage of the conflict about, week by week?
--
-- Watch out: an article has several topics, so the columns do not add up to the number of articles; compare `share`, not
-- counts, between weeks, since the number of feeds changes. Topics come from word lists with a score from 0 to 1; the
-- threshold of 0.5 below is a choice. Every copy of a story counts as an article of its own: twenty stories may be forty
-- articles (10_count_by_story.sql counts both).
with weeks as (
    select date_trunc('week', shown_at at time zone 'UTC')::date as week, article_id, topics
    from news.conflict_articles
),
totals as (select week, count(*) as articles_of_week from weeks group by week)
select
    w.week, t ->> 'name' as topic,
    count(*) as articles,
    round(count(*)::numeric / o.articles_of_week, 3) as share,
    o.articles_of_week
from weeks as w
join totals as o using (week)
cross join lateral jsonb_array_elements(w.topics) as t
where (t ->> 'score')::real >= 0.5
group by w.week, topic, o.articles_of_week
order by w.week desc, articles desc, topic;
