// After the privacy of a page was changed in its dialog: the labels as the server draws them now.
document.addEventListener("w-privacy:changed", async () => {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const label of document.querySelectorAll("[data-audience]")) {
    const now = fresh.querySelector(`[data-audience="${label.dataset.audience}"]`);
    if (now) label.replaceChildren(...now.childNodes);
  }
});
