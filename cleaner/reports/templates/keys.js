  /* From mark to mark, in reading order: one stop for each edit and finding that no filter hides. */
  let stops = null;
  function forget() { stops = null; }
  function hidden(mark) {
    if (mark.classList.contains("off") || mark.closest(".miss")) return true;
    if (root.dataset.view === "clean" && !mark.closest(".c")) return true;
    if (mark.classList.contains("find")) return false;
    if (mark.classList.contains("prop")) return root.classList.contains("no-shown");
    return ["certain", "probable", "doubtful"].some((name) => root.classList.contains("no-" + name) && mark.classList.contains("s-" + name));
  }
  function allStops() {
    if (stops) return stops;
    const seen = new Set();
    stops = [];
    all(".doc .sheet a.m").forEach((mark) => {
      const fresh = anchorsOf(mark).filter((name) => !seen.has(name) && byId(name));
      if (!fresh.length || hidden(mark)) return;
      fresh.forEach((name) => { seen.add(name); stops.push([name, mark]); });
    });
    return stops;
  }
  function at(list) {
    const here = list.findIndex(([name]) => name === chosen);
    if (here >= 0) return here;
    if (current) {
      const after = list.findIndex(([, mark]) => mark.compareDocumentPosition(current) & Node.DOCUMENT_POSITION_PRECEDING);
      return after < 0 ? list.length - 0.5 : after - 0.5;
    }
    const below = list.findIndex(([, mark]) => mark.closest(".row").getBoundingClientRect().bottom > 80);
    return below < 0 ? -0.5 : below - 0.5;
  }
  function step(by, fits) {
    const list = allStops().filter(([name]) => !fits || fits(name));
    if (!list.length) return;
    const from = at(list);
    const next = by > 0 ? Math.floor(from + 1) : Math.ceil(from - 1);
    const index = (next + list.length) % list.length;
    const [name, mark] = list[index];
    all(".here").forEach((part) => part.classList.remove("here"));
    byId(name).classList.add("here");
    history.replaceState(null, "", "#" + name);
    show(null);
    bring(mark);
    mark.focus({ preventScroll: true });
    show(mark, true, name);
    found.textContent = index + 1 + " / " + list.length;
  }
  const isFinding = (name) => byId(name).classList.contains("card");
  function turn(by) {
    const link = document.querySelector(".around a[rel=" + (by > 0 ? "next" : "prev") + "]");
    const list = all("details.doc:not(.miss)");
    const passed = list.findLastIndex((part) => part.getBoundingClientRect().top < 120);
    const from = current ? list.indexOf(current.closest(".doc")) : Math.max(passed, document.querySelector(".around") ? 0 : -1);
    const next = list[from + by];
    if (next) { show(null); next.open = true; next.scrollIntoView(); next.querySelector("summary").focus({ preventScroll: true }); }
    else if (link) location.href = link.href;
  }
  Object.assign(actions, { next: () => step(1), previous: () => step(-1) });

  const keys = {
    n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
    f: () => step(1, isFinding), F: () => step(-1, isFinding),
    "]": () => turn(1), "[": () => turn(-1),
    "/": () => (byId("q") || byId("names"))?.focus(),
    m: () => actions.other(), e: () => { if (chosen) go(chosen, true); },
    c: () => { const button = pop.querySelector("[data-do='copy']"); if (button) actions.copy(button); },
    l: () => actions.lang(), t: () => actions.theme(), "?": () => actions.help(),
    Escape: () => actions.close(),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || byId("help").open) return;
    const typing = event.target.closest("input[type='search'], select, textarea");
    if (typing && event.key === "Escape") { typing.blur(); return; }
    if (typing && typing.id === "q" && event.key === "Enter") { clearTimeout(waiting); filter(); nextHit(event.shiftKey ? -1 : 1); return; }
    if (typing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  /* Paper shows what is folded inside the documents that are open. */
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = all("details.doc[open] details:not([open])");
    unfolded.forEach((part) => { part.open = true; });
  });
  addEventListener("afterprint", () => { unfolded.forEach((part) => { part.open = false; }); });
  follow();
