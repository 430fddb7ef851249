-- Which stories were carried most often, and who had them first?
--
-- Watch out: a story is a cluster of near-duplicate texts, not of a topic: two outlets that write up the same event in their
-- own words are two stories. "First" is the earliest publication time (or first sighting, where no time of day is given),
-- among the feeds of the catalogue only; `first_out_at` is when that outlet had it by this rule. `agency` is what a copy
-- credits, which is often the true source.
select
    s.story_id, s.copies, s.outlets, s.first_outlet, s.first_out_at, s.agency, s.first_title,
    array_agg(distinct a.outlet order by a.outlet) as carried_by,
    array_agg(distinct a.language) as languages
from news.story_overview as s
join news.published_articles as a using (story_id)
where s.copies > 1
group by s.story_id, s.copies, s.outlets, s.first_outlet, s.first_out_at, s.agency, s.first_title
order by s.outlets desc, s.copies desc, s.story_id
limit 50;
