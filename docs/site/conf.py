"""What Sphinx needs to know; `scripts/make_site.py` runs it."""

from travelsec import __version__

project = "travelsec"
html_title = f"travelsec {__version__}"
language = "en-GB"
extensions = ["myst_parser"]
myst_heading_anchors = 4
# SQL with a type of DuckDB's own.
suppress_warnings = ["misc.highlighting_failure"]
exclude_patterns = ["more"]

# No dashes for `--pack` in a sentence of the help: it stays as it is typed.
smartquotes_action = "qe"

html_theme = "furo"
templates_path = ["."]
html_static_path = ["site.css"]
html_css_files = ["site.css"]
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
# Sources would be fetched to show what a search found.
html_copy_source = False
html_show_search_summary = False
html_show_copyright = False
html_show_sphinx = False
html_use_index = False
