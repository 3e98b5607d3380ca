/* Marks the part that is being read in the table of contents, and closes the phone's list after a choice. */
(() => {
  const toc = document.getElementById("toc");
  if (!toc) return;
  const parts = [...toc.querySelectorAll("a[href^='#']")]
    .map((link) => ({ link, target: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter(({ target }) => target);
  const line = 0.35; // of the window's height: what has passed it is being read
  let current = null;

  function mark() {
    const passed = parts.filter(({ target }) => target.getBoundingClientRect().top <= window.innerHeight * line);
    const now = (passed.at(-1) ?? parts[0])?.link;
    if (!now || now === current) return;
    current?.removeAttribute("aria-current");
    now.setAttribute("aria-current", "location");
    current = now;
  }

  const observer = new IntersectionObserver(mark, { rootMargin: `0px 0px -${100 - line * 100}% 0px` });
  for (const { target } of parts) observer.observe(target);

  toc.addEventListener("click", (event) => {
    if (event.target.closest("a")) toc.open = false;
  });
})();
