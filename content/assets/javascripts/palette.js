/* Light or dark, before the page is painted: as the system says, or as the reader chose on this site. */
(function () {
  "use strict";
  var root = document.documentElement;
  var key = new URL("../..", document.currentScript.src).pathname + "colours";
  var system = matchMedia("(prefers-color-scheme: dark)");
  var frame = document.createElement("meta");
  var choices = ["", "light", "dark"];
  var names = { "": "as the system says", light: "light", dark: "dark" };
  var chosen = "";
  try { chosen = localStorage.getItem(key) || ""; } catch (error) { /* no storage: the system decides */ }

  function show() {
    var dark = chosen ? chosen === "dark" : system.matches;
    root.dataset.mdColorScheme = dark ? "slate" : "default";
    root.dataset.colours = chosen;
    frame.content = dark ? "#141b1e" : "#ffffff";
  }

  root.classList.add("js");
  frame.name = "theme-color";
  document.head.append(frame);
  system.addEventListener("change", show);
  show();

  function openChoice() {
    var menu = document.querySelector(".md-header .menu");
    if (!menu) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "md-icon colours";
    function name() {
      button.title = "Colours: " + names[chosen];
      button.setAttribute("aria-label", button.title);
    }
    button.addEventListener("click", function () {
      chosen = choices[(choices.indexOf(chosen) + 1) % 3];
      try { localStorage.setItem(key, chosen); } catch (error) { /* holds for this page only */ }
      show();
      name();
    });
    name();
    menu.before(button);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", openChoice);
  else openChoice();
})();
