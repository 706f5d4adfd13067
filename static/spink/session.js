// Says that the session is about to end, so that nobody loses what is typed in an open page.
// After the end the page is hidden till the same person is back; to somebody else it never is shown.
(() => {
  "use strict";

  const LEAVING = "leaving";
  const bar = document.getElementById("session-ends");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
  if (!bar) { // a page for whoever is not logged in: all others ask whether they still are
    tabs?.postMessage("");
    return;
  }

  const WARNING = 2 * 60;
  const idle = Number(bar.dataset.seconds);
  const { person } = bar.dataset;
  const main = document.getElementById("main");
  let ends;
  let leaving = false;

  const show = (state) => {
    const parts = [...bar.querySelectorAll("[data-when]")];
    parts.forEach((part) => { part.hidden = part.dataset.when !== state; });
    bar.hidden = state === "";
  };

  const left = () => (ends - Date.now()) / 1000;
  const begin = () => {
    ends = Date.now() + idle * 1000;
    show("");
    main.hidden = false;
    document.dispatchEvent(new Event("session:goes-on"));
  };
  const tell = () => tabs?.postMessage(person);
  const seen = () => { begin(); tell(); };
  const over = () => { show("over"); main.hidden = true; document.dispatchEvent(new Event("session:ends")); };

  // A new login has a new token; forms that were open before it get that one.
  const renew = (token) => {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  };

  const leave = () => {
    main.hidden = true;
    document.dispatchEvent(new Event("session:of-another"));
    location.replace("/");
  };

  const ask = async () => {
    const answer = await fetch(bar.dataset.url, { headers: { Accept: "application/json" } });
    const { seconds, token, person: now } = await answer.json();
    if (!seconds) {
      (leaving ? leave : over)();
      return false;
    }
    leaving = false;
    if (now !== person) {
      leave();
      return false;
    }
    renew(token);
    seen();
    return true;
  };

  const look = () => {
    if (left() <= 0) over();
    else if (left() <= Math.min(WARNING, idle / 2)) {
      show("soon");
      document.dispatchEvent(new Event("session:ends"));
    }
  };

  ends = Date.now() + idle * 1000;
  tell(); // to have been shown a page keeps the session of every tab
  tabs?.addEventListener("message", ({ data }) => {
    if (data === LEAVING) leaving = true; // somebody logs out; the page that comes after it asks
    else if (data !== person || left() <= 0) ask().catch(() => {});
    else begin();
  });
  setInterval(look, Math.min(15, idle / 4) * 1000);
  bar.querySelector("button").addEventListener("click", () => { ask().catch(() => {}); });
  // What a page asks for by itself is no sign of anybody.
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.target.closest?.("[data-quiet]")) seen();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && left() <= 0) ask().catch(() => {});
  });
  document.addEventListener("session:restored", () => show("restored"));
  // What is sent after the end would be lost on the login's page: it is held back till then.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.endsSession !== undefined) tabs?.postMessage(LEAVING);
    if (left() > 0 || event.target.dataset.endsSession !== undefined) return;
    event.preventDefault();
    ask().then((goesOn) => { if (goesOn) event.target.requestSubmit(event.submitter); }).catch(() => {});
  });
})();
