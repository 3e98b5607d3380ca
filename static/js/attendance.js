// What others note comes by itself; a press or a search goes before it: an answer from before would show what was.
(() => {
  let busy = 0;
  const comesByItself = (event) => event.detail.elt.id === "attendance-refresh";

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (comesByItself(event)) {
      if (busy) event.preventDefault();
      return;
    }
    busy += 1;
    const waiting = document.getElementById("attendance-refresh");
    if (waiting) htmx.trigger(waiting, "htmx:abort");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!comesByItself(event)) busy -= 1;
  });
})();
