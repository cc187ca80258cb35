/* The document beside the page, for those who check: each mark of a source shows its line there. */

import { gettext } from "../language.js";

const SHOWN = "with-document";

/** Return whether marks show their line in the document beside the page. */
export const isBeside = () => document.body.classList.contains(SHOWN);

/** Show the line at the address `href` in the document beside the page. */
export function showBeside(href) {
  /** @type {HTMLElement} */
  let place = document.querySelector(".beside");
  if (!place) {
    place = document.createElement("aside");
    place.className = "beside";
    place.setAttribute("aria-label", gettext("The document"));
    const frame = document.createElement("iframe");
    frame.title = gettext("The document");
    place.append(frame);
    document.querySelector("main").append(place);
  }
  place.querySelector("iframe").contentWindow.location.replace(href); // and so no step of the reader's way back
}

/** Show the document of the page's first mark beside the page, or take it away; return whether it is shown. */
export function toggleBeside(first) {
  const shown = document.body.classList.toggle(SHOWN);
  if (shown) showBeside(first);
  else document.querySelector(".beside")?.remove();
  return shown;
}
