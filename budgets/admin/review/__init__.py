"""审核: the queue, the report as a file on a desk, and the verbs that move it.

Nothing here edits a figure. Every page looks its report up among those that the person reviews, so that
another district's report, and one not yet submitted, is 404.
"""

from . import report

__all__ = ["report"]
