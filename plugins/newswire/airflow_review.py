"""What the tasks of review_uncertain do: one request per article, whose answer is kept the moment it is given."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Param, get_current_context
from airflow.sdk.exceptions import AirflowSkipException

from newswire.airflow_tasks import settings_and_database

if TYPE_CHECKING:
    from airflow.sdk import Context

log = logging.getLogger(__name__)

ANSWER_WITHIN = timedelta(hours=22)
"""Then the request counts as skipped, and the article is in the queue of the next day's run."""


def pick_articles() -> list[dict[str, int]]:
    """Article and revision numbers to ask about, the most valuable first."""
    from newswire.review import pick

    context = get_current_context()
    _, database = settings_and_database()
    with database:
        picked = pick(database, context["params"]["articles"], run=context["run_id"], waiting=ANSWER_WITHIN)
        counts = database.run(lambda c: database.sql.review_counts(c))
    log.info(
        "%d uncertain articles wait, %d are asked for here (none that another run asks about); %d reviewed so far",
        counts.waiting, len(picked), counts.reviewed,
    )  # fmt: skip
    return [{"article_id": article_id, "revision_id": revision_id} for article_id, revision_id in picked]


class AskReviewer(HITLOperator):
    """Asks a person whether an article is about the conflict, and keeps the answer with name and time.

    It has no template fields: the article's words are data and must never be rendered by Jinja.
    """

    template_fields = ()

    def __init__(self, *, article_id: int, revision_id: int, params: Any = None, **kwargs: Any) -> None:
        # `params` brings the DAG's own form along; the reviewer's form is another one.
        from newswire.review import NOTE_LIMIT, OPTIONS

        note = Param(
            None,
            type=["null", "string"],
            maxLength=NOTE_LIMIT,
            title="Note",
            description="Why, if it helps.",
            source="task",
        )
        super().__init__(
            subject="Is this about the Ukraine–Russia conflict?",
            options=list(OPTIONS),
            defaults="skip",
            response_timeout=ANSWER_WITHIN,
            params={"note": note},
            **kwargs,
        )
        self.article_id = article_id
        self.revision_id = revision_id

    def execute(self, context: Context) -> Any:
        from newswire.review import item

        _, database = settings_and_database()
        with database:
            found = item(database, self.article_id, self.revision_id)
        if found is None:
            raise AirflowSkipException(f"article {self.article_id} is no longer uncertain")
        self.subject, self.body = found.subject, found.body
        return super().execute(context)

    def execute_complete(self, context: Context, event: dict[str, Any]) -> Any:
        from newswire.review import store

        answer = super().execute_complete(context, event)
        [chosen] = answer["chosen_options"]
        user = answer["responded_by_user"]
        if user is None or chosen == "skip":  # nobody answered in time, or somebody would not decide
            log.info("article %d: skipped", self.article_id)
            return {"stored": 0}
        _, database = settings_and_database()
        with database:
            new = store(
                database,
                self.article_id,
                self.revision_id,
                chosen,
                reviewer=user["name"] or user["id"],
                at=answer["responded_at"],
                note=(answer["params_input"] or {}).get("note"),
            )
        log.info("article %d: %s, by %s%s", self.article_id, chosen, user["name"], "" if new else " (known)")
        return {"stored": int(new)}


def report_reviews() -> dict[str, int]:
    """Say how many articles were reviewed and how many wait."""
    _, database = settings_and_database()
    with database:
        counts = database.run(lambda c: database.sql.review_counts(c))
    log.info("%d articles reviewed, %d wait", counts.reviewed, counts.waiting)
    return {"reviewed": counts.reviewed, "waiting": counts.waiting}
