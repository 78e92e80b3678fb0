/* Small comforts. Every page works without this file. */
document.addEventListener("htmx:configRequest", function (event) {
  // An empty filter has no place in an address that somebody will send to a colleague.
  var parameters = event.detail.parameters;
  Object.keys(Object.fromEntries(parameters.entries ? parameters.entries() : Object.entries(parameters))).forEach(
    function (name) {
      var value = parameters.get ? parameters.get(name) : parameters[name];
      if (value === "") {
        delete parameters[name];
      }
    }
  );
});

// A slider and the number beside it say the same.
document.addEventListener("input", function (event) {
  var twin = event.target.dataset && document.getElementById(event.target.dataset.twin);
  if (twin) {
    twin.value = event.target.value;
  }
});

// Where a part of the page could not be had, the server says why in one sentence: it is shown until a part is.
document.addEventListener("htmx:responseError", function (event) {
  var isSentence = (event.detail.xhr.getResponseHeader("Content-Type") || "").indexOf("text/plain") === 0;
  var note = document.getElementById("trouble");
  if (!note && isSentence) {
    note = document.createElement("p");
    note.id = "trouble";
    note.className = "form-error";
    note.setAttribute("role", "alert");
    document.getElementById("main").prepend(note);
  }
  if (isSentence) {
    note.textContent = event.detail.xhr.responseText;
  }
});
document.addEventListener("htmx:afterSwap", function () {
  var note = document.getElementById("trouble");
  if (note) {
    note.remove();
  }
});

// A word that explains itself stops at the key Escape.
document.addEventListener("keydown", function (event) {
  if (event.key === "Escape" && document.activeElement && document.activeElement.closest(".term")) {
    document.activeElement.blur();
  }
});

// Copy a text with one button; without this file the text is selected whole by a click.
document.addEventListener("DOMContentLoaded", showCopying);
document.addEventListener("htmx:afterSettle", showCopying);
function showCopying() {
  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    button.hidden = false;
  });
}
document.addEventListener("click", function (event) {
  var button = event.target.closest && event.target.closest("button[data-copy]");
  if (!button) {
    return;
  }
  var text = document.getElementById(button.dataset.copy);
  var range = document.createRange();
  range.selectNodeContents(text);
  window.getSelection().removeAllRanges();
  window.getSelection().addRange(range);
  // On a site that is not https the newer way is closed; the older one copies what is selected.
  var copied = navigator.clipboard
    ? navigator.clipboard.writeText(text.textContent)
    : Promise.resolve(document.execCommand("copy"));
  copied.then(function () {
    button.textContent = button.dataset.copied;
  }, function () {});
});

// A table that is wider than its place becomes cards: every cell then says what it is.
function makeCards() {
  document.querySelectorAll("table.plain, table.rows, table.matrix").forEach(function (table) {
    var place = table.parentElement;
    table.classList.remove("as-cards");
    if (!table.tHead || table.querySelector("input, select") || table.scrollWidth <= place.clientWidth + 1) {
      return;
    }
    var heads = Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells);
    Array.from(table.tBodies).forEach(function (body) {
      Array.from(body.rows).forEach(function (row) {
        var column = 0;
        Array.from(row.cells).forEach(function (cell) {
          cell.dataset.label = heads[column] ? heads[column].textContent.trim() : "";
          column += cell.colSpan;
        });
      });
    });
    table.classList.add("as-cards");
  });
}
document.addEventListener("DOMContentLoaded", makeCards);
document.addEventListener("htmx:afterSettle", makeCards);
window.addEventListener("resize", makeCards);
document.addEventListener("toggle", makeCards, true);

// On paper nothing can be opened: the texts of requests are printed.
window.addEventListener("beforeprint", function () {
  document.querySelectorAll(".request-list details").forEach(function (text) {
    text.open = true;
  });
});
