-- Which uncertain articles a run of review_uncertain has put before people, so that the next run asks about others.

create table news.review_requests (
    article_id  bigint primary key references news.articles,
    asked_by    text not null,
    asked_until timestamptz not null
);
comment on table news.review_requests is 'Uncertain articles that people were asked about: until when no other run asks about them again.';
comment on column news.review_requests.article_id is 'The article.';
comment on column news.review_requests.asked_by is 'The run of review_uncertain that asked last.';
comment on column news.review_requests.asked_until is 'When its request ends; until then the article is that run''s.';
