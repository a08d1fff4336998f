  const root = document.documentElement;
  const all = (query, within) => Array.from((within || document).querySelectorAll(query));
  const byId = (id) => document.getElementById(id);
  const found = byId("found");
  root.classList.add("js");
  all("[hidden].switches, [hidden].tools").forEach((part) => { part.hidden = false; });

  /* Language and theme: buttons, remembered where a page may keep something. */
  function remember(name, value) {
    try { localStorage.setItem("kanwu-" + name, value); } catch (error) { /* a page of a file may keep nothing */ }
  }
  function recall(name) {
    try { return localStorage.getItem("kanwu-" + name); } catch (error) { return null; }
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const choices = { lang: ["both", "zh", "en"], theme: dark ? ["dark", "light"] : ["light", "dark"] };
  function cycle(name) {
    const values = choices[name];
    root.dataset[name] = values[(values.indexOf(root.dataset[name] || values[0]) + 1) % values.length];
    remember(name, root.dataset[name]);
    speak();
  }
  Object.keys(choices).forEach((name) => { if (choices[name].includes(recall(name))) root.dataset[name] = recall(name); });
  function say(zh, en) {
    return root.dataset.lang === "zh" ? zh : root.dataset.lang === "en" ? en : zh + " " + en;
  }
  /* Words that stand in attributes and choices, where no style can hide one of two languages. */
  function speak() {
    all("[data-zh]").forEach((part) => {
      const words = say(part.dataset.zh, part.dataset.en);
      if (part.tagName === "OPTION") part.textContent = words;
      else part.setAttribute(part.tagName === "INPUT" ? "placeholder" : "aria-label", words);
    });
  }
  speak();

  const actions = {
    lang: () => cycle("lang"),
    theme: () => cycle("theme"),
    help: () => { if (!byId("help").open) byId("help").showModal(); },
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
  });

  /* Unfold and show whatever hides a part of the page. */
  function reveal(part) {
    for (let node = part; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
      node.classList.remove("miss");
    }
  }
  function bring(part) {
    reveal(part);
    part.scrollIntoView({ block: "center" });
    /* Heights above are estimates until their rows have been drawn once. */
    requestAnimationFrame(() => part.scrollIntoView({ block: "center" }));
  }
