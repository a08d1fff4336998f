  /* Filters. Safety is a class on the root; rule, severity, document and search mark what does not fit. */
  const value = (id) => byId(id) ? byId(id).value : "";
  all("[data-safety]").forEach((tick) => tick.addEventListener("change", () => {
    root.classList.toggle("no-" + tick.dataset.safety, !tick.checked);
    forget();
  }));
  byId("view")?.addEventListener("change", (event) => { root.dataset.view = event.target.value; forget(); });
  const texts = new WeakMap();
  function textOf(node) {
    if (!texts.has(node)) texts.set(node, node.textContent.toLowerCase());
    return texts.get(node);
  }
  let opened = [];
  function filter() {
    const asked = { rule: value("rule"), severity: value("severity"), query: value("q").trim().toLowerCase() };
    const chosenOne = value("document");
    all("details.doc").forEach((part) => part.classList.toggle("miss", Boolean(chosenOne) && part.id !== chosenOne));
    const items = filterItems(asked), rows = filterRows(asked);
    unfold(Object.values(asked).some(Boolean), chosenOne);
    highlight(asked.query);
    forget();
    tell(asked, rows, items);
  }
  function filterItems({ rule, severity, query }) {
    const fitting = (item) => (!query || textOf(item).includes(query)) && (item.classList.contains("card")
      ? !rule && (!severity || item.classList.contains("f-" + severity))
      : !severity && (!rule || item.dataset.r === rule));
    return all(".e, .card").filter((item) => {
      const fits = fitting(item);
      item.classList.toggle("miss", !fits);
      return fits && !item.closest(".doc.miss");
    }).length;
  }
  function filterRows({ rule, severity, query }) {
    const wanted = (name) => rule ? byId(name)?.dataset.r === rule : byId(name)?.classList.contains("f-" + severity);
    all(".sheet a.m").forEach((mark) => mark.classList.toggle("off", Boolean(rule || severity) && !anchorsOf(mark).some(wanted)));
    return all(".sheet .row:not(.head)").filter((row) => {
      const fits = (!query || textOf(row).includes(query)) && (!(rule || severity) || row.querySelector("a.m:not(.off)"));
      row.classList.toggle("miss", !fits);
      return fits && !row.closest(".doc.miss");
    }).length;
  }
  /* Documents with something that fits are opened, and closed again when nothing is asked any more. */
  function unfold(asked, one) {
    if (!asked && !one) {
      opened.filter((part) => !part.contains(current)).forEach((part) => { part.open = false; });
      opened = [];
      return;
    }
    all("details.doc:not([open]):not(.miss)").forEach((part) => {
      if (!part.querySelector(".e:not(.miss), .card:not(.miss), .row:not(.miss):not(.head)")) return;
      part.open = true;
      opened.push(part);
    });
  }
  function tell({ rule, severity, query }, rows, items) {
    found.textContent = rule || severity || query
      ? say(rows + " 段 · " + items + " 条", rows + " rows · " + items + " entries") : "";
  }

  /* What was searched for is painted without touching the text. */
  function highlight(query) {
    if (!window.CSS || !CSS.highlights || !window.Highlight) return;
    CSS.highlights.delete("sought");
    if (!query) return;
    const ranges = [];
    for (const cell of all(".row:not(.miss) .b, .row:not(.miss) .c, .e:not(.miss) .change, .card:not(.miss) .msg")) {
      if (ranges.length > 2000) break;
      ranges.push(...rangesIn(cell, query));
    }
    CSS.highlights.set("sought", new Highlight(...ranges));
  }
  function rangesIn(cell, query) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const pieces = [];
    let text = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      pieces.push([text.length, node]);
      text += node.data.toLowerCase();
    }
    const ranges = [];
    const at = (offset, end) => {
      const piece = pieces.findLast(([start]) => start < offset + (end ? 0 : 1));
      return [piece[1], Math.min(offset - piece[0], piece[1].length)];
    };
    for (let start = text.indexOf(query); start >= 0; start = text.indexOf(query, start + query.length)) {
      const range = document.createRange();
      range.setStart(...at(start, false));
      range.setEnd(...at(start + query.length, true));
      ranges.push(range);
    }
    return ranges;
  }
  let waiting = 0;
  byId("q")?.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 160); });
  if (byId("q")) ["rule", "severity", "document"].forEach((id) => byId(id)?.addEventListener("change", () => {
    filter();
    if (id === "document" && value(id)) bring(byId(value(id)).querySelector("summary"));
  }));

  /* From one hit to the next. */
  let hit = -1;
  function nextHit(step) {
    const hits = all(".doc:not(.miss) .row:not(.miss):not(.head)");
    if (!hits.length) return;
    hit = (hit + step + hits.length) % hits.length;
    all(".here").forEach((part) => part.classList.remove("here"));
    hits[hit].classList.add("here");
    bring(hits[hit]);
  }
  byId("q")?.addEventListener("input", () => { hit = -1; });
