  /* Marks: an edit or a finding may have several in the text; its permalink is the anchor of its entry or card. */
  const pop = byId("pop");
  const anchorsOf = (mark) => (mark.dataset.a || mark.getAttribute("href").slice(1)).split(" ");
  const marksOf = new Map();
  all(".sheet a.m").forEach((mark) => anchorsOf(mark).forEach((name) => {
    if (marksOf.has(name)) marksOf.get(name).push(mark);
    else marksOf.set(name, [mark]);
  }));
  const markOf = (name) => (marksOf.get(name) || []).find((mark) => root.dataset.view !== "clean" || mark.closest(".c"));
  const matesOf = (name) => all("a.mate", byId(name)).map((link) => link.hash.slice(1));

  let current = null, chosen = "", pinned = false;
  function light(style, names) {
    all(".sheet a.m." + style).forEach((mark) => mark.classList.remove(style));
    names.forEach((name) => (marksOf.get(name) || []).forEach((mark) => mark.classList.add(style)));
  }
  function show(mark, pin, name) {
    if (current) current.removeAttribute("aria-describedby");
    current = mark;
    pinned = Boolean(mark && pin);
    chosen = mark ? name || anchorsOf(mark)[0] : "";
    light("on", mark ? anchorsOf(mark) : []);
    light("pair", mark ? anchorsOf(mark).filter(byId).flatMap(matesOf) : []);
    pop.classList.toggle("pinned", pinned);
    if (!mark) { pop.hidden = true; return; }
    mark.setAttribute("aria-describedby", "pop");
    explain(mark);
  }

  /* The note beside a mark: made of nodes that are in the page already, so nothing is parsed again. */
  function made(tag, style, text) {
    const node = document.createElement(tag);
    node.className = style;
    if (text) node.textContent = text;
    return node;
  }
  function copied(node, into) {
    const copy = node.cloneNode(true);
    copy.removeAttribute("id");
    into.append(copy);
  }
  function noteOf(source, told) {
    const note = made("div", "note-of");
    const known = source.dataset.r && byId(source.dataset.r);
    const rule = known && !told.has(known) ? known : null;
    told.add(known);
    if (rule) copied(rule.querySelector(".rt"), note);
    all(".change, .facts, .note, .why, .sev, .msg", source)
      .filter((part) => part.parentElement === source || part.className === "sev")
      .filter((part) => part.className !== "why" || !rule || !rule.querySelector(".rt").textContent.includes(part.textContent))
      .forEach((part) => copied(part, note));
    if (rule) all(".rw", rule).forEach((part) => copied(part, note));
    return note;
  }
  function explain(mark) {
    const names = anchorsOf(mark).filter(byId);
    names.sort((a, b) => (b === chosen) - (a === chosen));
    const told = new Set();
    pop.replaceChildren(...names.slice(0, 4).map((name) => noteOf(byId(name), told)));
    if (pinned) pop.append(toolbar());
    pop.hidden = !names.length;
    place(mark);
  }
  function toolbar() {
    const bar = made("p", "acts");
    const entry = made("a", "", say("校勘记", "entry"));
    entry.href = "#" + chosen;
    entry.dataset.do = "entry";
    bar.append(entry);
    [["previous", "‹", "上一处", "previous"], ["next", "›", "下一处", "next"], ["copy", "", "复制链接", "copy link"], ["close", "×", "收起", "close"]]
      .forEach(([name, sign, zh, en]) => {
        const button = made("button", "", sign || say(zh, en));
        button.type = "button";
        button.dataset.do = name;
        button.setAttribute("aria-label", say(zh, en));
        bar.append(button);
      });
    return bar;
  }
  /* A style sheet of its own: an attribute would be kept in a saved page, whose policy admits none. */
  const standing = new CSSStyleSheet();
  document.adoptedStyleSheets = [standing];
  function place(mark) {
    const box = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const bar = document.querySelector(".tools")?.getBoundingClientRect();
    const roof = bar && bar.top >= 0 ? bar.bottom : 0;
    const under = innerHeight - box.bottom - 14, over = box.top - roof - 14;
    standing.replaceSync("#pop { max-height: 60vh; }");
    const below = pop.offsetHeight <= under || under >= over;
    const height = Math.max(120, Math.min(pop.offsetHeight, below ? under : over));
    const left = Math.max(8, Math.min(box.left, innerWidth - pop.offsetWidth - 8)), top = below ? box.bottom + 6 : box.top - height - 6;
    standing.replaceSync("#pop { left: " + left + "px; top: " + top + "px; max-height: " + height + "px; }");
  }

  /* Where a permalink leads: an edit to its place in the text, anything else to itself. */
  function go(name, list) {
    const target = byId(name);
    if (!target) return false;
    const mark = list ? null : markOf(name);
    if (location.hash !== "#" + name) history.replaceState(null, "", "#" + name);
    all(".here").forEach((part) => part.classList.remove("here"));
    target.classList.add("here");
    show(null);
    bring(mark || target);
    (mark || target).focus({ preventScroll: true });
    if (mark) show(mark, true, name);
    return true;
  }
  function follow() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch (error) { return; }
    if (!name || elsewhere(name)) return;
    go(name, !byId(name)?.classList.contains("e"));
  }
  /* An index knows which page has an anchor: a permalink of one large page still leads there. */
  function elsewhere(name) {
    const key = /^[efg]-([0-9a-f]{8})/.exec(name);
    const row = !byId(name) && key && all("tr[data-keys]").find((each) => each.dataset.keys.split(" ").includes(key[1]));
    if (!row || row.querySelector("a").hash) return false;
    location.replace(row.querySelector("a").href + "#" + name);
    return true;
  }
  addEventListener("hashchange", follow);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.dataset.do !== "entry") {
      const name = link.hash.slice(1);
      const leads = link.matches(".at, .flag, .mate, .m");
      if (leads && byId(name)) {
        event.preventDefault();
        if (link.matches(".m")) { pick(link); return; }
        if (location.hash !== link.hash) history.pushState(null, "", link.hash);
        go(name);
      } else if (location.hash === link.hash && go(name, true)) event.preventDefault();
    } else if (pinned && !pop.contains(event.target) && !event.target.closest("nav, dialog, [data-do]")) show(null);
  });
  function pick(mark) {
    const name = mark === current && chosen ? chosen : anchorsOf(mark)[0];
    history.replaceState(null, "", "#" + name);
    show(mark, true, name);
  }
  Object.assign(actions, {
    close: () => { const mark = current; show(null); mark?.focus({ preventScroll: true }); show(null); },
    copy: (button) => {
      const done = () => { button.textContent = say("已复制", "copied"); };
      navigator.clipboard?.writeText(location.href).then(done, () => {});
    },
    other: () => {
      const mates = chosen && byId(chosen) ? matesOf(chosen) : [];
      if (mates.length) go(mates[0]);
    },
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-do='entry']")) { event.preventDefault(); if (chosen) go(chosen, true); }
  });

  const marked = (event) => event.target.closest && event.target.closest(".sheet a.m");
  document.addEventListener("mouseover", (event) => {
    if (pinned) return;
    const mark = marked(event);
    if (mark) { if (mark !== current) show(mark); }
    else if (current && !pop.contains(event.target)) show(null);
  });
  document.addEventListener("focusin", (event) => {
    if (pinned || pop.contains(event.target)) return;
    show(marked(event) || null);
  });
  addEventListener("scroll", () => {
    if (!current) return;
    if (pinned || document.activeElement === current) place(current); else show(null);
  }, { passive: true });
