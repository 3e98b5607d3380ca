/* The list with filters: filters apply themselves on a desk and wait for the button in a phone's dialog;
   after every answer the number of results is announced and the focus stays where the reader was. */
(() => {
  const form = document.getElementById("listing-form");
  if (!form) return;
  const phone = window.matchMedia("(max-width: 59.99rem)");
  const filters = () => document.getElementById("filters");
  const sheet = () => document.getElementById("filters-sheet");
  let focusOnCount = false;

  function openSheet() {
    sheet().append(filters().querySelector(".filters__body"));
    sheet().showModal();
  }

  /* Back into the page, so that the form and a wider window find the filters where they belong. */
  function putBack() {
    const body = sheet()?.querySelector(".filters__body");
    if (body) filters().append(body);
  }

  function forgetChanges() {
    for (const box of form.querySelectorAll(".facet input[type=checkbox]")) box.checked = box.defaultChecked;
    for (const day of form.querySelectorAll(".days input")) day.value = day.defaultValue;
    for (const choice of form.querySelectorAll(".days option")) choice.selected = choice.defaultSelected;
  }

  /* The rest of a long facet, in the place of the link to it; the page of the link has it. */
  async function showAll(link) {
    const name = link.closest(".facet").dataset.facet;
    try {
      const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const rest = page.querySelector(`[data-facet="${CSS.escape(name)}"] .facet__rest`);
      rest.open = true;
      link.parentElement.replaceWith(rest);
      return rest;
    } catch {
      window.location.assign(link.href);
    }
  }

  /* Asked for once, however often the reader clicks or types meanwhile. */
  const shown = new WeakMap();
  function shownAll(link) {
    if (!shown.has(link)) shown.set(link, showAll(link));
    return shown.get(link);
  }

  function findIn(input) {
    const wanted = input.value.trim().toLocaleLowerCase();
    const fieldset = input.closest("fieldset");
    const link = fieldset.querySelector(".facet__more");
    if (link && wanted) return shownAll(link).then(() => findIn(input));
    const rest = fieldset.querySelector(".facet__rest");
    if (rest && wanted) rest.open = true;
    let found = 0;
    for (const value of fieldset.querySelectorAll(".facet__value")) {
      const label = value.querySelector(".facet__label").textContent.toLocaleLowerCase();
      value.hidden = !label.includes(wanted);
      if (!value.hidden) found += 1;
    }
    const none = fieldset.querySelector("[data-none]");
    none.textContent = found ? "" : none.dataset.none;
  }

  form.addEventListener("click", (event) => {
    if (phone.matches && event.target.closest(".filters > summary")) {
      event.preventDefault();
      openSheet();
    } else if (event.target.closest("[data-close]")) {
      forgetChanges();
      sheet().close();
    } else if (event.target.closest("[data-apply]")) {
      focusOnCount = true;
      if (sheet().open) sheet().close();
    } else if (event.target.closest("[data-focus=count]")) {
      focusOnCount = true;
    } else if (event.target.closest(".facet__more") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      shownAll(event.target.closest(".facet__more")).then((rest) => rest?.querySelector("input")?.focus());
    }
  });

  form.addEventListener("cancel", forgetChanges, true);
  form.addEventListener("close", putBack, true);
  phone.addEventListener("change", () => sheet().open && sheet().close());

  form.addEventListener("change", (event) => {
    if (!event.target.matches(".facet input[type=checkbox]") || phone.matches) return;
    filters().dispatchEvent(new CustomEvent("filters-changed"));
  });

  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-find]")) findIn(event.target);
  });

  /* Enter in a facet's own little search field must not send the form. */
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-find]")) event.preventDefault();
  });

  /* Addresses worth sharing: nothing empty in them. */
  document.addEventListener("htmx:configRequest", (event) => {
    for (const name of ["q", "van", "tot", "vrij-van", "vrij-tot", "dagdeel"]) {
      if (event.detail.parameters[name] === "") delete event.detail.parameters[name];
    }
  });

  /* The facets that the reader opened or closed stay so when the list is replaced. */
  let before = new Map();
  const nameOf = (facet) => facet.dataset.facet ?? facet.querySelector("summary").textContent.trim();
  document.addEventListener("htmx:beforeSwap", () => {
    before = new Map();
    for (const facet of form.querySelectorAll(".facet")) {
      before.set(nameOf(facet), { open: facet.open, all: facet.querySelector(".facet__rest")?.open });
    }
  });

  function asBefore(facet) {
    const was = before.get(nameOf(facet));
    if (!was) return;
    facet.open = was.open;
    if (!was.all) return;
    const rest = facet.querySelector(".facet__rest");
    const link = facet.querySelector(".facet__more");
    if (rest) rest.open = true;
    else if (link) shownAll(link);
  }

  document.addEventListener("htmx:afterSwap", () => {
    const listing = document.getElementById("listing");
    form.querySelectorAll(".facet").forEach(asBefore);
    document.getElementById("listing-status").textContent = listing.dataset.status.trim();
    if (!focusOnCount) return;
    focusOnCount = false;
    const wrong = form.querySelector(".days [aria-invalid]");
    if (wrong?.checkVisibility()) return wrong.focus();
    const count = document.getElementById("listing-count");
    count.focus({ preventScroll: true });
    count.scrollIntoView({ block: "start" });
  });

  /* What was not answered must not leave the reader waiting: follow the address the plain way. */
  document.addEventListener("htmx:responseError", (event) => {
    window.location.assign(event.detail.pathInfo.finalRequestPath);
  });
})();
