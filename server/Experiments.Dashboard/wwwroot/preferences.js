// Loaded in the head, before anything is painted: the colours, which the server learns by cookie for the next page.
window.preferences = (() => {
  const year = 365 * 24 * 60 * 60;
  const set = (name, value) => { document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`; };
  const get = name => document.cookie.split("; ").find(part => part.startsWith(name + "="))?.slice(name.length + 1);
  const dark = get("dashboard-dark") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "1" : "0");
  document.documentElement.dataset.theme = dark === "1" ? "dark" : "light";
  return {
    isDark: () => document.documentElement.dataset.theme === "dark",
    setDark: isDark => {
      set("dashboard-dark", isDark ? "1" : "0");
      document.documentElement.dataset.theme = isDark ? "dark" : "light";
    },
    set: (name, value) => set("dashboard-" + name, value),
  };
})();
