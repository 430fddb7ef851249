-- Months of polls and pages. A default partition catches a row whose month is missing, so that a late maintenance run
-- loses nothing; ensure_partitions makes the months before they are needed.

create table news.polls_default partition of news.polls default;
create table news.pages_default partition of news.pages default;
comment on table news.polls_default is 'Polls of a month that has no partition of its own.';
comment on table news.pages_default is 'Pages of a month that has no partition of its own.';

create function news.ensure_partitions(first_month date, months integer) returns integer
language plpgsql
-- The ingest role may call it, though only the owner may make tables.
security definer set search_path = pg_catalog, news
as $function$
declare
    parent   text;
    by_time  text;
    part     text;
    month    date;
    made     integer := 0;
    starts   timestamptz;
    ends     timestamptz;
begin
    -- Two runs may begin at once: the second waits and finds the months made.
    perform pg_advisory_xact_lock(hashtext('news.ensure_partitions'));
    foreach parent in array array['polls', 'pages'] loop
        by_time := case parent when 'polls' then 'polled_at' else 'fetched_at' end;
        for i in 0 .. months - 1 loop
            month  := (date_trunc('month', first_month) + make_interval(months => i))::date;
            starts := month::timestamp at time zone 'UTC';
            ends   := (month + interval '1 month')::timestamp at time zone 'UTC';
            part   := parent || to_char(month, '_YYYY_MM');
            continue when to_regclass(format('news.%I', part)) is not null;
            -- Built beside the parent, so that rows which the default partition caught meanwhile can move over first.
            execute format('create table news.%I (like news.%I including all excluding identity)', part, parent);
            execute format(
                'with moved as (delete from news.%I where %I >= %L and %I < %L returning *)
                 insert into news.%I select * from moved',
                parent || '_default', by_time, starts, by_time, ends, part);
            execute format('alter table news.%I attach partition news.%I for values from (%L) to (%L)', parent, part, starts, ends);
            execute format('comment on table news.%I is %L', part, format('%s of %s.', initcap(parent), to_char(month, 'YYYY-MM')));
            made := made + 1;
        end loop;
    end loop;
    return made;
end
$function$;
comment on function news.ensure_partitions(date, integer) is
    'Makes the monthly partitions of polls and pages, from first_month on; returns how many were made.';

create function news.refresh_statistics() returns void
language plpgsql
-- Only the owner may analyze, and autovacuum never analyzes the parent of partitions.
security definer set search_path = pg_catalog, news
as $function$
begin
    analyze news.polls, news.pages, news.urls, news.listings, news.articles, news.revisions, news.verdicts;
end
$function$;
comment on function news.refresh_statistics() is 'Refreshes the planner''s statistics of the tables that grow.';
