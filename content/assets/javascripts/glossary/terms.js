/* Explains the field's terms where they stand: labels of facts, headings, the status.  Each term once on a page. */

import { element, root } from "../search/site.js";

const GLOSSARY = new URL("about/glossary/", root).href;

/** What a label says -> the term of the glossary that explains it, as its heading's anchor. */
export const TERMS = {
  "Kind of study": "kind-of-study", Phase: "phase", Participants: "participants", Start: "start", "Primary completion": "primary-completion",
  Completion: "completion", Allocation: "allocation", Model: "model", Masking: "masking", "Primary purpose": "primary-purpose",
  "Observational model": "observational-model", "Time perspective": "time-perspective", "Data monitoring committee": "data-monitoring-committee",
  "Healthy volunteers": "healthy-volunteers", "Age groups": "age-groups", Sampling: "sampling", "Lead sponsor": "sponsor", Sponsor: "sponsor",
  Sponsors: "sponsor", "Sponsor, role not stated": "sponsor", Collaborator: "collaborator", "Responsible party": "responsible-party",
  "Inclusion criteria": "eligibility-criteria", "Who can take part": "eligibility-criteria", "Arms and interventions": "arm", Interventions: "intervention",
  "Primary outcomes": "primary-outcome", "Secondary outcomes": "secondary-outcome", "Other outcomes": "other-outcome",
  "Sites and contacts": "site", Results: "results", "Results in the registry": "results", "Plan to share individual data": "plan-to-share-individual-data",
  "ClinicalTrials.gov": "registry-number", "EudraCT number": "eu-number", "EU CT number (CTIS)": "eu-number", Identifiers: "registry-number",
  "Status last verified": "last-verified", "Last verified": "last-verified", "Principal investigator": "principal-investigator",
};
/** A status -> its term. */
export const STATUSES = {
  "Not yet recruiting": "not-yet-recruiting", Recruiting: "recruiting", "Enrolling by invitation": "enrolling-by-invitation",
  "Active, not recruiting": "active-not-recruiting", Completed: "completed", Suspended: "suspended", Terminated: "terminated",
  Withdrawn: "withdrawn", "Unknown status": "unknown-status", Available: "expanded-access", "No longer available": "expanded-access",
  "Temporarily not available": "expanded-access", "Approved for marketing": "expanded-access",
};
const LABELS = ".facts li > strong:first-child, main h2, main h3";

let page = null;

/** Make the labels of this page that the glossary knows open its words. */
export function explainTerms() {
  if (!HTMLElement.prototype.showPopover) return;
  const seen = new Set();
  const mark = (place, text, anchor) => {
    if (!anchor || seen.has(anchor)) return;
    seen.add(anchor);
    const node = [...place.childNodes].find((child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
    if (!node || !node.textContent.includes(text)) return;
    const [before, after] = [node.textContent.slice(0, node.textContent.indexOf(text)), node.textContent.slice(node.textContent.indexOf(text) + text.length)];
    const button = element("button", { type: "button", class: "term", "aria-haspopup": "dialog", title: "What does this mean?" }, text);
    button.addEventListener("click", () => explain(button, anchor));
    node.replaceWith(before, button, after);
  };
  const chip = document.querySelector(".trial-head b");
  if (chip) mark(chip, chip.textContent.trim(), STATUSES[chip.textContent.trim()]);
  for (const place of document.querySelectorAll(LABELS)) {
    const text = [...place.childNodes].find((child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim())?.textContent.trim().replace(/ \([\d,]+\)$/, "") ?? "";
    if (Object.hasOwn(TERMS, text)) mark(place, text, TERMS[text]);
  }
}

async function explain(button, anchor) {
  const address = `${GLOSSARY}#${anchor}`;
  page ??= fetch(GLOSSARY).then(async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html"));
  let heading;
  try {
    heading = (await page).getElementById(anchor);
  } catch {
    page = null;
  }
  if (!heading) return location.assign(address);
  const words = [];
  for (let next = heading.nextElementSibling; next && !/^H[123]$/.test(next.tagName); next = next.nextElementSibling) {
    const copy = document.importNode(next, true);
    for (const link of copy.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), GLOSSARY).href;
    words.push(copy);
  }
  document.getElementById("term")?.remove();
  const name = element("p", { id: "term-name", class: "term-box__name", tabindex: "-1" }, element("strong", {}, heading.firstChild.textContent.trim()));
  const close = element("button", { type: "button", class: "term-box__close", "aria-label": "Close" }, "×");
  const box = element("div", { id: "term", class: "term-box", popover: "auto", role: "dialog", "aria-labelledby": "term-name" },
    name, close, words, element("p", {}, element("a", { href: address }, "All terms")));
  close.addEventListener("click", () => box.hidePopover());
  box.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    const inside = box.contains(document.activeElement) || document.activeElement === document.body;
    box.remove();
    if (inside) button.focus({ preventScroll: true });
  });
  button.closest("main").append(box);
  box.showPopover();
  stand(box, button);
  name.focus({ preventScroll: true });
}

/** Place the box below its term, or above where there is more room; a narrow window has it at its lower edge. */
function stand(box, button) {
  if (innerWidth < 600) return;
  const at = button.getBoundingClientRect(), { width, height } = box.getBoundingClientRect(), gap = 6;
  const below = at.bottom + gap + height <= innerHeight || at.top < innerHeight / 2;
  box.style.top = `${Math.max(gap, below ? Math.min(at.bottom + gap, innerHeight - height - gap) : at.top - gap - height)}px`;
  box.style.left = `${Math.max(gap, Math.min(at.left, innerWidth - width - 2 * gap))}px`;
}
