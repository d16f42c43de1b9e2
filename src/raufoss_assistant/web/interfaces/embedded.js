// In a frame of another site's page: Escape asks that page to put the chat away; see bygg-inn.js.
if (window.parent !== window) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) window.parent.postMessage("raufoss-lukk", "*");
  });
}
