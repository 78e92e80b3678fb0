/* Photographs of what was rejected, chosen without a signal: they are kept on the telephone with the form of the count,
   and sent once it is saved. The server keeps the same photograph of a lot once, so that what is sent twice counts once. */
(function () {
  "use strict";

  // Run `act` on the store, which opens the first time; give what it asked for, once all of it is written.
  function inStore(mode, act) {
    return new Promise(function (resolve, reject) {
      var opening = window.indexedDB.open("pledgeline", 1);
      opening.onupgradeneeded = function () {
        opening.result.createObjectStore("photos", { keyPath: "id", autoIncrement: true });
      };
      opening.onerror = reject;
      opening.onsuccess = function () {
        var base = opening.result;
        var work = base.transaction("photos", mode);
        var asked = act(work.objectStore("photos"));
        work.oncomplete = function () {
          base.close();
          resolve(asked.result);
        };
        work.onerror = work.onabort = reject;
      };
    });
  }

  function all() {
    return inStore("readonly", function (store) {
      return store.getAll();
    });
  }

  function put(photo) {
    return inStore("readwrite", function (store) {
      return store.put(photo);
    });
  }

  function remove(photo) {
    return inStore("readwrite", function (store) {
      return store.delete(photo.id);
    });
  }

  function of(name) {
    return all().then(function (photos) {
      return photos.filter(function (photo) {
        return photo.name === name;
      });
    });
  }

  // Send one after the other; give how many the server did not take. Without a signal or a session it fails.
  function send(name, address, token) {
    return of(name).then(function (photos) {
      var refused = 0;
      return photos
        .reduce(function (before, photo) {
          return before.then(function () {
            var body = new FormData();
            body.append("csrfmiddlewaretoken", token);
            body.append("lot", photo.lot);
            body.append("photo", photo.file, photo.file.name || "photo");
            return fetch(address, { method: "POST", body: body, credentials: "same-origin" }).then(function (answer) {
              var isLost = answer.redirected && new URL(answer.url).pathname.indexOf("/sign-in") === 0;
              if (isLost || answer.status === 403 || answer.status === 429 || answer.status >= 500) {
                throw answer;
              }
              refused += answer.redirected ? 0 : 1;
              return remove(photo);
            });
          });
        }, Promise.resolve())
        .then(function () {
          return refused;
        });
    });
  }

  // The name under which the photographs of a receipt are kept, by the address of its page.
  function ofReceipt(address) {
    var page = new URL(address, location.href);
    return page.pathname + "?key=" + page.searchParams.get("key");
  }

  window.keptPhotos = { of: of, put: put, remove: remove, ofReceipt: ofReceipt };

  // On the page of a receipt: what is left from its count goes as soon as the page is open and there is a signal.
  var place = document.querySelector("[data-photos-left]");
  if (!place || !window.indexedDB) {
    return;
  }
  var isSending = false;
  function left() {
    var name = ofReceipt(location.href);
    if (isSending) {
      return;
    }
    isSending = true;
    of(name)
      .then(function (photos) {
        place.hidden = !photos.length;
        if (!photos.length) {
          return;
        }
        var token = document.querySelector("[name=csrfmiddlewaretoken]").value;
        return send(name, place.getAttribute("data-photos-to"), token).then(function (refused) {
          location.replace(location.pathname + location.search + (refused ? "#photos-refused" : "#photos"));
          location.reload();
        });
      })
      .catch(function () {})
      .then(function () {
        isSending = false;
      });
  }
  document.getElementById("photos-refused").hidden = location.hash !== "#photos-refused";
  window.addEventListener("online", left);
  setInterval(left, 15000);
  left();
})();
