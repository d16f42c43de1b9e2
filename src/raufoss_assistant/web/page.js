// Gradio speaks English, or the language of the browser; this page is in Norwegian for everyone.
(() => {
  const LOST = "Mistet forbindelsen til assistenten. Prøver å koble til igjen …";
  const TOLD = "#takk, #veiviser-hilsen, #ordforklaring, [id^=dom-]"; // what changes in answer to an action
  const WRONG = "Noe gikk galt. Prøv igjen.";
  const rename = (element, text) => {
    for (const attribute of ["aria-label", "title"]) {
      if (![null, text].includes(element.getAttribute(attribute))) element.setAttribute(attribute, text);
    }
  };
  const name = (selector, text) => {
    for (const element of document.querySelectorAll(selector)) rename(element, text);
  };
  const thumb = (selector, text) => {
    for (const button of document.querySelectorAll(`#samtale .message-buttons-left button:${selector}`)) {
      const label = button.getAttribute("aria-label");
      if (label === text) continue;
      button.setAttribute("aria-pressed", ["Liked", "Disliked"].includes(label));
      rename(button, text);
    }
  };
  const say = (selector, text) => {
    for (const { firstChild } of document.querySelectorAll(selector)) {
      const said = firstChild?.textContent;
      if (said && said !== text(said)) firstChild.textContent = text(said);
    }
  };
  // The form after a thumb down: the keyboard goes into it, and back to the thumb when it closes.
  let open = false;
  let left = null;
  const follow = () => {
    const first = document.querySelector("#tilbakemelding input");
    const now = first?.checkVisibility() ?? false;
    if (now === open) return;
    open = now;
    if (open) {
      left = document.activeElement;
      first.focus({ preventScroll: true });
      const SETTLED = 150; // milliseconds until Gradio has drawn the whole form
      setTimeout(() => first.closest("#tilbakemelding")?.scrollIntoView({ block: "start" }), SETTLED);
    } else {
      left?.focus();
    }
  };
  // A new answer is read from its question on, however long it is.
  let seen = "";
  const read = () => {
    const log = document.querySelector("#samtale [role=log]");
    const questions = document.querySelectorAll("#samtale [data-testid=user]");
    const now = `${questions.length} ${document.querySelector("#samtale .beskjed") !== null}`;
    if (!log || !questions.length || now === seen) return;
    seen = now;
    const top = questions[questions.length - 1].getBoundingClientRect().top;
    log.scrollTop += top - log.getBoundingClientRect().top - 8;
  };
  // The guide: the present step is marked, and a new step or page is read from its heading on.
  let acted = false;
  for (const kind of ["click", "keydown"]) document.addEventListener(kind, () => (acted = true), true);
  let heading = "";
  const guide = () => {
    for (const step of document.querySelectorAll(".stegliste li")) {
      const now = step.classList.contains("na") ? "step" : null;
      if (step.getAttribute("aria-current") === now) continue;
      if (now) step.setAttribute("aria-current", now);
      else step.removeAttribute("aria-current");
    }
    const shown = [...document.querySelectorAll("#veiviser h2")].find((title) => title.checkVisibility());
    const now = shown?.textContent ?? heading;
    if (now === heading) return;
    heading = now;
    if (!acted) return;
    window.scrollTo(0, 0);
    shown.focus({ preventScroll: true });
  };
  const translate = () => {
    name("#samtale [role=log]", "Samtale");
    name("#samtale [data-testid=user]", "Du spurte");
    name("#samtale [data-testid=bot]", "Assistenten svarte");
    name("#samtale .message-buttons button:first-of-type", "Kopier svaret");
    thumb("nth-of-type(2)", "Dårlig svar");
    thumb("nth-of-type(3)", "Bra svar");
    name("[data-testid=toast-close]", "Lukk");
    say(".toast-title", () => "Feil");
    say("[data-testid=toast-text]", (said) => (said === LOST || said.startsWith("Connection") ? LOST : WRONG));
    for (const group of document.querySelectorAll("#tilbakemelding fieldset:not([aria-label])")) {
      group.setAttribute("aria-label", group.querySelector("[data-testid=block-info]").textContent);
    }
    for (const told of document.querySelectorAll(`:is(${TOLD}):not([role])`)) told.setAttribute("role", "status");
    guide();
    follow();
    read();
    if (document.documentElement.lang !== "nb") document.documentElement.lang = "nb";
  };
  translate();
  new MutationObserver(translate).observe(document.documentElement, {
    attributeFilter: ["aria-label", "lang", "title"], characterData: true, childList: true, subtree: true,
  });
})();
