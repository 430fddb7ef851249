-- The sources of a publication time have become more since the comment was written.

comment on column news.revisions.published_source is
    'Where that time came from: json-ld, meta, microdata, hydration (the page''s state for scripts), time (the element), feed, marked, text, url, comment (in the source); where it has a name, that follows a colon.';
