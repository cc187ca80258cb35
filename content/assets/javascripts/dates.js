/* Dates as the page's language writes them, and how long ago they are by the reader's clock: a site that was built
   long ago does not lie. */

const asWritten = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/;
const language = document.documentElement.lang || "en";
const formats = ["year", "month", "day"].map((_, index) => new Intl.DateTimeFormat(language.startsWith("en") ? "en-GB" : language, {
  year: "numeric", ...(index > 0 && { month: "long" }), ...(index > 1 && { day: "numeric" }), timeZone: "UTC",
}));
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/* In the lists of trials dates stand as text behind the generator's own words: as elements they would be a tenth of
   each line.  What lies between two dots is one statement. */
const COURSE = /^(?:from|to|as of) /;
const DATE = /\b(?:from|to|as of) (\d{4}(?:-\d{2}){0,2})(?![-\d])/g;

/** Return a statement with its dates as elements. */
function marked(statement) {
  const pieces = [];
  let from = 0;
  for (const { 0: found, 1: date, index } of statement.matchAll(DATE)) {
    const at = index + found.length - date.length, time = document.createElement("time");
    time.textContent = date;
    pieces.push(statement.slice(from, at), time);
    from = at + date.length;
  }
  return [...pieces, statement.slice(from)];
}

function age([, year, month, day]) {
  const now = new Date();
  let months = (now.getFullYear() - year) * 12 + now.getMonth() + 1 - month;
  if (day && now.getDate() < day) months -= 1;
  if (months < 1) return "";
  return months < 12 ? relative.format(-months, "month") : relative.format(-Math.floor(months / 12), "year");
}

/** Rewrite the dates of the text. */
export function writeDates(main) {
  for (const line of main.querySelectorAll(":is(.rows, .index) > ul > li > small")) {
    for (const node of [...line.childNodes]) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const pieces = node.data.split(" · ").flatMap((statement, index) => [index ? " · " : "", ...(COURSE.test(statement) ? marked(statement) : [statement])]);
      if (pieces.some((piece) => piece.nodeType)) node.replaceWith(...pieces);
    }
  }
  for (const time of main.querySelectorAll("time")) {
    const text = time.textContent.trim(), parts = asWritten.exec(time.dateTime || text);
    if (!parts) continue;
    const [, year, month, day] = parts.map(Number);
    if (text === parts[0] || (!language.startsWith("en") && /\d{4}$/.test(text))) {
      const moment = new Date(Date.UTC(year, month - 1, day || 1));
      if (moment.getUTCMonth() + 1 !== month) continue; // no day of the calendar
      time.dateTime = parts[0];
      time.textContent = formats[day ? 2 : 1].format(moment);
    }
    const ago = time.closest(".trial-head") && age(parts);
    if (ago) {
      const said = document.createElement("span");
      said.className = "age";
      said.textContent = ` (${ago})`;
      time.after(said);
    }
  }
}
