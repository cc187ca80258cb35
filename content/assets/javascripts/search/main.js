/* What every page loads: it wakes the search field when somebody turns to it, and the search page if this is it. */

const forms = document.querySelectorAll(".search-box, [data-catalog-search]");
const page = document.querySelector("[data-search-page]");

document.querySelector(".search-box input")?.setAttribute("placeholder", "Search trials, drugs, people …");
for (const form of forms) {
  const wake = () => import("./box.js").then(({ openBox }) => {
    openBox(form);
    const field = form.querySelector("input[name=q]");
    if (document.activeElement === field) field.dispatchEvent(new Event(field.value ? "input" : "focus"));
  });
  form.addEventListener("focusin", wake, { once: true });
  form.addEventListener("pointerenter", wake, { once: true });
}

// "/" goes to the search field, as on most sites; where there is no room for one, to the search page.
const field = document.querySelector(":is(.search-box, [data-catalog-search]) input[name=q]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  const shown = document.querySelector("#search-query") ?? (field?.checkVisibility?.() === false ? null : field);
  if (shown) shown.focus();
  else document.querySelector(".search-link")?.click();
});

if (page) import("./page.js").then(({ fillPage }) => fillPage(page));
