/* Search without words: a page fits if it holds everything that was typed, wherever it stands, so that Chinese is
   found as well as English. The index is a script beside the pages, loaded when it is first asked for. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var SHOWN = 30, AROUND = 60;
  var input = document.getElementById("mkdocs-search-query");
  var results = document.getElementById("mkdocs-search-results");
  var waiting = false;

  function load() {
    if (waiting) return;
    waiting = true;
    var script = document.createElement("script");
    script.src = base_url.replace(/\/$/, "") + "/search/index.js";
    script.onload = show;
    document.head.appendChild(script);
  }

  function times(text, part) { return text.split(part).length - 1; }

  function weight(page, parts) {
    var title = page.title.toLowerCase(), text = page.text.toLowerCase(), sum = 0;
    for (var i = 0; i < parts.length; i++) {
      var found = 100 * times(title, parts[i]) + Math.min(times(text, parts[i]), 20);
      if (!found) return 0;
      sum += found;
    }
    return sum;
  }

  function excerpt(text, part) {
    var at = Math.max(0, text.toLowerCase().indexOf(part) - AROUND);
    return (at ? "…" : "") + text.slice(at, at + 3 * AROUND);
  }

  function line(page, part) {
    var article = document.createElement("article"), head = document.createElement("h3");
    var link = document.createElement("a"), words = document.createElement("p");
    link.href = base_url.replace(/\/$/, "") + "/" + page.location;
    link.textContent = page.title;
    words.textContent = excerpt(page.text, part);
    head.appendChild(link);
    article.append(head, words);
    return article;
  }

  function show() {
    var parts = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    results.replaceChildren();
    if (!parts.length) return;
    if (!window.kanwuIndex) return load();
    var found = window.kanwuIndex
      .map(function (page) { return { page: page, weight: weight(page, parts) }; })
      .filter(function (one) { return one.weight; })
      .sort(function (a, b) { return b.weight - a.weight; });
    found.slice(0, SHOWN).forEach(function (one) { results.appendChild(line(one.page, parts[0])); });
    if (!found.length) results.textContent = results.getAttribute("data-no-results-text");
  }

  input.addEventListener("input", show);
  input.form.addEventListener("submit", function (event) { event.preventDefault(); });
});
