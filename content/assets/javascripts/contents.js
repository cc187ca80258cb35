/* The list of a page's sections: made from their headings, it shows where the reader is and closes when it has led there. */

const FEWEST = 2, MOST_WITH_PARTS = 9;
const main = document.querySelector("main"), contents = document.querySelector(".sectioned") && document.createElement("nav");
const opening = document.createElement("button");
const plain = (heading) => [...heading.childNodes].filter((node) => !node.classList?.contains("headerlink"))
  .map((node) => node.textContent).join("");
let links = [], places = [], current = null;

function link(heading) {
  const item = document.createElement("li"), leading = document.createElement("a");
  leading.href = `#${heading.id}`;
  leading.textContent = plain(heading);
  item.append(leading);
  return item;
}

/** List the sections, and below them their parts where there are few. */
function list() {
  const sections = [...main.querySelectorAll("h2[id]:not([hidden])")];
  const listed = document.createElement("ul");
  let inner = null;
  for (const heading of main.querySelectorAll(sections.length <= MOST_WITH_PARTS ? ":is(h2, h3)[id]:not([hidden])" : "h2[id]:not([hidden])")) {
    const item = link(heading);
    if (heading.matches("h2")) {
      listed.append(item);
      inner = null;
    } else if (listed.lastChild) {
      if (!inner) listed.lastChild.append(inner = document.createElement("ul"));
      inner.append(item);
    }
  }
  contents.replaceChildren(...(sections.length >= FEWEST ? [listed] : []));
  opening.hidden = sections.length < FEWEST;
  links = [...contents.querySelectorAll("a")];
  places = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
  current = null;
}

function follow() {
  const edge = 12 + (parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0);
  let index = places.findLastIndex((place) => place && place.getBoundingClientRect().top <= edge);
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  if (atEnd && scrollY > 0) {
    const asked = links.findIndex(({ hash }) => hash === location.hash);
    index = Math.max(index, asked, 0);
  }
  if (links[index] === current) return;
  current?.removeAttribute("aria-current");
  current = links[index] ?? null;
  current?.setAttribute("aria-current", "true");
  if (!current || !contents.checkVisibility?.()) return;
  const { top, bottom } = current.getBoundingClientRect(), box = contents.getBoundingClientRect();
  if (top < box.top || bottom > box.bottom) contents.scrollTop += top - box.top - box.height / 2;
}

let waiting = false;
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    follow();
  });
}

/** Put the list beside the text, and a button that opens it on a narrow screen into the header. */
function place() {
  contents.className = "md-toc";
  contents.id = "__toc";
  opening.type = "button";
  opening.className = "md-icon contents";
  for (const part of [contents, opening]) part.setAttribute("aria-label", "On this page");
  contents.setAttribute("popover", "");
  opening.setAttribute("popovertarget", contents.id);
  main.before(contents);
  document.querySelector(".search-link").after(opening);
}

if (contents) {
  place();
  list();
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  addEventListener("hashchange", soon);
  document.addEventListener("catalog:sections", () => {
    list();
    soon();
  });
  soon();
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
  });
}
