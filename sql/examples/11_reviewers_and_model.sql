-- How often do people who read an article agree with the model?
--
-- Watch out: most reviewed articles come from the uncertain band, where the model is weakest, so this is no estimate of its accuracy
-- at large (the model card has that). Each article counts with its newest review and the current model's verdict on the
-- revision that was read. No rows: nobody has reviewed anything yet.
with newest as (
    select distinct on (article_id) article_id, revision_id, label, reviewer, reviewed_at
    from news.reviews
    order by article_id, reviewed_at desc, review_id desc
)
select
    v.model_version, v.language,
    v.label as model_label,
    count(*) as reviewed,
    count(*) filter (where n.label = 'conflict') as person_says_conflict,
    count(*) filter (where n.label = 'other') as person_says_other,
    count(*) filter (where n.label = v.label) as agree,
    round(avg(v.probability)::numeric, 3) as mean_probability,
    max(n.reviewed_at) as newest_review
from newest as n
join news.verdicts as v on v.revision_id = n.revision_id
where v.model_version = (select model_version from news.current_model)
group by v.model_version, v.language, v.label
order by reviewed desc, v.language, v.label;
