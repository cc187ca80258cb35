/* Shows the lines of a document that state a value, in their context, without leaving the page. */

const AROUND = 3, MOST = 25;
const pages = new Map();

const make = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** Open beside `link` the lines at the address `href`; throws where the document cannot be had. */
export async function showSource(link, href) {
  const url = new URL(href), [address] = href.split("#");
  if (!pages.has(address)) pages.set(address, read(address));
  const page = await pages.get(address).catch((error) => {
    pages.delete(address);
    throw error;
  });
  const first = Number(url.hash.slice(2)), last = Math.max(first, Number(/(\d+)\D*$/.exec(link.textContent)?.[1] ?? first));
  const whole = link.textContent.startsWith("[");
  const target = page.getElementById(`l${first}`);
  if (!target) throw new Error(`${href} has no such line`);
  const name = page.querySelector("h1")?.firstChild.textContent.trim() || "The document";
  open(link, href, name, whole ? first : last, first, target);
}

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function open(link, href, name, last, first, target) {
  document.getElementById("source")?.remove();
  const which = first === last ? `Line ${first}` : `Lines ${first}–${last}`;
  const close = make("button", { type: "button", class: "source__close", "aria-label": "Close" }, "×");
  const heading = make("p", { id: "source-name", class: "source__name", tabindex: "-1" }, make("strong", {}, which), ` of ${name}`);
  const box = make("div", { id: "source", class: "source", popover: "auto", role: "dialog", "aria-labelledby": heading.id },
    heading, close, lines(target, first, last), make("a", { href }, "Open the whole document"));
  link.closest("main").append(box);
  close.addEventListener("click", () => box.hidePopover());
  box.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    const inside = box.contains(document.activeElement) || document.activeElement === document.body;
    box.remove();
    if (inside) link.focus({ preventScroll: true });
  });
  box.showPopover();
  stand(box, link);
  heading.focus({ preventScroll: true });
  box.querySelector("mark")?.closest("li").scrollIntoView({ block: "nearest" });
}

function lines(target, first, last) {
  const list = make("ol", { class: "source__lines", tabindex: "0", "aria-label": "Lines of the document" });
  let line = target;
  for (let step = 0; step < AROUND && line.previousElementSibling; step += 1) line = line.previousElementSibling;
  const numberOf = (item) => Number(item.id.slice(1));
  for (; line && (numberOf(line) || first) <= last + AROUND && list.childElementCount < MOST; line = line.nextElementSibling) {
    const text = line.querySelector("code")?.textContent ?? "⋯", number = numberOf(line), here = number >= first && number <= last;
    if (line.id) list.append(make("li", { value: number }, here ? make("mark", {}, text || " ") : text));
  }
  return list;
}

/** Place the box below its link, or above where there is more room; a narrow window has it at its lower edge. */
function stand(box, link) {
  if (innerWidth < 600) return;
  const at = link.getBoundingClientRect(), { width, height } = box.getBoundingClientRect(), gap = 6;
  const below = at.bottom + gap + height <= innerHeight || at.top < innerHeight / 2;
  const top = below ? Math.min(at.bottom + gap, innerHeight - height - gap) : at.top - gap - height;
  box.style.top = `${Math.max(gap, top)}px`;
  box.style.left = `${Math.max(gap, Math.min(at.left - 20, innerWidth - width - 2 * gap))}px`;
}
