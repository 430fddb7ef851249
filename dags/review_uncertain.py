"""### Review uncertain articles: ask a person where the classifier does not decide

#### What it does

Picks articles of the uncertain band (`news.review_queue`): of the newest days, those nearest to even odds. For each
it opens a request under *Required Actions* with title, outlet, address, opening, the evidence and the probability.
Answer `conflict` or `other` (the coding guide in `plugins/newswire/classification/CODING_GUIDE.md` defines them), or
`skip`. An answer is kept at once in `news.reviews` with your name and the time; it wins over the model for that
article, and `newswire reviews export FILE` writes all of them for the next training.

#### When

Every morning; a request that nobody answers within 22 hours counts as skipped, and the article is asked for again.
Trigger it for more at any time: runs wait for people side by side, each with articles of its own. When it is switched
on, it begins with the morning that has passed.

#### When it fails

`ask` fails where the database was away when the answer came: clear it, and the request opens anew. An answer is never
stored twice.
"""

from datetime import datetime, timedelta

from airflow.sdk import Param, TriggerRule, dag, task


@dag(
    schedule="0 5 * * *",
    start_date=datetime(2026, 1, 1),  # noqa: DTZ001 - Airflow reads it in its default time zone, UTC
    # A run waits for people for most of a day, and none shares an article with another: nobody's own run has to queue
    # behind it. A waiting request holds no worker.
    max_active_runs=16,
    doc_md=__doc__,
    tags=["newswire"],
    params={
        "articles": Param(
            10,
            type="integer",
            minimum=1,
            maximum=100,
            title="Articles",
            description="Most articles to ask about in this run.",
        ),
    },
)
def review_uncertain():
    from newswire.airflow_review import AskReviewer

    @task(execution_timeout=timedelta(minutes=5))
    def pick():
        from newswire.airflow_review import pick_articles

        return pick_articles()

    @task(execution_timeout=timedelta(minutes=5), trigger_rule=TriggerRule.ALL_DONE)
    def report():
        from newswire.airflow_review import report_reviews

        return report_reviews()

    ask = AskReviewer.partial(task_id="ask", map_index_template="article {{ task.article_id }}")
    ask.expand_kwargs(pick()) >> report()


review_uncertain()
