// Starts Blazor, and survives a server that restarts: it says so, tries again, and brings back what was typed.
(() => {
  const box = document.getElementById("connection");
  const drafts = "dashboard-drafts";
  const say = text => { box.textContent = text; box.hidden = !text; };
  const kinds = "input, textarea, select";
  const fields = () => [...document.querySelectorAll("[data-draft]")]
    .map(holder => [holder.dataset.draft, holder.matches(kinds) ? holder : holder.querySelector(kinds)])
    .filter(([, field]) => field);
  const read = field => field.type === "checkbox" ? String(field.checked) : field.value;
  const write = (field, text) => {
    if (field.type === "checkbox") {
      field.checked = text === "true";
    } else {
      field.value = text;
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Only what somebody typed: a field that nobody touched shows what is stored, and somebody else may change that meanwhile.
  const typed = new Set();
  const note = event => {
    const holder = event.target.closest?.("[data-draft]");
    if (holder) {
      typed.add(holder.dataset.draft);
    }
  };
  document.addEventListener("input", note, true);
  document.addEventListener("change", note, true);

  // Once a form is saved or undone, nothing in it is typed any more.
  const forget = records => records.filter(({ target }) => target.dataset.unsaved === "false").forEach(({ target }) =>
    target.parentElement?.querySelectorAll("[data-draft]").forEach(holder => typed.delete(holder.dataset.draft)));
  new MutationObserver(forget).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-unsaved"] });

  // What the page before this one has kept and this one has not brought back yet: a server that goes away once more meanwhile must not cost it.
  const kept = JSON.parse(sessionStorage.getItem(drafts) ?? "null");
  const here = location.href;
  const pending = new Map(kept?.url === here ? Object.entries(kept.values) : []);

  const keep = () => {
    const wanted = fields().filter(([name, field]) => typed.has(name) || field.matches("[data-draft-state]"));
    const values = { ...Object.fromEntries(wanted.map(([name, field]) => [name, read(field)])), ...Object.fromEntries(pending) };
    if (Object.keys(values).length > 0) {
      sessionStorage.setItem(drafts, JSON.stringify({ url: location.href, values }));
    }
  };

  // A form's whole state, where it keeps one (Parts/DraftState.razor), comes first: what is typed last is in the fields that it makes.
  const restoring = [];
  const bringBack = () => {
    const present = fields().filter(([name]) => pending.has(name));
    const changed = present.filter(([name, field]) => read(field) !== pending.get(name));
    restoring.push(...changed.filter(([, field]) => field.matches("[data-draft-state]")).map(([, field]) => field));
    const waits = ([, field]) => restoring.some(state => state !== field && state.isConnected && state.dataset.restored !== "true" && state.parentElement.contains(field));
    const wanted = changed.filter(entry => !waits(entry));
    wanted.forEach(([name, field]) => write(field, pending.get(name)));
    present.filter(entry => !waits(entry)).forEach(([name]) => pending.delete(name));
    return wanted.length;
  };

  const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

  // Fields may come later: with the page's data, which a server that has just started takes its time for, or with a form that opens because its state was
  // brought back.
  const restore = async () => {
    let count = 0;
    for (let look = 0; look < 300 && pending.size > 0 && location.href === here; look++) {
      count += bringBack();
      await pause(100);
    }
    pending.clear();
    sessionStorage.removeItem(drafts);
    if (count > 0) {
      say("Connected again. What you had typed is back.");
      await pause(4000);
      say("");
    }
  };

  const isUp = async () => {
    try {
      return (await fetch("/health", { cache: "no-store" })).status < 500;
    } catch {
      return false;
    }
  };

  // What was typed is kept, so nobody has to be asked. Before Blazor's own listener, which asks.
  let isReloading = false;
  window.addEventListener("beforeunload", event => { if (isReloading) { event.stopImmediatePropagation(); } });

  let isReconnecting = false;
  const reconnect = async () => {
    if (isReconnecting) {
      return;
    }
    isReconnecting = true;
    say("The server does not answer. Trying again; nothing that you typed is lost.");
    keep();
    for (;;) {
      await pause(500);
      if (!await isUp()) {
        continue;
      }
      keep();
      try {
        if (await Blazor.reconnect()) {
          sessionStorage.removeItem(drafts);
          isReconnecting = false;
          say("");
          return;
        }
      } catch { /* The server does not know this page any more. */ }
      isReloading = true;
      location.reload();
      return;
    }
  };

  Blazor.start({
    circuit: { reconnectionHandler: { onConnectionDown: reconnect, onConnectionUp: () => { isReconnecting = false; say(""); } } },
  }).then(() => {
    // The page is interactive once the layout has said so. Blazor only logs it when it cannot connect at first, and leaves a page that answers to nothing.
    const ready = () => document.body.dataset.interactive === "true";
    const wait = looks => ready() ? restore() : looks > 0 ? setTimeout(wait, 50, looks - 1) : reconnect();
    wait(400);
  }, reconnect);
})();
