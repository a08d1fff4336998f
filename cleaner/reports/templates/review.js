(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const ROW = 48;
  const MARK = { accept: "✓", reject: "✗", edit: "✎", always: "✓✓", never: "✗✗" };
  const KEYS = [["a", "accept"], ["r", "reject"], ["e", "edit"], ["A", "always"], ["N", "never"], ["c", "clear"], ["s", "series"], ["j", "next"], ["k", "prev"], ["u", "undo"], ["/", "find"], ["?", "help"]];
  let lang = data.lang === "en" ? "en" : "zh";
  const say = (name, values = {}) => WORDS[lang][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // Text of strangers: what cannot be seen is shown by its code point, and everything is put in place as text.
  const HIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\uffa0\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}\u{f0000}-\u{10ffff}]/gu;
  const visible = (text) => text.replace(HIDDEN, (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
  const inline = (text) => visible(text).replace(/\n/g, "⏎");
  const marked = (text) => visible(text).replace(/\n/g, "⏎\n").replace(/^ +| +$/g, (s) => "␣".repeat(s.length));
  const flowing = (text) => visible(text).replace(/\n\s*\n/g, "\n");
  const trimmed = (text) => flowing(text).replace(/^\n+/, "");
  const points = (text) => [...text].map((c) => `U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`).join(" ");
  const clip = (text, limit) => { const all = [...text]; return all.length <= limit ? text : all.slice(0, limit - 1).join("") + "…"; };
  const el = (tag, given = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (name === "class") made.className = value;
      else if (name === "on") made.addEventListener("click", value);
      else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  };

  // What a decision is known by, as cleaner/engine/decisions.py has it.
  const BLANK = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  const named = (text) => text.replace(BLANK, "") || (text.includes("\n") ? "\n" : text && " ");
  const isSeries = (row) => row.decision === "always" || row.decision === "never";
  const keyOf = (row) => [row.rule, named(row.before), row.after, ...(isSeries(row) ? ["", "", 0] : [row.left || "", row.right || "", row.occurrence || 1])];
  const idOf = (row) => JSON.stringify(keyOf(row));
  const ORDER = ["rule", "before", "after", "left", "right", "occurrence", "decision", "text", "seen"];
  const lineOf = (row) => {
    const full = { left: "", right: "", ...row };
    const names = ORDER.filter((name) => full[name] !== undefined && !(name === "occurrence" && full[name] === 1) && !(name === "seen" && !full[name]));
    return "{" + names.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(full[name])}`).join(", ") + "}";
  };
  const byCodePoint = (one, other) => {
    const a = [...one], b = [...other];
    for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
    return a.length - b.length;
  };
  const inOrder = (one, other) => {
    const a = keyOf(one), b = keyOf(other);
    for (let i = 0; i < 5; i++) { const d = byCodePoint(a[i], b[i]); if (d) return d; }
    return a[5] - b[5];
  };
  const fileText = () => [...decided.values()].sort(inOrder).map((row) => lineOf(row) + "\n").join("");

  const decided = new Map(data.decisions.map((row) => [idOf(row), row]));
  const items = data.items.map((item, index) => {
    const words = data.rules[item.key.rule] || {};
    const told = [data.docs[item.doc], item.key.rule, words.title, words.title_en, item.left, item.key.before, item.right, item.key.after, item.why].join("\n").toLowerCase();
    return { ...item, index, told, id: idOf({ ...item.key, decision: "accept" }), series: idOf({ ...item.key, decision: "always" }) };
  });
  const bySeries = new Map();
  for (const item of items) {
    if (!bySeries.has(item.series)) bySeries.set(item.series, []);
    bySeries.get(item.series).push(item);
  }
  const decisionOf = (item) => decided.get(item.id) || decided.get(item.series);

  let view = [], current = items[0], together = false, asked = "", editing = null;
  const past = [];

  // Keeping: at once with the server behind the page, else in this browser until the file is saved.
  const store = `kanwu-review ${data.name}`;
  const journal = new Map();
  const unsent = new Map();
  let sending = false;
  const status = (text, bad, button) => {
    $("status").replaceChildren(text, ...(button ? [button] : []));
    $("status").classList.toggle("bad", Boolean(bad));
  };
  const keep = (changes) => {
    for (const [id, row, stem] of changes) {
      unsent.set(id, [row, stem]);
      journal.set(id, [row, stem]);
    }
    if (data.savesTo) send(); else remember();
  };
  const remember = () => {
    try { localStorage.setItem(store, JSON.stringify([...journal.values()])); } catch { /* a browser may forbid it: the file is still there */ }
    status(say("kept"));
  };
  const recall = () => {
    let told = [];
    try { told = JSON.parse(localStorage.getItem(store) || "[]"); } catch { return; }
    for (const [row, stem] of told) {
      const id = idOf(stem);
      journal.set(id, [row, stem]);
      unsent.set(id, [row, stem]);
      if (row) decided.set(id, row); else decided.delete(id);
    }
  };
  const send = async () => {
    if (sending || !unsent.size) return;
    sending = true;
    const batch = [...unsent.entries()];
    const body = { set: batch.filter(([, [row]]) => row).map(([, [row]]) => row), drop: batch.filter(([, [row]]) => !row).map(([, [, stem]]) => stem) };
    status(say("saving"));
    try {
      const answer = await fetch("decide", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.error);
      for (const [id, sent] of batch) if (unsent.get(id) === sent) unsent.delete(id);
      const note = told.notes.map((n) => ` · ${n[lang]}`).join("");
      status(say("saved", { file: data.savesTo }) + visible(note));
    } catch (error) {
      status(say("unsaved", { why: visible(String(error.message || error)) }), true, el("button", { type: "button", on: send }, say("retry")));
      sending = false;
      return;
    }
    sending = false;
    send();
  };
  window.addEventListener("beforeunload", (event) => { if (data.savesTo && unsent.size) event.preventDefault(); });

  // Deciding. A change is a list of [id, row or null, a row that says which]; the opposite of it is kept for undo.
  const apply = (changes) => {
    const back = changes.map(([id, row, stem]) => [id, decided.get(id) || null, decided.get(id) || row || stem]);
    for (const [id, row] of changes) if (row) decided.set(id, row); else decided.delete(id);
    keep(changes);
    return back;
  };
  const decide = (changes) => {
    past.push([current, apply(changes)]);
    const from = view.indexOf(current);
    const later = [...view.slice(from + 1), ...view.slice(0, Math.max(from, 0))].find((item) => !decisionOf(item));
    if (later) current = later; else status(`${$("status").textContent} · ${say("done")}`);
    editing = null;
    asked = "";
    together = false;
    refresh();
  };
  const targets = () => (together ? bySeries.get(current.series) : [current]);
  const digitsOf = (text) => text.normalize("NFKC").replace(/[^0-9]/g, "");
  const confirmed = (name, places, text) => {
    if (!(text === undefined ? places.some((item) => item.digits) : digitsOf(text) !== digitsOf(current.key.before)) || (places.length < 2 && name !== "always")) return true;
    if (asked === name) { asked = ""; return true; }
    asked = name;
    draw();
    return false;
  };
  const setOf = (choice, more = {}) => targets().map((item) => {
    const row = { ...item.key, decision: choice, ...more };
    return [item.id, row, row];
  });
  const seriesRow = (choice) => {
    const { occurrence: _, ...key } = current.key;
    return { ...key, left: current.near[0], right: current.near[1], decision: choice };
  };
  const act = {
    accept: () => confirmed("accept", targets()) && decide(setOf("accept")),
    reject: () => decide(setOf("reject")),
    edit: () => {
      if (current.mates.length) { status(say("groupEdit"), true); return; }
      const now = decisionOf(current);
      editing = now && now.decision === "edit" ? now.text : current.key.after || current.key.before;
      draw();
      $("wording").focus();
      $("wording").select();
    },
    write: () => {
      const text = $("wording").value;
      if (text === current.key.before) decide(setOf("reject"));
      else if (text === current.key.after) act.accept();
      else if (confirmed("write", targets(), text)) decide(setOf("edit", { text }));
      else { $("wording").value = text; $("wording").focus(); }
    },
    always: () => confirmed("always", bySeries.get(current.series)) && decide([[current.series, seriesRow("always"), seriesRow("always")]]),
    never: () => decide([[current.series, seriesRow("never"), seriesRow("never")]]),
    clear: () => {
      const gone = targets().map((item) => (decided.has(item.id) ? item.id : item.series)).filter((id, at, all) => decided.has(id) && all.indexOf(id) === at);
      if (gone.length) { past.push([current, apply(gone.map((id) => [id, null, decided.get(id)]))]); refresh(); }
    },
    series: () => { together = !together; draw(); },
    next: () => step(1),
    prev: () => step(-1),
    undo: () => {
      const last = past.pop();
      if (!last) return;
      apply(last[1]);
      current = last[0];
      refresh();
    },
    find: () => $("search").focus(),
    help: () => { help(); $("keys").showModal(); },
  };
  const leave = () => { editing = null; asked = ""; draw(); };
  const step = (by) => {
    if (!view.length) return;
    const at = view.indexOf(current);
    current = view[Math.min(view.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    together = false;
    editing = null;
    draw();
  };

  // Showing.
  const place = (item) => `${inline(data.docs[item.doc])}:${item.line}`;
  const title = (rule) => { const words = data.rules[rule] || {}; return visible((lang === "en" ? words.title_en : words.title) || rule); };
  const chosen = () => {
    const state = $("by-state").value, rule = $("by-rule").value, doc = $("by-doc").value, sought = $("search").value.toLowerCase();
    return items.filter((item) => {
      if (rule && item.key.rule !== rule) return false;
      if (doc && item.doc !== Number(doc)) return false;
      if (sought && !item.told.includes(sought)) return false;
      if (state === "undecided") return !decisionOf(item);
      if (state === "decided") return Boolean(decisionOf(item));
      return state === "all" || item.state === state;
    });
  };
  const refresh = () => { view = chosen(); if (!current || (!view.includes(current) && view.length)) current = nearest(); draw(); };
  const nearest = () => (current && view.find((item) => item.index >= current.index)) || view[view.length - 1] || current;

  const drawList = () => {
    const list = $("list"), space = $("space");
    space.style.height = `${view.length * ROW}px`;
    const from = Math.max(0, Math.floor(list.scrollTop / ROW) - 4), to = Math.min(view.length, from + Math.ceil(list.clientHeight / ROW) + 8);
    space.replaceChildren(...view.slice(from, to).map((item, at) => {
      const decision = decisionOf(item);
      const row = el("div", { class: "rv-row", role: "option", "aria-selected": String(item === current), "data-item": item.index, on: () => { current = item; together = false; editing = null; draw(); } },
        el("span", { class: `rv-mark ${decision ? decision.decision : ""}` }, decision ? MARK[decision.decision] : "·"),
        el("span", { class: "rv-change" }, `${clip(inline(item.key.before), 14) || "∅"} → ${clip(inline(item.key.after), 14) || "∅"}`),
        el("small", {}, `${place(item)} · ${title(item.key.rule)}`));
      row.style.top = `${(from + at) * ROW}px`;
      return row;
    }));
  };
  const intoSight = () => {
    const list = $("list"), at = view.indexOf(current);
    if (at < 0) return;
    if (at * ROW < list.scrollTop) list.scrollTop = at * ROW;
    else if ((at + 1) * ROW > list.scrollTop + list.clientHeight) list.scrollTop = (at + 1) * ROW - list.clientHeight;
  };
  const sentence = (heading, left, mark, right) => el("div", {}, el("h3", {}, heading), el("span", {}, trimmed(left)), mark, el("span", {}, flowing(right).replace(/\n+$/, "")));
  const button = (name, key, pressed, disabled) => el("button", { type: "button", "data-act": name, "aria-pressed": pressed === undefined ? undefined : String(pressed), disabled, on: () => run(name) }, say(name), el("kbd", {}, key));
  const chips = (item) => {
    const words = WORDS[lang];
    const by = item.withheld_by ? ` · ${say("by", { by: words.reasons[item.withheld_by] || visible(item.withheld_by) })}` : "";
    const made = [`${say(item.state)}${by}`, words.kinds[item.edit], item.state === "doubtful" ? "" : words.safety[item.safety], words.evidence[item.evidence]].filter(Boolean).map((text) => el("span", { class: "rv-chip" }, text));
    const { before, after } = item.key;
    if (before && after && [...before + after].length <= 3 && before.normalize("NFKC") === after.normalize("NFKC")) made.push(el("span", { class: "rv-chip" }, `${points(before)} → ${points(after)}`));
    if (item.digits) made.push(el("span", { class: "rv-chip warn" }, say("digits")));
    return el("div", { class: "rv-place" }, el("span", {}, `${inline(data.docs[item.doc])} · ${say("line", { n: item.line })}`), ...made);
  };
  const texts = (item, decision) => {
    const wrote = decision && decision.decision === "edit";
    const result = wrote ? decision.text : item.key.after;
    const before = item.key.before ? el("del", {}, marked(item.key.before)) : el("span", { class: "rv-ghost" }, say("nothing"));
    const after = result ? el("ins", {}, marked(result)) : el("ins", { class: "rv-ghost" }, say(item.edit === "move" && item.mates.length ? "moved" : "removed"));
    return el("div", { class: "rv-text" }, sentence(say("base"), item.left, before, item.right), sentence(say(wrote ? "wrote" : "proposed"), item.left, after, item.right));
  };
  const actions = (item, decision) => {
    const is = (name) => Boolean(decision && decision.decision === name);
    return el("div", { class: "rv-actions" }, ...["accept", "reject", "edit", "always", "never"].map((name, at) => button(name, "areAN"[at], is(name), name === "edit" && item.mates.length > 0)),
      button("clear", "c", undefined, !decision), button("series", "s", together, bySeries.get(item.series).length < 2), el("span", { class: "rv-gap" }), button("prev", "k"), button("next", "j"), button("undo", "u", undefined, !past.length));
  };
  const editor = () => {
    if (editing === null) return null;
    const box = el("textarea", { id: "wording", "aria-label": say("write"), spellcheck: "false" });
    box.value = editing;
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); act.write(); }
      if (event.key === "Escape") leave();
    });
    return el("div", { class: "rv-edit" }, box, el("p", {}, el("button", { type: "button", id: "write", on: act.write }, say("ok")), el("button", { type: "button", on: leave }, say("cancel")), el("small", {}, say("editHint"))));
  };
  const reasons = (item) => {
    const words = data.rules[item.key.rule] || {};
    const rationale = (lang === "en" ? words.rationale_en : words.rationale) || "";
    const learns = data.pack ? (item.rulable ? say("ruleTo", { pack: visible(data.pack) }) : say("ruleNo")) : data.savesTo ? say("rulePack") : null;
    return el("div", { class: "rv-why" }, el("h2", {}, title(item.key.rule), " ", el("code", {}, visible(item.key.rule))),
      item.why && item.why !== words.title ? el("div", {}, el("h3", {}, say("why")), el("p", {}, visible(item.why))) : null,
      rationale ? el("div", {}, el("h3", {}, say("rationale")), el("p", {}, visible(rationale.trim()))) : null,
      learns ? el("p", { class: "rv-ghost" }, learns) : null);
  };
  const listed = (heading, rows) => (rows.length ? el("div", { class: "rv-more" }, el("b", {}, heading), el("ul", {}, ...rows)) : null);
  const around = (left, before, after, right) => [visible(clip([...left].slice(-14).join(""), 14)).replace(/\n/g, "⏎"), before ? el("del", {}, clip(inline(before), 60)) : "", after ? el("ins", {}, clip(inline(after), 60)) : "", clip(inline(right), 14)];
  const mates = (item) => listed(say("mates"), item.mates.map((mate) => el("li", {}, ...around(mate.left, mate.before, mate.after, mate.right), el("small", {}, ` ${say("line", { n: mate.line })}`))));
  const others = (item) => listed(say("others"), item.others.map((other) => el("li", {}, el("ins", {}, inline(other.after) || say("removed")), el("small", {}, ` ${title(other.rule)}`),
    el("button", { type: "button", on: () => decide(setOf("edit", { text: other.after })) }, say("use")))));
  const siblings = (item) => {
    const all = bySeries.get(item.series);
    if (all.length < 2) return null;
    const rows = all.slice(0, together ? 200 : 5).map((other) => el("li", {}, decisionOf(other) ? `${MARK[decisionOf(other).decision]} ` : "", ...around(other.left, other.key.before, other.key.after, other.right), el("small", {}, ` ${place(other)}`)));
    return listed(`${say("same", { n: all.length })}${together ? " · " + say("also", { n: all.length }) : ""}`, rows);
  };
  const drawCard = () => {
    const card = $("card");
    if (!current || !view.length) { card.replaceChildren(el("p", { class: "rv-empty" }, say(items.length && items.every(decisionOf) ? "done" : "none"))); return; }
    const decision = decisionOf(current);
    const ask = asked ? el("p", { class: "rv-ask", id: "ask" }, say("ask", { n: (asked === "always" ? bySeries.get(current.series) : targets()).length })) : null;
    card.replaceChildren(...[chips(current), texts(current, decision), actions(current, decision), ask, editor(), mates(current), others(current), reasons(current), siblings(current)].filter(Boolean));
  };
  const draw = () => {
    const done = items.filter(decisionOf).length;
    $("bar").max = Math.max(1, items.length);
    $("bar").value = done;
    $("count").textContent = say("progress", { n: done, of: items.length });
    drawCard();
    intoSight();
    drawList();
    if (current) history.replaceState(null, "", `#${current.index}`);
  };
  const options = (select, given) => { const now = select.value; select.replaceChildren(...given.map(([value, text]) => el("option", { value }, text))); if (given.some(([value]) => value === now)) select.value = now; };
  const label = () => {
    document.documentElement.lang = lang === "en" ? "en" : "zh-Hans";
    document.title = `刊误 Kanwu · ${say("title")}`;
    for (const node of document.querySelectorAll("[data-w]")) node.textContent = say(node.dataset.w);
    $("help").setAttribute("aria-label", say("keys"));
    options($("by-state"), ["undecided", "all", "decided", "doubtful", "withheld", "applied"].map((name) => [name, say(name)]));
    const counted = new Map();
    for (const item of items) counted.set(item.key.rule, (counted.get(item.key.rule) || 0) + 1);
    options($("by-rule"), [["", say("everyRule")], ...[...counted].sort((a, b) => b[1] - a[1]).map(([rule, n]) => [rule, `${title(rule)} (${n})`])]);
    options($("by-doc"), [["", say("everyDoc")], ...data.docs.map((doc, at) => [String(at), inline(doc)])]);
  };
  const help = () => $("keys").replaceChildren(el("b", {}, say("keys")), el("dl", {}, ...KEYS.flatMap(([key, name]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, say(name))])), el("button", { type: "button", on: () => $("keys").close() }, say("close")));

  const run = (name) => {
    if (!current && !["find", "help", "undo"].includes(name)) return;
    if (name !== asked) asked = "";
    act[name]();
  };
  // An input method may swallow the letter and leave the key.
  const letter = (event) => {
    if (/^[ -~]$/.test(event.key)) return event.key;
    const found = /^Key([A-Z])$/.exec(event.code || "");
    return found ? (event.shiftKey ? found[1] : found[1].toLowerCase()) : { ArrowDown: "j", ArrowUp: "k" }[event.key] || "";
  };
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, dialog");
    if (field && field.id === "search" && event.key === "Escape") field.blur();
    if (field || event.ctrlKey || event.metaKey || event.altKey) return;
    const found = KEYS.find(([key]) => key === letter(event));
    if (!found) return;
    event.preventDefault();
    run(found[1]);
  });
  for (const id of ["by-state", "by-rule", "by-doc"]) $(id).addEventListener("change", (event) => { event.target.blur(); refresh(); });
  $("search").addEventListener("input", refresh);
  $("search").addEventListener("keydown", (event) => { if (event.key === "Enter") event.target.blur(); });
  $("list").addEventListener("scroll", drawList);
  window.addEventListener("resize", drawList);
  $("help").addEventListener("click", act.help);
  $("lang").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; label(); draw(); });
  $("theme").addEventListener("click", () => {
    const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  // Without a server the file is the reader's to save and to load.
  const download = () => {
    const link = el("a", { href: URL.createObjectURL(new Blob([fileText()], { type: "application/jsonl" })), download: "decisions.jsonl" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    status(say("downloaded"));
  };
  const read = async (file) => {
    const found = [];
    for (const [at, line] of (await file.text()).replace(/^\ufeff/, "").split("\n").entries()) {
      if (!line.trim()) continue;
      try {
        const row = JSON.parse(line);
        if (![row.rule, row.before, row.after].every((text) => typeof text === "string") || !(row.decision in MARK)) throw new Error(line);
        found.push([idOf(row), row, row]);
      } catch { status(say("badLine", { n: at + 1, line: clip(inline(line), 40) }), true); return; }
    }
    past.push([current, apply(found)]);
    refresh();
    status(say("loaded", { n: found.length }));
  };
  if (!data.savesTo) {
    $("save").hidden = $("load").hidden = false;
    $("save").addEventListener("click", download);
    $("load").addEventListener("click", () => $("file").click());
    $("file").addEventListener("change", () => { if ($("file").files[0]) read($("file").files[0]); $("file").value = ""; });
    recall();
  }
  label();
  const start = items[Number(location.hash.slice(1))];
  view = chosen();
  if (location.hash && start) current = start; else current = view[0] || items[0];
  draw();
})();
