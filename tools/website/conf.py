"""How Sphinx makes the site. The pages themselves are prepared by tools/pages.py."""

import os

project = "How a machine learns"
author = "The authors of How a machine learns"
copyright = "text under CC BY 4.0, code under Apache-2.0"
language = "en"
extensions = ["myst_nb"]
repository = os.environ["SITE_REPOSITORY"]

# Notebooks are read with their saved outputs: nothing is executed, nothing fetched from the web.
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "substitution"]
myst_substitutions = {"repository": repository}
myst_heading_anchors = 3
mathjax_path = "tex-svg.js"
suppress_warnings = ["myst.xref_missing", "myst.header", "misc.highlighting_failure"]

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_css_files = ["explore.css", "site.css"]
html_js_files = [("explorers.js", {"defer": "defer"})]
html_copy_source = False
# A page opened from a file may not read the others to quote them.
html_show_search_summary = False
html_show_sphinx = False
html_context = {"default_mode": "auto"}
html_theme_options = {
    "repository_url": repository,
    "use_repository_button": True,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "navbar_persistent": [],  # The search stands at the left already.
    # Colours that can be told apart, also by people who see few of them.
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
