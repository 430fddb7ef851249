-- The hash is of the text alone; the headline is compared beside it.

comment on column news.revisions.content_hash is 'SHA-256 of the text after folding: revisions with an equal one differ in the headline at most.';
