-- Why is an article labelled as it is?
--
-- Watch out: `weight` is the log-odds that the verdict would lose without that span (negative: gain), so weights are comparable
-- within one article. `span` is verbatim, with its place in title or text, to be looked up. `to_flip` says how far the
-- verdict is from becoming `to_become`. A label with a `reviewer` was given by a person; the evidence is then the model's.
-- Set the article by its URL or number in the first lines; here it is the conflict article that the model was least sure of.
with chosen as (
    select article_id from news.conflict_articles order by probability, article_id limit 1
    -- select article_id from news.published_articles where url = 'https://…'
)
select
    round((e ->> 'weight')::numeric, 2) as weight,
    e ->> 'text' as span,
    e ->> 'field' as field,
    (e ->> 'start')::integer as at_character,
    e ->> 'why' as because,
    v.label, v.model_label, v.reviewer, v.centrality,
    round(v.probability::numeric, 3) as probability,
    v.flip ->> 'label' as to_become,
    round((v.flip ->> 'distance')::numeric, 2) as to_flip,
    v.note, v.model_version, a.title, a.url
from chosen
join news.published_articles as a using (article_id)
join news.current_verdicts as v using (article_id)
left join lateral jsonb_array_elements(v.evidence) as e on true
order by abs((e ->> 'weight')::numeric) desc nulls last;
