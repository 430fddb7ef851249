-- What did outlets change after publication without saying so?
--
-- Watch out: "silent" means that the page gives no newer modification time; a correction note in the text alone does not
-- count as announced. Only articles that were visited again can show an edit (NEWSWIRE_REVISIT_HOURS), so no row is no proof
-- that nothing was changed. The full texts before and after are in `text_before` and `text`.
select
    seen_at, outlet, url, revision,
    nullif(title_before, title) as title_before,
    title,
    (change ->> 'words_removed')::integer as words_removed,
    (change ->> 'words_added')::integer as words_added,
    change -> 'removed' as removed,
    change -> 'added' as added
from news.silent_edits
order by seen_at desc, url
limit 100;
