/* Keys for deciding on a report, and selections that become places in its text. The pages work without. */
(function () {
  "use strict";
  var stored = document.getElementById("stored");
  var desk = document.querySelector("[data-desk]");
  var form = document.querySelector("[data-form] form");
  if (!stored) {
    return;
  }

  // Places are counted in characters of the stored text (code points), not in units of JavaScript.
  function placeOf(node, offset) {
    var element = node.nodeType === 3 ? node.parentElement : node;
    if (node.nodeType !== 3) {
      var child = node.childNodes[offset];
      if (child) {
        var begun = child.nodeType === 1 && (child.matches("[data-at]") ? child : child.querySelector("[data-at]"));
        if (begun) {
          return Number(begun.dataset.at);
        }
      }
      var all = element.matches("[data-at]") ? [element] : element.querySelectorAll("[data-at]");
      var last = all[all.length - 1];
      return last ? Number(last.dataset.at) + lengthOf(last) : null;
    }
    var piece = element.closest("[data-at]");
    if (!piece) {
      return null;
    }
    if (piece.hasAttribute("data-sign")) {
      return Number(piece.dataset.at) + (offset ? 1 : 0);
    }
    return Number(piece.dataset.at) + Array.from(node.data.slice(0, offset)).length;
  }

  // Where every piece begins and ends, read once: a long report has thousands.
  var pieces = Array.prototype.map.call(stored.querySelectorAll("[data-at]"), function (piece) {
    var at = Number(piece.dataset.at);
    return { node: piece, at: at, end: at + lengthOf(piece), isSign: piece.hasAttribute("data-sign") };
  });

  function piecesBetween(start, end) {
    return pieces.filter(function (piece) {
      return piece.at < end && piece.end > start;
    });
  }

  function lengthOf(piece) {
    return piece.hasAttribute("data-sign") ? 1 : Array.from(piece.textContent).length;
  }

  function selected() {
    var selection = window.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) {
      return null;
    }
    var range = selection.getRangeAt(0);
    if (!stored.contains(range.startContainer) || !stored.contains(range.endContainer)) {
      return null;
    }
    var start = placeOf(range.startContainer, range.startOffset);
    var end = placeOf(range.endContainer, range.endOffset);
    return start === null || end === null || end <= start ? null : { start: start, end: end };
  }

  function textBetween(start, end) {
    var parts = [];
    piecesBetween(start, end).forEach(function (piece) {
      var points = Array.from(piece.node.textContent);
      if (piece.isSign) {
        parts.push(String.fromCodePoint(parseInt(piece.node.textContent.slice(2), 16)));
      } else {
        parts.push(points.slice(Math.max(0, start - piece.at), Math.min(points.length, end - piece.at)).join(""));
      }
    });
    return parts.join("");
  }

  function isTyping(event) {
    var name = event.target.localName;
    return event.ctrlKey || event.metaKey || event.altKey || name === "textarea" || name === "select" ||
      (name === "input" && event.target.type !== "checkbox");
  }

  function cards() {
    return Array.prototype.slice.call(document.querySelectorAll(".claim-card.is-open"));
  }

  function current() {
    return document.querySelector(".claim-card.is-current");
  }

  function goTo(card) {
    if (!card) {
      return;
    }
    document.querySelectorAll(".is-current").forEach(function (other) {
      other.classList.remove("is-current");
    });
    card.classList.add("is-current");
    document.querySelectorAll('mark[data-n="' + card.dataset.n + '"]').forEach(function (mark) {
      mark.classList.add("is-current");
    });
    show(card);
    card.focus({ preventScroll: true });
  }

  // The current card and its words both come into view; on a narrow screen the text stands above and stays there.
  function show(card) {
    var mark = document.getElementById("m" + card.dataset.n);
    card.scrollIntoView({ block: "nearest" });
    if (mark) {
      stored.scrollTop += mark.getBoundingClientRect().top - stored.getBoundingClientRect().top - stored.clientHeight / 3;
    }
    if (window.CSS && CSS.highlights && window.Highlight) {
      var ranges = [];
      card.querySelectorAll("[data-from]").forEach(function (field) {
        ranges = ranges.concat(rangesOf(Number(field.dataset.from), Number(field.dataset.to)));
      });
      CSS.highlights.set("report-fields", new Highlight(...ranges));
    }
  }

  function rangesOf(start, end) {
    var ranges = [];
    piecesBetween(start, end).forEach(function (piece) {
      var text = piece.node.firstChild;
      if (piece.isSign || !text) {
        return;
      }
      var points = Array.from(text.data);
      var range = new Range();
      range.setStart(text, points.slice(0, Math.max(0, start - piece.at)).join("").length);
      range.setEnd(text, points.slice(0, Math.min(points.length, end - piece.at)).join("").length);
      ranges.push(range);
    });
    return ranges;
  }

  if (desk) {
    var make = document.querySelector("[data-make]");
    document.addEventListener("keydown", function (event) {
      if (isTyping(event)) {
        return;
      }
      var all = cards();
      var here = current();
      var place = all.indexOf(here);
      var press = { a: "[name=accept]", r: "[name=reject]", e: "[data-edit]" }[event.key];
      if (event.key === "j" || event.key === "k") {
        goTo(all[place + (event.key === "j" ? 1 : -1)]);
      } else if (event.key === "m" && selected()) {
        var span = selected();
        make.elements.words.value = textBetween(span.start, span.end);
        make.elements.from.value = span.start;
        make.submit();
      } else if (press && here) {
        here.querySelector(press).click();
      } else {
        return;
      }
      event.preventDefault();
    });
    if (current()) {
      goTo(current());
    }
  }

  if (form) {
    document.addEventListener("keydown", function (event) {
      var span = selected();
      var field = /^[0-9]$/.test(event.key) && form.querySelector('[data-key="' + event.key + '"]');
      if (!span || !field || isTyping(event)) {
        return;
      }
      field.value = textBetween(span.start, span.end).replace(/\s+/g, " ").trim();
      form.elements[field.name + "_at"].value = span.start + "-" + span.end;
      event.preventDefault();
    });
    form.addEventListener("input", function (event) {
      var at = event.target.dataset.field && form.elements[event.target.name + "_at"];
      if (at) {
        at.value = "";
      }
    });
    var marks = stored.querySelector("mark");
    if (marks) {
      stored.scrollTop += marks.getBoundingClientRect().top - stored.getBoundingClientRect().top - stored.clientHeight / 3;
    }
  }
})();
