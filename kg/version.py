"""The version of kg and its name on a package index: read by the face, the graph, the messages and the build of the wheel."""

__version__ = "0.1.0"

DISTRIBUTION = "kg-zh"
"""What installers call kg. The name ``kg`` belongs to somebody else there; the import and the command are ``kg``."""
