/* What every page loads: it wakes the search field when somebody turns to it, and the search page if this is it. */

const forms = document.querySelectorAll("form[data-catalog-search]");
const page = document.querySelector("[data-search-page]");

for (const form of forms) {
  const wake = () => import("./box.js").then(({ openBox }) => {
    openBox(form);
    const field = form.querySelector("input[name=q]");
    if (document.activeElement === field) field.dispatchEvent(new Event(field.value ? "input" : "focus"));
  });
  form.addEventListener("focusin", wake, { once: true });
  form.addEventListener("pointerenter", wake, { once: true });
}

// "/" goes to the search field, as on most sites; labels of the former field do, too.
const field = document.querySelector("#search-query, form[data-catalog-search] input[name=q]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  (document.querySelector("#search-query") ?? field)?.focus();
});
document.getElementById("__search")?.addEventListener("change", (event) => {
  event.target.checked = false;
  if (field?.checkVisibility?.() ?? field) field.focus();
  else location.assign(document.querySelector(".search-link").href);
});

if (page) import("./page.js").then(({ fillPage }) => fillPage(page));
