"""### Reprocess articles: read and judge a window of the past again, compare, and promote on confirmation

#### What it does

Takes the articles first listed in the window, extracts them again from the archived pages, or judges them again with
the configured classifier, or both; nobody is fetched from. `compare` writes what would change to
`news.reprocess_runs` and `news.reprocess_changes` (values before and after) and puts a summary in its log: columns
that differ, labels that flip each way with the evidence that changed, pages that the new extractor refuses, how both
models do against the labels that people gave. A **dry run** (the default) ends there and changes nothing that anybody
sees. Otherwise `confirm` shows the summary under *Required Actions* and waits up to a week for your approval; then
`promote` writes the new texts and verdicts in chunks. The old values stay in `news.reprocess_changes`.

#### When

When you trigger it: after an upgrade of Newswire, for a new classifier, or after `newswire lines keep`. Pages are read
with the repeated lines that are known today, so that texts read before a line was learnt lose it.

**The model** becomes the current one only if every published article has a verdict of it by then; otherwise `promote`
writes the verdicts, fails, and says which window is still to be replayed. What the new extractor refuses is only
reported: nothing that was published is withdrawn. Pages of the window that were refused once and are articles to the
new extractor go back to the extract station, so that the next run of `ingest_news` publishes them (not with a limit,
which is for trials). `extract` alone needs the classifier that is current, since changed texts are judged again.

#### When it fails

Clear the failed task: it goes on after its last chunk, and nothing is done twice.
"""

from datetime import timedelta

from airflow.sdk import Param, dag, task


@dag(
    schedule=None,
    doc_md=__doc__,
    tags=["newswire"],
    params={
        "window_start": Param(
            None,
            type="string",
            format="date-time",
            title="From",
            description="Required: articles first listed from this time.",
        ),
        "window_end": Param(
            None, type="string", format="date-time", title="To", description="Required: and before this time."
        ),
        "what": Param(
            "both",
            type="string",
            enum=["extract", "classify", "both"],
            title="What",
            description="Extract the pages again, classify the texts again, or both.",
        ),
        "dry_run": Param(True, type="boolean", title="Dry run", description="Only compare; off: ask, then promote."),
        "limit": Param(
            None,
            type=["null", "integer"],
            minimum=1,
            title="Limit",
            description="Most articles, the first listed ones; empty: all of the window.",
        ),
    },
)
def reprocess_articles():
    from newswire.airflow_replay import ConfirmReplay

    @task(execution_timeout=timedelta(hours=24))
    def compare():
        from newswire.airflow_replay import compare_window

        return compare_window()

    @task(execution_timeout=timedelta(hours=6))
    def promote():
        from newswire.airflow_replay import promote_window

        return promote_window()

    compare() >> ConfirmReplay(task_id="confirm") >> promote()


reprocess_articles()
