-- Is every URL that a feed ever listed accounted for, and why are some no articles?
--
-- Watch out: `adds_up` compares counts of independent tables; false is a defect to be reported. `pending` is no loss: its
-- `reason` says what delays it. A skipped URL is a true answer of its server (gone, no article, not allowed); a failed one
-- was given up, for the reason given.
select
    l.state, l.reason, l.stage, l.urls,
    round(100.0 * l.urls / nullif(c.listed, 0), 1) as percent,
    l.oldest,
    c.listed,
    c.adds_up
from news.ledger as l
cross join news.ledger_check as c
order by l.urls desc, l.state, l.reason;
