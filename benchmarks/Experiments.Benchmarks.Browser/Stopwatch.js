// Measures inside the page, so that nothing of the driver is in the figures: from the event that a user makes to the frame
// that shows what it is for.
window.stopwatch = {
  // act: makes the event. seen: whether the page shows what it is for.
  measure(act, seen) {
    return new Promise((resolve, reject) => {
      if (seen()) { reject(new Error("The page shows it already.")); return; }
      const limit = setTimeout(() => reject(new Error("It was never shown: " + seen)), 30000);
      const start = performance.now();
      const look = () => {
        if (!seen()) return;
        observer.disconnect();
        clearTimeout(limit);
        // The callback runs before the frame is painted, the message after it.
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve(performance.now() - start);
          channel.port2.postMessage(null);
        });
      };
      const observer = new MutationObserver(look);
      observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
      act();
      look();
    });
  },
  // The limit: nothing but the way to the server and back, and a text that changes.
  async fetchAndShow(path) {
    const place = document.createElement("p");
    document.body.append(place);
    const time = await this.measure(
      () => fetch(path, { cache: "no-store" }).then(answer => answer.text()).then(text => { place.textContent = text; }),
      () => place.textContent.length > 0);
    place.remove();
    return time;
  },
  input(element, value) {
    element.value = value;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  },
  choose(element, value) {
    element.value = value;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  },
};
