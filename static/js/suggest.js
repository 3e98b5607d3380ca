/* Suggestions under a search box: an editable combobox with a list (ARIA APG). The box itself keeps the focus.
   Without this script the box is a plain field. */
(() => {
  const PAUSE = 150; // ms without a key before asking
  const MINIMUM = 2; // characters

  function enhance(input) {
    const list = document.createElement("div");
    const status = document.createElement("span");
    let options = [];
    let active = -1;
    let timer = 0;
    let question = null;
    let asked = "";

    list.id = `${input.id}-suggestions`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel);
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    input.after(list, status);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", list.id],
    ]) input.setAttribute(name, value);

    function choose(at) {
      options[active]?.setAttribute("aria-selected", "false");
      active = at;
      const option = options[active];
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({ block: "nearest" });
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    }

    function open() {
      if (!options.length) return;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }

    function close() {
      choose(-1);
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
    }

    function cancel() {
      clearTimeout(timer);
      question?.abort();
      question = null;
    }

    function show(html, focused) {
      close();
      list.innerHTML = html;
      options = [...list.querySelectorAll("[role=option]")];
      options.forEach((option, at) => (option.id = `${list.id}-${at}`));
      status.textContent = options.length ? `${input.dataset.suggestLabel}: ${options.length}` : "";
      if (focused) open();
    }

    async function ask() {
      asked = input.value.trim();
      if (asked.length < MINIMUM) return show("", false);
      const url = `${input.dataset.suggest}?q=${encodeURIComponent(asked)}`;
      question = new AbortController();
      try {
        const answer = await fetch(url, { signal: question.signal });
        if (answer.ok) show(await answer.text(), document.activeElement === input);
      } catch {
        /* no answer, or one that came too late: the box works all the same */
      }
    }

    function follow(option) {
      cancel();
      close();
      window.location.assign(option.dataset.url);
    }

    function move(step) {
      if (list.hidden) open();
      if (list.hidden) return;
      const last = options.length - 1;
      if (active === -1) choose(step > 0 ? 0 : last);
      else choose(active + step > last || active + step < 0 ? -1 : active + step);
    }

    input.addEventListener("input", () => {
      cancel();
      timer = setTimeout(ask, PAUSE);
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!options.length) return;
        event.preventDefault();
        if (event.altKey && event.key === "ArrowUp") close();
        else if (event.altKey) open();
        else move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        follow(options[active]);
      } else if (event.key === "Enter" || event.key === "Tab") {
        cancel();
        close();
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        cancel();
        close();
      } else if (event.key === "Home" || event.key === "End") {
        choose(-1); // the cursor goes to the beginning or the end of what was typed
      }
    });

    /* A press must not take the focus from the box; a click follows. */
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) follow(option);
    });
    input.addEventListener("click", () => input.value.trim() === asked && open());
    input.addEventListener("blur", () => {
      cancel();
      close();
    });
    input.form?.addEventListener("submit", () => {
      cancel();
      close();
    });
  }

  for (const input of document.querySelectorAll("input[data-suggest]")) enhance(input);
})();
