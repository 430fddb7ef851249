-- A feed that moved for good is still the one that the catalogue lists by its old address.

alter table news.feeds add column listed_url text;
comment on column news.feeds.listed_url is 'Address by which the catalogue lists it, where it has moved since (301, 308); null: url.';
create index feeds_by_listed_url on news.feeds (listed_url) where listed_url is not null;
