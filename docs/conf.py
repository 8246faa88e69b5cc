"""How Sphinx builds this site: ``make docs``, or ``sphinx-build -W -b html docs build/site``."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_program"), str(HERE.parent)]

import chinese  # noqa: E402 - beside this file
import made  # noqa: E402

from kg.version import __version__  # noqa: E402

project = "kg"
author = "the kg developers"
copyright = f"{author}, MIT"  # noqa: A001 - as Sphinx has it
release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_program", "articles", "pictures", "Thumbs.db"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_use_unqualified_type_names = True
add_module_names = False
pygments_style = "default"

html_theme = "furo"
html_title = "kg"
html_copy_source = False
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["kg.css"]


def setup(app: object) -> dict[str, object]:
    """Let the pages of reference be made, and Chinese be searched and spoken."""
    made.setup(app)
    chinese.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
