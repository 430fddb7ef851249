"""### Maintain the database: partitions, retention, statistics, repeated lines

#### What it does

Makes the monthly partitions of `news.polls` and `news.pages` ahead of time; drops the bodies of archived pages (and
poll records) older than the retention (`NEWSWIRE_PAGE_RETENTION_DAYS`, two years by default; articles, revisions and
verdicts are kept for ever); refreshes the planner's statistics and logs the sizes of the tables; learns which lines
repeat over the pages of an outlet (`news.repeated_lines`), so that extraction leaves them out of new articles. The log
names each new one; `newswire lines list` shows all with their numbers, and `newswire lines keep NUMBER` overrules one.

#### When

Nightly.

#### When it fails

The log says which statement; repeating is safe. A missing partition loses nothing: rows go to the default partition
and move over when the month is made.
"""

from datetime import datetime, timedelta

from airflow.sdk import dag, task


@dag(
    schedule="15 3 * * *",
    start_date=datetime(2026, 1, 1),  # noqa: DTZ001 - Airflow reads it in its default time zone, UTC
    doc_md=__doc__,
    tags=["newswire"],
)
def maintain_database():
    @task(execution_timeout=timedelta(minutes=10))
    def partitions():
        from newswire.airflow_tasks import make_partitions

        return make_partitions()

    @task(execution_timeout=timedelta(hours=2))
    def retention():
        from newswire.airflow_tasks import apply_retention

        return apply_retention()

    @task(execution_timeout=timedelta(hours=1))
    def statistics():
        from newswire.airflow_tasks import refresh_statistics

        return refresh_statistics()

    @task(execution_timeout=timedelta(minutes=30))
    def repeated_lines():
        from newswire.airflow_tasks import learn_repeated_lines

        return learn_repeated_lines()

    partitions() >> retention() >> statistics() >> repeated_lines()


maintain_database()
