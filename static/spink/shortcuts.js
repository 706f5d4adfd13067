// One key for each frequent action: what the page marks with `data-key`. Left out of the page
// altogether for whoever has switched it off (WCAG 2.1.4). A screen reader keeps the keys of its
// own reading mode to itself, and nothing here listens while somebody types.
(() => {
  "use strict";

  const help = document.getElementById("shortcuts");
  if (!help) return;

  const WRITTEN_IN = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]";

  const isShown = (element) => element.getClientRects().length > 0;
  const marked = () => [...document.querySelectorAll("[data-key]")].filter(isShown);
  const rows = () => [...document.querySelectorAll(".queue .row-name")].filter(isShown);
  const picks = () => [...document.querySelectorAll(".ladder .pick")].filter(isShown);

  const act = (element) => {
    element.focus();
    if (element.matches(WRITTEN_IN)) element.select?.();
    else element.click();
    return true;
  };

  const step = (by) => {
    const all = rows();
    if (!all.length) return false;
    const here = all.indexOf(document.activeElement);
    const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
    all[Math.min(Math.max(next, 0), all.length - 1)].focus();
    return true;
  };

  const pick = (number) => {
    const box = picks()[number - 1];
    return box ? act(box) : false;
  };

  const said = (element) =>
    element.dataset.keyName || element.getAttribute("aria-label") || element.textContent.trim();

  const line = (key, text) => {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    const kbd = document.createElement("kbd");
    const meaning = document.createElement("dd");
    kbd.textContent = key;
    meaning.textContent = text;
    term.append(kbd);
    row.append(term, meaning);
    return row;
  };

  const showHelp = () => {
    const list = help.querySelector("dl");
    const lines = marked().map((element) => [element.dataset.key, said(element)]);
    if (rows().length) lines.push(["j", list.dataset.next], ["k", list.dataset.previous]);
    if (picks().length) lines.push(["1–9", list.dataset.pick]);
    lines.push(["?", list.dataset.help]);
    list.replaceChildren(...lines.map(([key, text]) => line(key, text)));
    help.showModal();
    return true;
  };

  const answer = (key) => {
    if (key === "?") return showHelp();
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    if (/^[1-9]$/.test(key)) return pick(Number(key));
    const element = marked().find((one) => one.dataset.key === key);
    return element ? act(element) : false;
  };

  document.querySelectorAll("[data-key]").forEach((element) => {
    element.setAttribute("aria-keyshortcuts", element.dataset.key);
  });

  document.addEventListener("keydown", (event) => {
    const held = event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing;
    if (held || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.(WRITTEN_IN)) return;
    if (answer(event.key)) event.preventDefault();
  });
})();
