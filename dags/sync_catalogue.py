"""### Sync the catalogue: outlets and feeds from a file into the database

#### What it does

Reads the catalogue (CSV or OPML), writes new outlets and feeds and changed facts, and stops polling feeds that the
file no longer lists (their articles stay). Feeds that an operator paused (`newswire feeds pause`) stay paused, whatever
the file lists. A row that cannot be used is left out with one line in the log that says where and why; the other rows
load.

#### When

When you trigger it: after each change of the catalogue. New feeds are polled by the next run of `ingest_news`.

#### When it fails

The log's last line says what is wrong with the file. Nothing was changed then. Repeating is safe.
"""

from datetime import timedelta

from airflow.sdk import Param, dag, task


@dag(
    schedule=None,
    doc_md=__doc__,
    tags=["newswire"],
    params={
        "catalogue": Param(
            None,
            type=["null", "string"],
            title="Catalogue file",
            description="Path on the worker, CSV or OPML; empty: the configured one (NEWSWIRE_CATALOGUE).",
        ),
        "remove": Param(
            True,
            type="boolean",
            title="Stop polling what is not listed",
            description="Off: only add and change.",
        ),
    },
)
def sync_catalogue():
    @task(execution_timeout=timedelta(minutes=10))
    def sync():
        from newswire.airflow_tasks import sync_catalogue

        return sync_catalogue()

    sync()


sync_catalogue()
