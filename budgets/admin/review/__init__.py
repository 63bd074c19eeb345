"""审核: the queue, the pages of one report, and the verbs that move it.

No page edits a figure. Every page finds its report among those that the person reviews, so that another district's
report, or one that was not submitted, is 404.
"""

from . import report

__all__ = ["report"]
