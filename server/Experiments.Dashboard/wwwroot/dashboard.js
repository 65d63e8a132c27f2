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

  // Borders in a bar can be dragged: calls back with the border's number and 0 to 1, the share of the bar's width at which the pointer is,
  // then once more with true at the end. All here, so that a quick hand is not ahead of the server.
  draggable: (bar, reference) => {
    bar.addEventListener("pointerdown", pressed => {
      const border = pressed.target.closest("[data-border]");
      if (!border || border.closest("fieldset:disabled")) {
        return;
      }
      const index = Number(border.dataset.border);
      const at = event => {
        const box = bar.getBoundingClientRect();
        return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
      };
      let frame = 0;
      let isMoved = false;
      const move = event => {
        isMoved = true;
        const share = at(event);
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => reference.invokeMethodAsync("Dragged", index, share, false));
      };
      const end = event => {
        cancelAnimationFrame(frame);
        border.removeEventListener("pointermove", move);
        border.removeEventListener("pointerup", end);
        border.removeEventListener("pointercancel", end);
        if (isMoved) {
          reference.invokeMethodAsync("Dragged", index, at(event), true);
        }
      };
      border.setPointerCapture(pressed.pointerId);
      border.addEventListener("pointermove", move);
      border.addEventListener("pointerup", end);
      border.addEventListener("pointercancel", end);
    });
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
