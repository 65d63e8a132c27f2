// What Blazor cannot do from the server.
window.dashboard = {
  copy: async text => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },

  // Share of the element's width at which a pointer is, while it drags. Calls back with 0 to 1, then once more with true at the end.
  drag: (element, pointerId, reference) => {
    const bar = element.closest("[data-drag-area]") ?? element;
    const at = event => {
      const box = bar.getBoundingClientRect();
      return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    };
    let frame = 0;
    const move = event => {
      const share = at(event);
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => reference.invokeMethodAsync("Dragged", share, false));
    };
    const end = event => {
      cancelAnimationFrame(frame);
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", end);
      element.removeEventListener("pointercancel", end);
      reference.invokeMethodAsync("Dragged", at(event), true);
    };
    element.setPointerCapture(pointerId);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", end);
    element.addEventListener("pointercancel", end);
  },

  // Says to tests and to connection.js that events of the page reach the server.
  ready: () => { document.body.dataset.interactive = "true"; },

  focus: selector => document.querySelector(selector)?.focus(),
};

// "/" searches, as everywhere.
document.addEventListener("keydown", event => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "") && !document.activeElement?.isContentEditable) {
    const search = document.querySelector("[data-search] input");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});
