"""Replay: read and judge a window of the past again from archived pages, compare, and promote. Never fetches.

    compared = compare(database, settings, Request(start, end, "both"))
    promote(database, compared.reprocess_id)

What a comparison writes, and what it leaves alone:

- `reprocess_runs` and `reprocess_changes` hold what would change, with the values before and after.
- A verdict of another model version for an unchanged text is stored beside the others at once, also in a dry run: it
  is true of that text whatever is decided, nobody sees it before its model is promoted, and the work is done once.
- A verdict on a text that is itself only proposed waits in `reprocess_changes`, and so does one that would replace a
  verdict of the same model version.

What a promotion does: revisions get the new values in place (the old ones stay in `reprocess_changes`), verdicts are
written, and the model becomes the current one if by then every published article has a verdict of it: a view of the
current verdicts must not have holes. Pages of the window that were refused once and are articles to the new extractor
go back to the extract station, and so into the ledger by its own way. What the new extractor refuses stays as it is:
what was published is never withdrawn by a machine. Stories are not regrouped, so that their numbers stay valid.
"""

from newswire.replay.comparing import Comparison, ReplayError, Request, compare
from newswire.replay.promoting import Promotion, promote
from newswire.replay.report import summary_text

__all__ = ["Comparison", "Promotion", "ReplayError", "Request", "compare", "promote", "summary_text"]
