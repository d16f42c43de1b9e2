// The staff pages: Norwegian whatever the browser speaks, back to the log-in when the session ends, and choice by a link.
(() => {
  const LOG_IN = "/ansatt/logg-inn";
  const LOST = "Mistet forbindelsen til assistenten. Prøver å koble til igjen …";
  const WRONG = "Noe gikk galt. Last siden på nytt.";
  const TOO_LARGE = "Filene er til sammen for store. Last opp færre om gangen.";
  const fetched = window.fetch;
  const uploading = (now) => {
    document.querySelector("#slippsone")?.classList.toggle("laster", now);
    const hint = document.querySelector("#slippsone .hint");
    if (hint) hint.textContent = now ? "Laster opp …" : "eller slipp dem her";
  };
  window.fetch = async (...request) => {
    const sends = String(request[0]?.url ?? request[0]).includes("/gradio_api/upload?");
    if (sends) uploading(true);
    try {
      const response = await fetched(...request);
      if (response.status === 401) location.assign(LOG_IN);
      return response;
    } finally {
      if (sends) uploading(false);
    }
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("#logg-ut")) {
      fetched("/ansatt/logg-ut", { method: "POST" }).finally(() => location.assign(LOG_IN));
    }
    // <a href="#valg:ID:VALUE"> puts the value into the box with that id, as if it were typed.
    const link = event.target.closest("a[href^='#valg:']");
    if (!link) return;
    event.preventDefault();
    const [, id, value] = link.getAttribute("href").match(/^#valg:([^:]*):(.*)$/);
    chosen = true;
    const box = document.querySelector(`#${id} :is(textarea, input)`);
    box.value = decodeURIComponent(value);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new KeyboardEvent("keypress", { bubbles: true, key: " " })); // Gradio tells of input at a key
  });
  // Files that are dropped go the same way as those that are chosen.
  const zone = (event) => event.target.closest?.("#slippsone");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault(); // a file dropped beside must not take the place of the page
      document.querySelector("#slippsone")?.classList.toggle("over", kind === "dragover" && Boolean(zone(event)));
      if (kind !== "drop" || !zone(event)) return;
      const input = document.querySelector("#slippsone input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  const ENGLISH = /^(connection|not authenticated|network|failed|error|could not|forbidden|internal|load failed)/i;
  const said = (text) => {
    if (text.includes("Forespørselen er for stor")) return TOO_LARGE;
    if (/maximum allowed size/i.test(text)) return "En av filene er for stor.";
    if (text.startsWith("Connection")) return LOST;
    return ENGLISH.test(text) || text === "" ? WRONG : text;
  };
  let chosen = false;
  const scroll = () => {
    const panel = document.querySelector("#dokument");
    if (!chosen || !panel?.checkVisibility()) return;
    chosen = false;
    panel.scrollIntoView({ block: "start" });
  };
  const rename = (element, name, text) => {
    if (![null, text].includes(element.getAttribute(name))) element.setAttribute(name, text);
  };
  const translate = () => {
    scroll();
    if (document.documentElement.lang !== "nb") document.documentElement.lang = "nb";
    for (const title of document.querySelectorAll(".toast-title")) {
      if (title.textContent.trim() === "Error") title.textContent = "Feil";
      if (title.textContent.trim() === "Warning") title.textContent = "Merk";
      if (title.textContent.trim() === "Info") title.textContent = "Opplysning";
    }
    for (const text of document.querySelectorAll("[data-testid=toast-text]")) {
      const now = said(text.textContent.trim());
      if (text.textContent.trim() !== now) text.textContent = now;
    }
    for (const more of document.querySelectorAll(".overflow-menu > button")) rename(more, "aria-label", "Flere faner");
    for (const close of document.querySelectorAll("[data-testid=toast-close]")) rename(close, "aria-label", "Lukk");
    for (const told of document.querySelectorAll(".melding:not([role])")) told.setAttribute("role", "status");
  };
  translate();
  new MutationObserver(translate).observe(document.documentElement, {
    attributeFilter: ["aria-label", "lang"], characterData: true, childList: true, subtree: true,
  });
})();
