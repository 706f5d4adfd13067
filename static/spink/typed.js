// Keeps what is typed over a login in the same tab, for whoever typed it and nobody else: it is
// encrypted by a key that the server gives that user alone, and taken away at the logout.
(() => {
  "use strict";

  const PREFIX = "typed:";
  const here = PREFIX + location.pathname + location.search;
  const bar = document.getElementById("session-ends");

  const forget = () => {
    Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX)).forEach((name) => sessionStorage.removeItem(name));
  };
  document.querySelector("form[data-ends-session]")?.addEventListener("submit", forget);
  if (!bar || !crypto.subtle) return; // not logged in, or no safe connection: nothing is kept

  const bytes = (text) => Uint8Array.from(atob(text), (mark) => mark.charCodeAt(0));
  const text = (data) => btoa(String.fromCharCode(...new Uint8Array(data)));
  const key = () => crypto.subtle.importKey("raw", bytes(bar.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"]);

  const forms = () => [...document.querySelectorAll("main form[method=post]")];
  const fields = (form) => [...form.elements].filter(
    (field) => field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "submit", "button"].includes(field.type),
  );
  const isTicked = (field) => ["checkbox", "radio"].includes(field.type);
  const said = (form) => fields(form).map((field) => [field.name, isTicked(field) ? field.checked : field.value, field.type]);
  const began = JSON.stringify(forms().map(said));

  const keep = async () => {
    const typed = JSON.stringify(forms().map(said));
    if (typed === began) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const hidden = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(typed));
    sessionStorage.setItem(here, `${text(iv)}.${text(hidden)}`);
  };

  const fill = (form, values) => fields(form).forEach((field, place) => {
    const [name, value, type] = values[place] ?? [];
    if (name !== field.name || type !== field.type) return;
    if (isTicked(field)) field.checked = value;
    else field.value = value;
  });

  const restore = async () => {
    const kept = sessionStorage.getItem(here);
    if (!kept) return;
    sessionStorage.removeItem(here);
    const [iv, hidden] = kept.split(".").map(bytes);
    const typed = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), hidden);
    JSON.parse(new TextDecoder().decode(typed)).forEach((values, place) => {
      const form = forms()[place];
      if (form) fill(form, values);
    });
    document.dispatchEvent(new Event("session:restored"));
  };

  let over = false;
  document.addEventListener("session:ends", () => { over = true; keep(); });
  document.addEventListener("session:goes-on", () => { over = false; sessionStorage.removeItem(here); });
  document.addEventListener("input", () => { if (over) keep(); });
  document.addEventListener("session:of-another", () => { over = false; forget(); });
  restore().catch(forget); // somebody else has logged in
})();
