/* What the addresses of pages tell. */

/** Return the id of the trial whose page has this name in its address. */
export const idIn = (name) => (/^nct\d{8}$/.test(name) ? name.toUpperCase() : name);

/** Return the folder and the name of this page, as an address calls it. */
export const pageName = () => location.pathname.split("/").slice(-3, -1).join("/");
