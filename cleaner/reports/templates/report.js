"use strict";
(function () {
  const root = document.documentElement;
  const all = (query, within) => Array.from((within || document).querySelectorAll(query));
  const byId = (id) => document.getElementById(id);
  const pop = byId("pop");
  all("[hidden].switches, [hidden].tools").forEach((part) => { part.hidden = false; });

  function remember(name, value) {
    try { localStorage.setItem("kanwu-" + name, value); } catch (error) { /* a page of a file may keep nothing */ }
  }
  function recall(name) {
    try { return localStorage.getItem("kanwu-" + name); } catch (error) { return null; }
  }
  function cycle(name, values) {
    const next = values[(values.indexOf(root.dataset[name] || values[0]) + 1) % values.length];
    root.dataset[name] = next;
    remember(name, next);
  }
  ["lang", "theme"].forEach((name) => { const kept = recall(name); if (kept) root.dataset[name] = kept; });
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (!button) return;
    if (button.dataset.do === "lang") cycle("lang", ["both", "zh", "en"]);
    else cycle("theme", dark ? ["dark", "light"] : ["light", "dark"]);
  });

  /* Anchors: open what hides the target. A place in the apparatus leads to its mark in the text. */
  function reveal(target) {
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
      node.classList.remove("miss");
    }
  }
  function follow() {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    reveal(target);
    target.scrollIntoView({ block: "center" });
  }
  addEventListener("hashchange", follow);
  follow();
  const anchorsOf = (mark) => (mark.dataset.a || mark.getAttribute("href").slice(1)).split(" ");
  document.addEventListener("click", (event) => {
    const place = event.target.closest("a.at");
    if (!place) return;
    const name = place.getAttribute("href").slice(1);
    const mark = all("a.m", place.closest(".doc")).find((each) => anchorsOf(each).includes(name));
    if (!mark) return;
    event.preventDefault();
    history.replaceState(null, "", "#" + name);
    reveal(mark);
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  });
  byId("jump")?.addEventListener("change", (event) => { if (event.target.value) location.hash = event.target.value; });

  /* The note beside a mark: made of nodes that are in the page already, so nothing is parsed again. */
  function copied(node, into) {
    if (!node) return;
    const copy = node.cloneNode(true);
    copy.removeAttribute("id");
    into.append(copy);
  }
  function explain(mark) {
    pop.replaceChildren();
    anchorsOf(mark).slice(0, 4).forEach((name) => {
      const source = byId(name);
      if (!source) return;
      const note = document.createElement("div");
      note.className = "note-of";
      const rule = source.dataset.r && byId(source.dataset.r);
      if (rule) copied(rule.querySelector(".rt"), note);
      all(".change, .facts, .note, .why, .sev, .msg", source).filter((part) => part.parentElement === source || part.className === "sev")
        .forEach((part) => copied(part, note));
      if (rule) all(".rw", rule).forEach((part) => copied(part, note));
      pop.append(note);
    });
    pop.hidden = !pop.childElementCount;
    place(mark);
  }
  function place(mark) {
    const box = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const width = pop.offsetWidth, height = pop.offsetHeight;
    const below = box.bottom + height + 10 < innerHeight;
    pop.style.left = Math.max(8, Math.min(box.left, innerWidth - width - 8)) + "px";
    pop.style.top = Math.max(8, below ? box.bottom + 6 : box.top - height - 6) + "px";
  }
  let current = null;
  function show(mark) {
    if (current) current.removeAttribute("aria-describedby");
    current = mark;
    if (!mark) { pop.hidden = true; return; }
    mark.setAttribute("aria-describedby", "pop");
    explain(mark);
  }
  const marked = (event) => event.target.closest && event.target.closest("a.m");
  document.addEventListener("mouseover", (event) => {
    const mark = marked(event);
    if (mark) { if (mark !== current) show(mark); }
    else if (current && !pop.contains(event.target)) show(null);
  });
  /* The first click on a mark keeps the note and puts its permalink in the address; the second follows it. */
  document.addEventListener("click", (event) => {
    const mark = marked(event);
    if (!mark || location.hash === mark.hash) return;
    event.preventDefault();
    history.replaceState(null, "", mark.hash);
    show(mark);
  });
  document.addEventListener("focusin", (event) => show(marked(event)));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") show(null); });
  addEventListener("scroll", () => { if (current && document.activeElement !== current) show(null); }, { passive: true });

  /* Filters. Safety is a class on the root; rule and search mark what does not fit. */
  all("[data-safety]").forEach((tick) => tick.addEventListener("change", () =>
    root.classList.toggle("no-" + tick.dataset.safety, !tick.checked)));
  byId("view").addEventListener("change", (event) => { root.dataset.view = event.target.value; });
  const texts = new WeakMap();
  function textOf(node) {
    if (!texts.has(node)) texts.set(node, node.textContent.toLowerCase());
    return texts.get(node);
  }
  function filter() {
    const rule = byId("rule").value, query = byId("q").value.trim().toLowerCase();
    const kept = new Set();
    let count = 0;
    all(".e, .card").forEach((item) => {
      const fits = (!rule || item.dataset.r === rule) && (!query || textOf(item).includes(query));
      item.classList.toggle("miss", !fits);
      if (fits) { count += 1; kept.add(item.id); }
    });
    all(".sheet a.m").forEach((mark) => mark.classList.toggle("off", Boolean(rule) && !anchorsOf(mark).some((name) => kept.has(name))));
    all(".sheet .row:not(.head)").forEach((row) => {
      const fits = (!query || textOf(row).includes(query)) && (!rule || row.querySelector("a.m:not(.off)"));
      row.classList.toggle("miss", !fits);
      if (fits && query) count += 1;
    });
    if (rule || query) all("details.doc").forEach((part) => {
      if (part.querySelector(".e:not(.miss), .card:not(.miss), .row:not(.miss):not(.head)")) part.open = true;
    });
    byId("found").textContent = rule || query ? count + " 处 places" : "";
  }
  let waiting = 0;
  byId("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 160); });
  byId("rule").addEventListener("change", filter);

  /* Paper shows what is folded inside the documents that are open. */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details.doc[open] details:not([open])");
    opened.forEach((part) => { part.open = true; });
  });
  addEventListener("afterprint", () => { opened.forEach((part) => { part.open = false; }); });
})();
