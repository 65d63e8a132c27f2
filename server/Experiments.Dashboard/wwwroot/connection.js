// Starts Blazor, and survives a server that restarts: it says so, tries again, and brings back what was typed.
(() => {
  const box = document.getElementById("connection");
  const drafts = "dashboard-drafts";
  const say = text => { box.textContent = text; box.hidden = !text; };
  const fields = () => [...document.querySelectorAll("[data-draft]")]
    .map(holder => [holder.dataset.draft, holder.matches("input, textarea") ? holder : holder.querySelector("input, textarea")])
    .filter(([, field]) => field);

  const keep = () => {
    const values = Object.fromEntries(fields().map(([name, field]) => [name, field.value]));
    if (Object.keys(values).length > 0) {
      sessionStorage.setItem(drafts, JSON.stringify({ url: location.href, values }));
    }
  };

  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(drafts) ?? "null");
    sessionStorage.removeItem(drafts);
    if (kept?.url !== location.href) {
      return;
    }
    let count = 0;
    for (const [name, field] of fields()) {
      if (name in kept.values && field.value !== kept.values[name]) {
        field.value = kept.values[name];
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
        count++;
      }
    }
    if (count > 0) {
      say("Connected again. What you had typed is back.");
      setTimeout(() => say(""), 4000);
    }
  };

  const isUp = async () => {
    try {
      return (await fetch("/health", { cache: "no-store" })).status < 500;
    } catch {
      return false;
    }
  };

  let isReconnecting = false;
  const reconnect = async () => {
    if (isReconnecting) {
      return;
    }
    isReconnecting = true;
    say("The server does not answer. Trying again; nothing that you typed is lost.");
    keep();
    for (;;) {
      await new Promise(resolve => setTimeout(resolve, 500));
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
      location.reload();
      return;
    }
  };

  Blazor.start({
    circuit: { reconnectionHandler: { onConnectionDown: reconnect, onConnectionUp: () => { isReconnecting = false; say(""); } } },
  }).then(() => {
    // The page is interactive once the layout has said so.
    const ready = () => document.body.dataset.interactive === "true";
    const wait = () => ready() ? restore() : setTimeout(wait, 50);
    wait();
  });
})();
