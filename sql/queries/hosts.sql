-- Hosts: who may speak to which, and when. A host is claimed by inserting or taking over its row; the row lock makes
-- two claimants take turns, and the second finds the lease taken.

-- name: clock()$
select now();

-- name: hosts_to_poll(shards, shard, outlets, feeds, hosts, as_of)
-- Hosts with a due feed that nobody holds, the longest due first; to be claimed by claim_hosts.
select f.host
from news.feeds as f
join news.outlets as o using (outlet_id)
left join news.hosts as h on h.host = f.host
where f.status = 'active' and f.next_poll_at <= :as_of
  and mod(abs(hashtext(f.host)::bigint), :shards) = :shard
  and (:outlets::text[] is null or o.name = any(:outlets)) and (:feeds::text[] is null or f.url = any(:feeds))
  and (h.lease_until is null or h.lease_until < clock_timestamp())
  and (h.paused_until is null or h.paused_until <= now())
group by f.host order by min(f.next_poll_at) limit :hosts;

-- name: hosts_to_fetch(shards, shard, outlets, hosts, as_of)
-- The same, for URLs that are due.
select u.host
from news.urls as u
join news.outlets as o using (outlet_id)
left join news.hosts as h on h.host = u.host
where u.stage = 'fetch' and u.due_at <= :as_of
  and mod(abs(hashtext(u.host)::bigint), :shards) = :shard
  and (:outlets::text[] is null or o.name = any(:outlets))
  and (h.lease_until is null or h.lease_until < clock_timestamp())
  and (h.paused_until is null or h.paused_until <= now())
group by u.host order by min(u.due_at) limit :hosts;

-- name: claim_hosts(owner, lease, hosts)
-- Those of the hosts that nobody holds (any more) and that are not paused. In order, so that two claimants do not block each other.
insert into news.hosts (host, lease_owner, lease_until)
select host, :owner, clock_timestamp() + :lease::interval from unnest(:hosts::text[]) as due(host) order by host
on conflict (host) do update set lease_owner = excluded.lease_owner, lease_until = excluded.lease_until
where (hosts.lease_until is null or hosts.lease_until < clock_timestamp())
  and (hosts.paused_until is null or hosts.paused_until <= now())
returning host, extract(epoch from greatest(next_request_at - clock_timestamp(), interval '0'))::float8 as wait_seconds;

-- name: claim_host(owner, lease, host)^
-- One host, for a redirect that leads there. No row: another worker has it.
insert into news.hosts (host, lease_owner, lease_until) values (:host, :owner, clock_timestamp() + :lease::interval)
on conflict (host) do update set lease_owner = excluded.lease_owner, lease_until = excluded.lease_until
where hosts.lease_until is null or hosts.lease_until < clock_timestamp() or hosts.lease_owner = excluded.lease_owner
returning host, extract(epoch from greatest(next_request_at - clock_timestamp(), interval '0'))::float8 as wait_seconds,
          paused_until;

-- name: renew_leases(owner, lease, hosts)
update news.hosts set lease_until = clock_timestamp() + :lease::interval
where host = any(:hosts::text[]) and lease_owner = :owner
returning host;

-- name: release_hosts(owner, rows)!
-- Give hosts back, leaving when the next request may be made.
update news.hosts as h set lease_owner = null, lease_until = null,
    next_request_at = clock_timestamp() + make_interval(secs => r.wait_seconds)
from jsonb_to_recordset(:rows::jsonb) as r(host text, wait_seconds float8)
where h.host = r.host and h.lease_owner = :owner;

-- name: pause_host(host, seconds, reason)!
insert into news.hosts (host, paused_until, pause_reason)
values (:host, clock_timestamp() + make_interval(secs => :seconds::float8), :reason)
on conflict (host) do update set paused_until = greatest(hosts.paused_until, excluded.paused_until), pause_reason = excluded.pause_reason;

-- name: get_robots(origin)^
select origin, state, body, detail, reason, fetched_at, expires_at, good_at from news.robots where origin = :origin;

-- name: put_robots(origin, state, body, detail, reason, fetched_at, expires_at, good_at)!
insert into news.robots (origin, state, body, detail, reason, fetched_at, expires_at, good_at)
values (:origin, :state, :body, :detail, :reason, :fetched_at, :expires_at, :good_at)
on conflict (origin) do update set
    state = excluded.state, body = excluded.body, detail = excluded.detail, reason = excluded.reason,
    fetched_at = excluded.fetched_at, expires_at = excluded.expires_at, good_at = excluded.good_at
where excluded.fetched_at >= robots.fetched_at;

-- name: get_tdm_file(origin)^
select origin, rules, detail, fetched_at, expires_at, good_at from news.tdm_files where origin = :origin;

-- name: put_tdm_file(origin, rules, detail, fetched_at, expires_at, good_at)!
insert into news.tdm_files (origin, rules, detail, fetched_at, expires_at, good_at)
values (:origin, :rules::jsonb, :detail, :fetched_at, :expires_at, :good_at)
on conflict (origin) do update set
    rules = excluded.rules, detail = excluded.detail, fetched_at = excluded.fetched_at, expires_at = excluded.expires_at,
    good_at = excluded.good_at
where excluded.fetched_at >= tdm_files.fetched_at;
