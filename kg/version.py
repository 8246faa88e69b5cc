"""The version of kg: read by the face, by the graph and by the build of the wheel, and importing nothing."""

__version__ = "0.1.0"
