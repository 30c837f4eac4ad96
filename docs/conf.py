"""Sphinx settings."""

project = "summitry"
copyright = "the summitry authors"  # noqa: A001 (the name that Sphinx reads)
extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_heading_anchors = 3
default_role = "code"  # what stands between backquotes in a docstring
autodoc_member_order = "bysource"
html_theme = "furo"
html_title = "summitry"
exclude_patterns = ["_build"]
nitpicky = False
