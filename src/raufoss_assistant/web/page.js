// Gradio speaks English, or the language of the browser; this page is in Norwegian for everyone.
(() => {
  const LOST = "Mistet forbindelsen til assistenten. Prøver å koble til igjen …";
  const WRONG = "Noe gikk galt. Prøv igjen.";
  const name = (selector, text) => {
    for (const element of document.querySelectorAll(selector)) {
      for (const attribute of ["aria-label", "title"]) {
        if (![null, text].includes(element.getAttribute(attribute))) element.setAttribute(attribute, text);
      }
    }
  };
  const say = (selector, text) => {
    for (const { firstChild } of document.querySelectorAll(selector)) {
      const said = firstChild?.textContent;
      if (said && said !== text(said)) firstChild.textContent = text(said);
    }
  };
  const translate = () => {
    name("#samtale [role=log]", "Samtale");
    name("#samtale [data-testid=user]", "Du spurte");
    name("#samtale [data-testid=bot]", "Assistenten svarte");
    name("#samtale .message-buttons button", "Kopier svaret");
    name("[data-testid=toast-close]", "Lukk");
    say(".toast-title", () => "Feil");
    say("[data-testid=toast-text]", (said) => (said === LOST || said.startsWith("Connection") ? LOST : WRONG));
    if (document.documentElement.lang !== "nb") document.documentElement.lang = "nb";
  };
  translate();
  new MutationObserver(translate).observe(document.documentElement, {
    attributeFilter: ["aria-label", "lang", "title"], characterData: true, childList: true, subtree: true,
  });
})();
