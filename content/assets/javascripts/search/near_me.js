/* On the home page: trials near the reader, by the browser's own position, which it is asked for and tells nobody else. */

import { gettext } from "../language.js";
import { askPosition, MY_POSITION } from "./engine.js";

/** Ask for the position, and go to the search with what the form asks for. */
export async function searchNearMe(form, button) {
  if (await askPosition()) location.assign(`${form.action}?${new URLSearchParams({ q: form.elements.q.value, near: MY_POSITION })}`);
  else button.textContent = gettext("Your browser does not tell where it is. Type a town instead.");
}
