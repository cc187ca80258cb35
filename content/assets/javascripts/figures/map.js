/* A dot of a map leads where its town's link on the page leads.  By keyboard one uses that link. */

/** Let the dots of all maps lead to the pages of their towns. */
export function linkDots() {
  const links = new Map();
  for (const link of document.querySelectorAll('main a[href*="places/"], .towns a')) {
    if (!links.has(link.textContent)) links.set(link.textContent, link.href);
  }
  for (const title of document.querySelectorAll("figure.map title")) {
    const href = links.get(title.textContent.split(/, |\s*: /)[0]);
    if (!href) continue;
    title.parentNode.classList.add("has-page");
    title.parentNode.addEventListener("click", () => location.assign(href));
  }
}
