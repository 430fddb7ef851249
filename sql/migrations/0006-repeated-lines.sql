-- Lines that repeat over the pages of an outlet: learnt every night, used by extraction, overruled by a person.

create table news.repeated_lines (
    line_id       bigint generated always as identity primary key,
    outlet_id     bigint not null references news.outlets,
    line          text not null,
    stories       integer not null,
    of_stories    integer not null,
    days          integer not null,
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    learnt_at     timestamptz not null default now(),
    overruled     boolean not null default false,
    note          text,
    unique (outlet_id, line)
);
comment on table news.repeated_lines is 'Lines that repeat over the pages of an outlet, and are therefore left out of its new articles.';
comment on column news.repeated_lines.line_id is 'Key of the line.';
comment on column news.repeated_lines.outlet_id is 'The outlet on whose pages it repeats.';
comment on column news.repeated_lines.line is 'The line as it stands in the text; pages are compared by its letters and digits only.';
comment on column news.repeated_lines.stories is 'Different stories of the last weeks that showed it when it was last seen (a sample; copies of one story count once).';
comment on column news.repeated_lines.of_stories is 'Stories of the outlet that were looked at then.';
comment on column news.repeated_lines.days is 'Different days on which those that showed it were first listed.';
comment on column news.repeated_lines.first_seen_at is 'When the first article that was seen to show it was listed.';
comment on column news.repeated_lines.last_seen_at is 'When the last article that showed it was listed, whether or not it was left out of it.';
comment on column news.repeated_lines.learnt_at is 'When it was learnt.';
comment on column news.repeated_lines.overruled is 'True where a person has said that it is text: it is never left out, and never forgotten.';
comment on column news.repeated_lines.note is 'Why, in that person''s words.';

create view news.known_boilerplate as
select outlet_id, array_agg(line order by line_id) as lines from news.repeated_lines where not overruled group by outlet_id;
comment on view news.known_boilerplate is 'What extraction is told of each outlet: the repeated lines that nobody has overruled.';
comment on column news.known_boilerplate.outlet_id is 'The outlet.';
comment on column news.known_boilerplate.lines is 'Its lines, the first learnt first.';
