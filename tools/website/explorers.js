
/* Every explorer on this page, with the state that Python saved beside it. */
for (const place of document.querySelectorAll(".explorer-here")) {
  const saved = JSON.parse(place.querySelector("script").textContent);
  mountExplorer(EXPLORE, saved, place);
}

/* A table may be wider than a phone: then the arrow keys must be able to move it. */
for (const table of document.querySelectorAll("article table")) table.tabIndex = 0;
