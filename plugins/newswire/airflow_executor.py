"""The executor of Newswire's Airflow: LocalExecutor, but a result that comes late fails nobody.

A task that waits for a person (or is deferred) ends its process and is given to the executor once more when it goes on,
under the same key: it is the same try. Airflow 3.3.2 tells the two apart by luck. The process that only went to wait
ends with `success`; where the scheduler reads this after the answer has already put the task back to work, it takes the
task for one that was killed, fails the try, and the next try asks the person again. An answer within a second or two
of the question is enough, on a busy machine later ones too.
(https://github.com/apache/airflow/issues/72716; `BaseExecutor.running`, which should prevent it, is never filled.)

The executor alone can know better, since each time that it is given a task brings one result. This class is to go as
soon as Airflow's own executor counts: tests/e2e/test_people.py answers quickly enough to show it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from airflow.executors.local_executor import LocalExecutor
from airflow.models.taskinstancekey import TaskInstanceKey

if TYPE_CHECKING:
    from collections.abc import Sequence


class ResumingLocalExecutor(LocalExecutor):
    """Reports of a task only the result of the last process that works on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self._awaited: Counter[TaskInstanceKey] = Counter()
        """Results to come, of tasks in the hands of a process."""

    def _process_workloads(self, workload_list: Sequence[Any]) -> None:
        self._awaited.update(w.key for w in workload_list if isinstance(w.key, TaskInstanceKey))
        super()._process_workloads(workload_list)  # type: ignore[no-untyped-call]

    def change_state(self, key: Any, state: Any, info: Any = None, remove_running: bool = True) -> None:
        if isinstance(key, TaskInstanceKey):
            self._awaited[key] -= 1
            if self._awaited[key] > 0:
                self.log.info("%s went on before the process that had it last ended (%s)", key, state)
                return
            del self._awaited[key]
        super().change_state(key, state, info, remove_running)
