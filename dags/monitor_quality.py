"""### Monitor quality: is the classifier's yesterday like the weeks before?

#### What it does

Compares yesterday (UTC) with the four weeks before, for everything, each language and each outlet: the share of
conflict articles, of uncertain ones, of words that the model has never seen, and the shape of the scores; also groups
that fell silent. It keeps `news.alarms` up to date for these (`drift`, `silence`), for feeds with an alarm (`feed`)
and for work that has waited for hours (`stuck`): raised when seen, cleared when gone. The log holds the day's table;
the page *Newswire* shows the standing alarms.

#### When

Nightly. With a `day` in the form it only measures that day and touches no alarm.

#### When it fails

A person must look; the log's last line says at what. It fails once, in the night in which the alarm is new:
everything or a whole language drifts or falls silent (read some of its newest articles: is it the news, the
extraction or the classifier?), or work is stuck (`select * from news.ledger`). Outlets that drift and feeds that fail
only raise alarms. Groups with fewer than 30 articles that day, or fewer than seven days behind them, are not judged.
"""

from datetime import datetime, timedelta

from airflow.sdk import Param, dag, task


@dag(
    schedule="45 3 * * *",
    start_date=datetime(2026, 1, 1),  # noqa: DTZ001 - Airflow reads it in its default time zone, UTC
    doc_md=__doc__,
    tags=["newswire"],
    params={
        "day": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Day",
            description="Only measure this day (UTC); empty: yesterday, with alarms.",
        ),
    },
)
def monitor_quality():
    @task(execution_timeout=timedelta(minutes=30))
    def measure():
        from newswire.airflow_quality import measure_quality

        return measure_quality()

    measure()


monitor_quality()
