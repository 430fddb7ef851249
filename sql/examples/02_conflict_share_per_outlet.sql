-- What share of an outlet's articles is about the conflict, and how sure can we be of that share?
--
-- Watch out: `low` and `high` are the 95 % Wilson interval; with few articles it is wide, and outlets whose intervals
-- overlap should not be ranked. It covers chance alone. What the model abstains from is left out of the share, and the last
-- two columns show how far that could move it: all uncertain articles being other, or all being conflict. A feed shows what
-- the outlet chose to put in it, which need not be all that it publishes.
with counted as (
    select
        outlet, country,
        count(*) filter (where label = 'conflict') as conflict,
        count(*) filter (where label in ('conflict', 'other')) as decided,
        count(*) filter (where label = 'uncertain') as uncertain
    from news.published_articles
    group by outlet, country
),
shares as (select *, conflict::float8 / decided as share, 1.96 ^ 2 as z2 from counted where decided > 0)
select
    outlet, country, conflict, decided, uncertain,
    round(share::numeric, 3) as share,
    round(((share + z2 / (2 * decided) - sqrt(z2 * (share * (1 - share) + z2 / (4 * decided)) / decided))
        / (1 + z2 / decided))::numeric, 3) as low,
    round(((share + z2 / (2 * decided) + sqrt(z2 * (share * (1 - share) + z2 / (4 * decided)) / decided))
        / (1 + z2 / decided))::numeric, 3) as high,
    round(conflict::numeric / (decided + uncertain), 3) as share_if_uncertain_is_other,
    round((conflict + uncertain)::numeric / (decided + uncertain), 3) as share_if_uncertain_is_conflict
from shares
order by share desc, outlet;
