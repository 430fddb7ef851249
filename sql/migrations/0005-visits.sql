-- Visits that find an article unchanged are counted too.

comment on column news.urls.visits is 'Fetches that brought the page, or the word that it is unchanged.';
