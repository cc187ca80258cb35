/* What every page loads of the comparison, the pocket card, the manager's desk and the to-do list: it fetches what belongs here. */

/** Give this page what belongs to it. */
export function startStudies() {
  const compare = document.querySelector("[data-compare]");
  const card = document.querySelector("[data-card]");
  const tasks = document.querySelector("[data-todo]");
  const desk = document.querySelector("[data-desk]");
  if (desk) import("../desk/page.js").then(({ fillDesk }) => fillDesk(desk));
  else if (compare) import("../compare/page.js").then(({ fillComparison }) => fillComparison(compare));
  else if (card) import("../card/page.js").then(({ fillCard }) => fillCard(card));
  else if (tasks) import("./todo.js").then(({ narrowTasks }) => narrowTasks(tasks));
}
