  /* The table of documents: sorted by a click on its head, filtered by name, severity and rule. */
  function cellOf(row, column) {
    const text = row.cells[column].textContent.trim();
    const number = Number(text.replaceAll(",", ""));
    return text !== "" && !Number.isNaN(number) ? number : text;
  }
  function compared(a, b) {
    return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh");
  }
  actions.sort = (button) => {
    const head = button.closest("th"), body = head.closest("table").tBodies[0], column = head.cellIndex;
    const rows = Array.from(body.rows);
    const numbers = rows.length > 0 && typeof cellOf(rows[0], column) === "number";
    const down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : numbers;
    all("th[aria-sort]", head.parentElement).forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = rows.map((row) => [cellOf(row, column), row]);
    keyed.sort((a, b) => (down ? -1 : 1) * compared(a[0], b[0]));
    body.append(...keyed.map((pair) => pair[1]));
  };
  function filterTable() {
    const query = value("names").trim().toLowerCase(), rule = value("rule"), severity = value("severity");
    const rows = all(".docs tbody tr");
    const kept = rows.filter((row) => {
      const fits = (!query || textOf(row.cells[0]).includes(query)) && (!rule || row.dataset.rules.split(" ").includes(rule))
        && (!severity || row.querySelector("td.f-" + severity));
      row.classList.toggle("miss", !fits);
      return fits;
    });
    found.textContent = query || rule || severity ? say(kept.length + " / " + rows.length + " 篇", kept.length + " of " + rows.length) : "";
  }
  if (byId("names")) {
    byId("names").addEventListener("input", filterTable);
    ["rule", "severity"].forEach((id) => byId(id).addEventListener("change", filterTable));
  }
