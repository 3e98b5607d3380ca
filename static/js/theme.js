/* Runs before the first paint: says that there is script, and applies the chosen display. */
(() => {
  const root = document.documentElement;
  root.classList.add("has-script");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    /* storage is switched off: the device decides */
  }
})();
