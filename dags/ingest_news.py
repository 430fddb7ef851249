"""### Ingest news: from feeds to classified articles

#### What it does

Polls the feeds that are due, fetches the pages that they list for the first time (or say have changed), looks at
published articles again a day and a week later (`NEWSWIRE_REVISIT_HOURS`: hours after publication, commas between),
extracts the article, judges whether it is about the Ukraine–Russia conflict, groups copies into stories, and writes
the run's line of the ledger: `listed = published + skipped + failed + pending`.

#### When

Every ten minutes (`NEWSWIRE_SCHEDULE`, a cron expression; empty: only by hand), one run at a time. Most feeds are not
due in most runs; each feed's next poll and the reason for it stand in `news.feed_health`. A run with nothing to do
takes seconds. Polling and fetching ask for ten minutes each at most, so that one slow host with many pages keeps no feed
from being polled; what is left then stays due, and the next run goes on.

#### By hand

Trigger it with *Poll now* (`force_poll`) to poll at once; without it only feeds that are due are polled. Also for
chosen outlets or feeds (a name that the catalogue does not have fails the task `plan`), with a limit on pages, or as a
dry run that only says what is due (log of the task `plan`).

#### When it fails

The last task, `report`, says in its log why a person must look: a station failed (open its log), the ledger does not
add up (a defect: keep the database and report it), work has been stuck for hours (`select * from news.ledger`), or
every poll of the run failed for a reason on our side (network, name server, guard) though the feeds had answered
before, or none answers any more. The same sentence stands on the page *Newswire* under *Look at*.
Nothing is lost by a failed run: the next one takes over what is due. Clearing or repeating any task is safe.
"""

import os
from datetime import datetime, timedelta

from airflow.sdk import Asset, Param, TriggerRule, dag, task

ARTICLES = Asset("news.article")


@dag(
    schedule=os.environ.get("NEWSWIRE_SCHEDULE", "*/10 * * * *") or None,
    start_date=datetime(2026, 1, 1),  # noqa: DTZ001 - Airflow reads it in its default time zone, UTC
    max_active_runs=1,
    doc_md=__doc__,
    tags=["newswire"],
    params={
        "outlets": Param(
            [], type=["array", "null"], title="Outlets", description="Only these, one name per line; empty: all."
        ),
        "feeds": Param(
            [], type=["array", "null"], title="Feeds", description="Only these addresses, one per line; empty: all."
        ),
        "force_poll": Param(
            False,
            type="boolean",
            title="Poll now",
            description="Poll the chosen feeds (or all) although they are not due.",
        ),
        "limit": Param(
            None,
            type=["null", "integer"],
            minimum=1,
            title="Limit",
            description="Most pages to fetch per shard (hosts are divided into NEWSWIRE_SHARDS of them); empty: no limit.",
        ),
        "dry_run": Param(
            False, type="boolean", title="Dry run", description="Only say what is due, in the log of 'plan'."
        ),
    },
)
def ingest_news():
    @task(execution_timeout=timedelta(minutes=5))
    def plan():
        from newswire.airflow_tasks import plan_run

        return plan_run()

    @task(execution_timeout=timedelta(minutes=30))
    def poll(shard):
        from newswire.airflow_tasks import poll_shard

        return poll_shard(shard)

    @task(execution_timeout=timedelta(minutes=5), trigger_rule=TriggerRule.ALL_DONE)
    def plan_fetch():
        from newswire.airflow_tasks import plan_fetch

        return plan_fetch()

    @task(execution_timeout=timedelta(minutes=30))
    def fetch(shard):
        from newswire.airflow_tasks import fetch_shard

        return fetch_shard(shard)

    @task(execution_timeout=timedelta(hours=3), trigger_rule=TriggerRule.ALL_DONE)
    def extract():
        from newswire.airflow_tasks import extract_pages

        return extract_pages()

    @task(execution_timeout=timedelta(hours=1), trigger_rule=TriggerRule.ALL_DONE)
    def classify():
        from newswire.airflow_tasks import classify_articles

        return classify_articles()

    @task(execution_timeout=timedelta(hours=1), trigger_rule=TriggerRule.ALL_DONE)
    def group():
        from newswire.airflow_tasks import group_stories

        return group_stories()

    @task(execution_timeout=timedelta(minutes=5), trigger_rule=TriggerRule.ALL_DONE, outlets=[ARTICLES])
    def report():
        from newswire.airflow_tasks import report_run

        return report_run(ARTICLES)

    to_fetch = plan_fetch()
    poll.expand(shard=plan()) >> to_fetch
    fetch.expand(shard=to_fetch) >> extract() >> classify() >> group() >> report()


ingest_news()
