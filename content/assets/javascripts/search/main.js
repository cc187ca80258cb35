/* What every page loads: it wakes the search field when somebody turns to it, and the search page if this is it. */

/** Give the search fields of this page, and the search page, what belongs to them; may be called for each page shown. */
export function startSearch() {
  for (const form of document.querySelectorAll(".search-box, [data-catalog-search]")) {
    if (form.dataset.wakes) continue; // the header stays from page to page
    form.dataset.wakes = "true";
    const wake = () => import("./box.js").then(({ openBox }) => {
      openBox(form);
      const field = form.querySelector("input[name=q]");
      if (document.activeElement === field) field.dispatchEvent(new Event(field.value ? "input" : "focus"));
    });
    form.addEventListener("focusin", wake, { once: true });
    form.addEventListener("pointerenter", wake, { once: true });
  }
  const page = document.querySelector("[data-search-page]");
  if (!page || page.dataset.fills) return;
  page.dataset.fills = "true";
  import("./page.js").then(({ fillPage }) => fillPage(page));
}

// "/" goes to the search field, as on most sites; where there is no room for one, to the search page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  const fields = document.querySelectorAll("#search-query, :is(.search-box, [data-catalog-search]) input[name=q]");
  const shown = [...fields].find((field) => field.checkVisibility?.() !== false);
  if (shown) shown.focus();
  else document.querySelector(".search-link")?.click();
});
