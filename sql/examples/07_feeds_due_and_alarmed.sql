-- Which feeds are asked next and why, and which need a person?
--
-- Watch out: a feed can answer and still be dead: `alarm` also speaks when a feed that used to bring entries falls silent.
-- `due_in` is negative for a feed that is due now, and empty for one that is not polled (`status_note` says why). What a
-- feed brings is only as fresh as `last_success_at`; gaps in the counts of an outlet often begin there.
select
    outlet, url, status, status_note, status_since,
    case status when 'active' then date_trunc('second', next_poll_at - now()) end as due_in,
    next_poll_reason, last_outcome, last_success_at, newest_entry_at, failures,
    alarm, alarm_since, proposed_url
from news.feed_health
order by (alarm is not null) desc, failures desc, next_poll_at;
