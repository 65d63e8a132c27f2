// Keeps the focus where the user is while the page changes under it: a form that opens gets it, and where what had it is gone, what is
// nearest gets it. Without this, a browser starts again at the top of the page.
(() => {
  const focusable = "a[href], button, input, select, textarea, summary, [tabindex]";
  const usable = element => element.matches(focusable) && !element.matches(":disabled, [tabindex='-1'], [type=hidden]") && element.getClientRects().length > 0
    && getComputedStyle(element).visibility !== "hidden";
  const firstIn = holder => holder.nodeType !== 1 ? null : usable(holder) ? holder : [...holder.querySelectorAll(focusable)].find(usable);
  const earlier = [];
  let last = null;

  const remember = element => {
    const places = [];
    for (let child = element; child.parentElement; child = child.parentElement) {
      places.push({ holder: child.parentElement, index: [...child.parentElement.children].indexOf(child) });
    }
    last = { element, places, path: location.pathname, form: element.closest("form, [data-escape]"), words: element.textContent.trim(), isTaken: false };
  };

  document.addEventListener("focusin", event => {
    if (last && last.element !== event.target) {
      earlier.push(last);
      earlier.splice(0, earlier.length - 10);
    }
    remember(event.target);
  });

  // A click on nothing takes the focus away on purpose.
  document.addEventListener("pointerdown", event => {
    if (!event.target.closest?.(focusable + ", label")) {
      last = null;
    }
  });

  // A form often takes the place of the button that opened it, which comes back as another element.
  const sameAs = ({ element, words }) => words && [...document.querySelectorAll(element.tagName)].find(one => one.textContent.trim() === words && usable(one));

  // What took its place, else what is beside it, else what is around it; where all of it was above the page, such as a dialog, what had
  // the focus before.
  const nearest = () => {
    const opener = last.form && !last.form.isConnected && earlier.findLast(({ form }) => form !== last.form);
    const again = opener && (usable(opener.element) ? opener.element : sameAs(opener));
    if (again) {
      return again;
    }
    for (const { holder, index } of last.places) {
      if (!holder.isConnected) {
        continue;
      }
      if (holder === document.body) {
        return earlier.findLast(({ element }) => element.isConnected && usable(element))?.element ?? null;
      }
      const children = [...holder.children];
      for (const child of [...children.slice(index), ...children.slice(0, index).reverse()]) {
        const found = firstIn(child);
        if (found) {
          return found;
        }
      }
    }
    return null;
  };

  const heading = () => document.querySelector("h1");

  let timer = 0;
  let looks = 0;
  const look = () => {
    timer = 0;
    if (!last?.isTaken || (document.activeElement && document.activeElement !== document.body)) {
      looks = 0;
      return;
    }
    const { element } = last;
    if (element.isConnected && element.matches(":disabled") && looks++ < 20) {
      timer = setTimeout(look, 100); // Busy for a moment.
      return;
    }
    looks = 0;
    const target = element.isConnected && usable(element) ? element : last.path !== location.pathname ? heading() : nearest() ?? heading();
    target?.focus({ preventScroll: target === heading() });
  };

  new MutationObserver(changes => {
    const opened = [];
    for (const change of changes) {
      // Moved within the page counts, too. What only lost the focus was left on purpose.
      if (last && (change.type === "attributes" ? change.target.contains(last.element) : [...change.removedNodes].some(node => node.contains(last.element)))) {
        last.isTaken = true;
      }
      for (const node of change.addedNodes) {
        const wanted = node.nodeType === 1 && (node.matches("[data-focus]") ? node : node.querySelector("[data-focus]"));
        // Not while a page opens: its heading has the focus then.
        if (wanted && last?.path === location.pathname && wanted.getClientRects().length > 0) {
          opened.push(wanted);
        }
      }
    }
    // The first of them on the page.
    opened.sort((one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1)[0]?.focus();
    if (!timer && last?.isTaken && (!document.activeElement || document.activeElement === document.body)) {
      timer = setTimeout(look, 60);
    }
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "hidden"] });

  // Blazor takes the link for one to another page, and leaves the focus where it is.
  document.addEventListener("click", event => {
    if (event.target.closest?.(".skip")) {
      event.preventDefault();
      document.getElementById("content").focus();
    }
  }, true);

  // Escape closes the menu, and a form that can be cancelled.
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(".mud-dialog-container")) {
      return;
    }
    const menu = document.querySelector(".menu-open .topbar button");
    if (menu) {
      menu.click();
      menu.focus();
      return;
    }
    const form = document.activeElement?.closest("form, [data-escape]");
    const cancel = form?.querySelector("[data-cancel]") ?? [...form?.querySelectorAll("button") ?? []].find(button => button.textContent.trim() === "Cancel");
    cancel?.click();
  });
})();
