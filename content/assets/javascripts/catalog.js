/* Small comforts.  Every page can be read without them. */
(function () {
  "use strict";

  // E-mail addresses are written "name (at) host" so that collectors do not find them.  For readers they are links.
  document.querySelectorAll(".mail").forEach(function (place) {
    var parts = /^(\S+) \(at\) (\S+)$/.exec(place.textContent.trim());
    if (!parts) return;
    var link = document.createElement("a");
    link.href = "mailto:" + encodeURIComponent(parts[1]) + "@" + encodeURIComponent(parts[2]);
    link.textContent = parts[1] + "@" + parts[2];
    place.replaceChildren(link);
  });

  // Sections can be linked to.
  document.querySelectorAll(".md-content :is(h2, h3)[id]").forEach(function (heading) {
    var link = document.createElement("a");
    link.className = "headerlink";
    link.href = "#" + heading.id;
    link.title = "Link to this section";
    link.textContent = "#";
    heading.append(link);
  });

  // What is folded opens when a link leads into it, and for printing.
  function unfold(place) {
    for (var fold = place && place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
  function showTarget() {
    var place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || !place.closest("details")) return;
    unfold(place);
    place.scrollIntoView();
  }
  window.addEventListener("hashchange", showTarget);
  window.addEventListener("load", showTarget);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(".md-content details").forEach(function (fold) { fold.open = true; });
  });

  // A date says how long ago it is, by the reader's clock: a site that was built long ago does not lie.
  function age(date) {
    var parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date);
    if (!parts) return "";
    var now = new Date();
    var months = (now.getFullYear() - +parts[1]) * 12 + now.getMonth() + 1 - +parts[2];
    if (parts[3] && now.getDate() < +parts[3]) months -= 1;
    if (months < 1) return "";
    var years = Math.floor(months / 12);
    if (years < 1) return months === 1 ? "1 month ago" : months + " months ago";
    return years === 1 ? "1 year ago" : years + " years ago";
  }
  document.querySelectorAll(".trial-head time[datetime]").forEach(function (time) {
    var text = age(time.getAttribute("datetime"));
    if (!text) return;
    var span = document.createElement("span");
    span.className = "age";
    span.textContent = " (" + text + ")";
    time.after(span);
  });

  // The search field of the home page opens the search that every page has.
  document.querySelectorAll("label.hero__search").forEach(function (label) {
    label.tabIndex = 0;
    label.setAttribute("role", "button");
    label.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      label.click();
      var field = document.querySelector("[data-md-component=search-query]");
      if (field) field.focus();
    });
  });

  // A line of a document that was asked for by its number comes into view below the header.
  function showLine() {
    var place = /^#l\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (place) place.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", showLine);
  window.addEventListener("load", showLine);
})();
