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
