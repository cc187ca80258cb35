/* The keys of `trial-catalog review`: each chooses the button that names it; p goes to the buttons of "part of". */

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.matches("input")) return;
  if (event.key === "p") document.querySelector("[data-key='1']")?.focus();
  else document.querySelector(`[data-key='${CSS.escape(event.key)}']`)?.click();
});
