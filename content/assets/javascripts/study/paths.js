/* What the addresses of pages tell, and the anchors of their sections. */

/** Return the id of the trial whose page has this name in its address. */
export const idIn = (name) => (/^nct\d{8}$/.test(name) ? name.toUpperCase() : name);

/** Return the folder and the name of this page, as an address calls it. */
export const pageName = () => location.pathname.split("/").slice(-3, -1).join("/");

/** Return the anchor of a heading that is the same in every language: in others than English it stands inside. */
export const anchorOf = (heading) => heading.querySelector(":scope > span[id]")?.id ?? heading.id;

/** Return the heading to which one of the anchors leads, or undefined. */
export const headingAt = (...anchors) => [...document.querySelectorAll(anchors.map((anchor) => `#${anchor}`).join())].map((place) => place.closest("h2, h3, h4") ?? place)[0];
