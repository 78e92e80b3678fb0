/* Counting in the field. A form is kept on the telephone while it is filled in, and sent once there is a signal: the
   server knows the key that the form was made with, so that what is sent twice counts once. The page works without. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-kept]");
  if (!form) {
    return;
  }
  var name = "pledgeline:" + location.pathname + location.search;
  var isSending = false;

  function say(what) {
    ["restored", "waiting", "signed-out"].forEach(function (each) {
      document.getElementById("say-" + each).hidden = each !== what;
    });
    document.getElementById("say-" + what).scrollIntoView({ block: "center" });
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch (error) {
      return null;
    }
  }

  function keep(waits) {
    var values = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.name && field.name !== "csrfmiddlewaretoken") {
        values[field.name] = field.type === "checkbox" ? field.checked : field.value;
      }
    });
    try {
      localStorage.setItem(name, JSON.stringify({ values: values, waits: waits }));
    } catch (error) {
      /* The telephone keeps nothing for sites: the form is as any other. */
    }
  }

  function restore(values) {
    Array.prototype.forEach.call(form.elements, function (field) {
      if (Object.prototype.hasOwnProperty.call(values, field.name)) {
        if (field.type === "checkbox") {
          field.checked = values[field.name];
        } else {
          field.value = values[field.name];
        }
      }
    });
  }

  function send() {
    if (isSending) {
      return;
    }
    isSending = true;
    fetch(form.action || location.href, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) {
        isSending = false;
        if (answer.redirected && new URL(answer.url).pathname.indexOf("/sign-in") === 0) {
          say("signed-out");
        } else if (answer.redirected) {
          localStorage.removeItem(name);
          handOver(answer.url).then(function () {
            location.assign(answer.url);
          });
        } else if (answer.status >= 500 || answer.status === 429) {
          say("waiting");
        } else {
          localStorage.removeItem(name);
          HTMLFormElement.prototype.submit.call(form); // the page says at its fields what is wrong
        }
      })
      .catch(function () {
        isSending = false;
        say("waiting");
      });
  }

  // The photographs of what was rejected belong to the receipt now, and its page sends them.
  function handOver(address) {
    return photosOf(function (photo) {
      var places = Array.prototype.filter.call(form.querySelectorAll("[data-photos-of]"), function (place) {
        var rejected = place.closest("fieldset").querySelector("[name$=-rejected]");
        return place.getAttribute("data-photos-of") === photo.lot && Number(rejected.value);
      });
      photo.name = window.keptPhotos.ofReceipt(address);
      return places.length ? window.keptPhotos.put(photo) : window.keptPhotos.remove(photo);
    });
  }

  function photosOf(act) {
    if (!hasPhotos) {
      return Promise.resolve();
    }
    return window.keptPhotos
      .of(name)
      .then(function (photos) {
        return Promise.all(photos.map(act));
      })
      .catch(function () {});
  }

  // Say how many are kept of each lot.
  function count() {
    var sums = {};
    return photosOf(function (photo) {
      sums[photo.lot] = (sums[photo.lot] || 0) + 1;
    }).then(function () {
      Array.prototype.forEach.call(form.querySelectorAll("[data-photos-of]"), function (place) {
        place.hidden = false;
        place.querySelector("output").value = sums[place.getAttribute("data-photos-of")] || 0;
      });
    });
  }

  var hasPhotos = Boolean(window.indexedDB && window.keptPhotos);
  if (hasPhotos) {
    form.addEventListener("change", function (event) {
      var place = event.target.type === "file" && event.target.closest("[data-photos-of]");
      if (place) {
        var kept = Array.prototype.map.call(event.target.files, function (file) {
          return window.keptPhotos.put({ name: name, lot: place.getAttribute("data-photos-of"), file: file });
        });
        event.target.value = "";
        Promise.all(kept).then(count, function () {
          place.hidden = true; // the telephone keeps nothing for sites: they are added once the count is saved
        });
      }
    });
    form.addEventListener("click", function (event) {
      var place = event.target.hasAttribute("data-photos-forget") && event.target.closest("[data-photos-of]");
      if (place) {
        photosOf(function (photo) {
          return photo.lot === place.getAttribute("data-photos-of") ? window.keptPhotos.remove(photo) : null;
        }).then(count);
      }
    });
    count();
  }

  form.addEventListener("input", function () {
    keep(false);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    keep(true);
    send();
  });
  function again() {
    var before = kept();
    if (before && before.waits) {
      send();
    }
  }
  window.addEventListener("online", again);
  setInterval(again, 15000);
  document.getElementById("forget").addEventListener("click", function () {
    localStorage.removeItem(name);
    photosOf(function (photo) {
      return window.keptPhotos.remove(photo);
    }).then(function () {
      location.reload();
    });
  });

  var before = form.hasAttribute("data-answered") ? null : kept();
  if (before) {
    restore(before.values);
    say(before.waits ? "waiting" : "restored");
    again();
  }

  // Lots, found by the code on their label, or by what is typed.
  function show(lot) {
    var parts = form.querySelectorAll("fieldset.part");
    var found = null;
    Array.prototype.forEach.call(parts, function (part) {
      if (part.querySelector("legend").textContent.trim() === lot.trim()) {
        found = part;
      }
    });
    document.getElementById("say-no-lot").hidden = Boolean(found) || !lot;
    if (found) {
      found.scrollIntoView({ block: "center" });
      found.querySelector("input:not([type=hidden])").focus();
    }
    return Boolean(found);
  }
  document.getElementById("lot-typed").addEventListener("change", function (event) {
    show(event.target.value);
  });

  var button = document.getElementById("scan");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) {
    return;
  }
  button.hidden = false;
  button.addEventListener("click", function () {
    var video = document.getElementById("camera");
    var detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: "environment" } })
      .then(function (stream) {
        video.hidden = false;
        video.srcObject = stream;
        video.play();
        var timer = setInterval(function () {
          detector.detect(video).then(function (codes) {
            if (codes.length) {
              document.getElementById("lot-typed").value = codes[0].rawValue;
              if (show(codes[0].rawValue)) {
                clearInterval(timer);
                stream.getTracks().forEach(function (track) {
                  track.stop();
                });
                video.hidden = true;
              }
            }
          }, function () {});
        }, 300);
      })
      .catch(function () {
        document.getElementById("say-no-camera").hidden = false;
      });
  });
})();
