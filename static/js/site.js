/* The choice of display, and the phone menu that closes on Escape and on a click elsewhere. */
(() => {
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  if (theme) {
    theme.value = root.dataset.theme ?? "";
    theme.addEventListener("change", () => {
      if (theme.value) root.dataset.theme = theme.value;
      else delete root.dataset.theme;
      try {
        if (theme.value) localStorage.setItem("theme", theme.value);
        else localStorage.removeItem("theme");
      } catch {
        /* storage is switched off: the choice holds for this page */
      }
    });
  }

  const menu = document.querySelector("details.menu");
  if (!menu) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
})();
