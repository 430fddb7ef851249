"""What the tasks of reprocess_articles do. XCom carries the replay's number, no more."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from newswire.airflow_tasks import settings_and_database

if TYPE_CHECKING:
    from airflow.sdk import Context

log = logging.getLogger(__name__)

ANSWER_WITHIN = timedelta(days=7)
"""Then the promotion counts as refused: a comparison that is a week old describes another database."""


def compare_window() -> int:
    """Compare; the summary goes to the log. Returns the number of the replay.

    Raises:
        AirflowFailException: the form asks for what cannot be.
    """
    from newswire.replay import ReplayError, Request, compare, summary_text

    context = get_current_context()
    params = context["params"]
    settings, database = settings_and_database()
    with database:
        try:
            start, end = (_time(params[name]) for name in ("window_start", "window_end"))
            request = Request(start, end, params["what"], params.get("limit"))
            # The key makes a retry, or a cleared task, go on where the first one stopped.
            result = compare(database, settings, request, key=f"airflow:{context['run_id']}")
        except (ReplayError, ValueError) as error:
            raise AirflowFailException(str(error)) from None
    log.info("replay %d\n%s", result.reprocess_id, summary_text(result.summary))
    return result.reprocess_id


def _time(raw: str) -> datetime:
    try:
        return datetime.fromisoformat(raw)
    except ValueError:
        raise ValueError(f"{raw!r} is no ISO 8601 time, such as 2026-03-01T00:00:00Z") from None


class ConfirmReplay(ApprovalOperator):
    """Shows the summary of a replay and waits for a person; skips itself, and so the promotion, in a dry run.

    It has no template fields: headlines in the summary must never be rendered by Jinja.
    """

    template_fields = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            subject="Make the replay's findings the current state?",
            response_timeout=ANSWER_WITHIN,
            defaults=ApprovalOperator.REJECT,
            **kwargs,
        )

    def execute(self, context: Context) -> Any:
        from newswire.replay.report import summary_markdown

        if context["params"]["dry_run"]:
            raise AirflowSkipException("a dry run: the comparison stands in news.reprocess_changes")
        number = _number(context)
        _, database = settings_and_database()
        with database:
            run = database.run(lambda c: database.sql.replay_run(c, reprocess_id=number))
        self.subject = f"Make the findings of replay {number} the current state?"
        self.body = summary_markdown(run.summary)
        return super().execute(context)


def promote_window() -> dict[str, Any]:
    """Promote the replay of this run.

    Raises:
        AirflowFailException: a person must look: the model could not become the current one, since articles outside the
            window have no verdict of it.
    """
    from newswire.replay import ReplayError, promote

    _, database = settings_and_database()
    with database:
        try:
            done = promote(database, _number(get_current_context()))
        except ReplayError as error:
            raise AirflowFailException(str(error)) from None
    log.info("%s", done)
    if done.model is not None and not done.model_current:
        raise AirflowFailException(str(done))
    return {"extractions": done.extractions, "verdicts": done.verdicts, "stale": done.stale}


def _number(context: Any) -> int:
    number: int | None = context["ti"].xcom_pull(task_ids="compare")
    if number is None:
        raise AirflowFailException("the task 'compare' has not ended; see its log")
    return number
