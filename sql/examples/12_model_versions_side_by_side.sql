-- Which verdicts would another model version change?
--
-- Watch out: compares each model with the current one on the revisions that both have judged; a version that only judged a window
-- (reprocess_articles) is compared on that window alone. The diagonal (`label` = `current_label`) is agreement. With a single
-- version there is only the diagonal.
select
    m.model_version,
    m.promoted_at,
    v.label,
    c.label as current_label,
    v.label = c.label as same,
    count(*) as revisions,
    round(avg(abs(v.probability - c.probability))::numeric, 3) as mean_shift,
    min(v.revision_id) as for_example_revision
from news.verdicts as v
join news.models as m using (model_version)
join news.verdicts as c
    on c.revision_id = v.revision_id and c.model_version = (select model_version from news.current_model)
group by m.model_version, m.promoted_at, v.label, c.label
order by m.promoted_at desc nulls last, m.model_version, revisions desc;
