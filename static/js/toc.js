/* Marks the section that is being read in the table of contents, and closes the phone's list after a choice. */
(() => {
  const toc = document.getElementById("toc");
  if (!toc) return;
  const links = new Map([...toc.querySelectorAll("a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  let current = null;

  function mark() {
    const first = [...links.keys()].find((id) => seen.has(id));
    if (!first || first === current) return;
    links.get(current)?.removeAttribute("aria-current");
    links.get(first).setAttribute("aria-current", "location");
    current = first;
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target.id);
        else seen.delete(target.id);
      }
      mark();
    },
    { rootMargin: "-15% 0px -60% 0px" },
  );
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) observer.observe(section);
  }

  const [top] = links.keys();
  if (top) {
    current = top;
    links.get(top).setAttribute("aria-current", "location");
  }

  toc.addEventListener("click", (event) => {
    if (event.target.closest("a")) toc.open = false;
  });
})();
