"""Static files under names that change with their content, modules among themselves included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = (
    r"""(?P<matched>(?P<words>\b(?:from|import)\s*(?:\(\s*)?)"(?P<url>\.{1,2}/[^"\n]+)")""",
    '%(words)s"%(url)s"',
)
"""What a module names of another: `from "./x.js"`, `import "./x.js"` and `import("./x.js")`."""


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed names in the imports of our own modules too, so that a browser never mixes two versions of them.

    Django's `support_js_module_import_aggregation` does this to every script that is collected, and fails at
    packages whose comments or sources import what they do not ship (django_htmx).
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (IMPORT,)))

    max_post_process_passes = 30
    """A name is settled once those of all that the module imports are: as many passes as imports are deep at the
    worst. Modules that import each other in a circle never are, and nothing is collected.
    """
