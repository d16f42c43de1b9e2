// A number in an answer leads to its source in the panel, and the source back to the number.
(() => {
  const PATIENCE = 10000; // milliseconds that the sources of an earlier answer are waited for
  const find = (selector) => document.querySelector(selector);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let pressed = null; // the link that led to the panel
  let wanted = null; // the source that is waited for

  const show = (card) => {
    wanted = null;
    for (const shown of document.querySelectorAll("#kilder .vist")) shown.classList.remove("vist");
    card.classList.add("vist");
    card.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    card.focus({ preventScroll: true });
  };
  const card = ({ answer, source }) => find(`#kilder .${answer} #${source}`);

  // The panel holds the sources of one answer; those of another are asked for.
  const ask = (number) => {
    const box = find("#vis-kilder textarea");
    const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    setter.call(box, `${Date.now()} ${number}`);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.kildelenke, #kilder .tilbake a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!link.matches(".kildelenke")) {
      const last = [...document.querySelectorAll(".kildelenke")].at(-1);
      const back = pressed?.isConnected ? pressed : last;
      back?.scrollIntoView({ block: "center" });
      back?.focus({ preventScroll: true });
      return;
    }
    pressed = link;
    const answer = [...link.classList].find((name) => name.startsWith("svar-"));
    const goal = { answer, source: link.hash.slice(1), until: Date.now() + PATIENCE };
    if (card(goal)) {
      show(card(goal));
    } else {
      wanted = goal;
      ask(answer.slice("svar-".length));
    }
  });

  // What is copied is the answer as it was written, without the links.
  const plain = (text) => text.replace(/<a class="kildelenke[^>]*>(\[\d+\])<\/a>/g, "$1");
  const write = navigator.clipboard?.writeText.bind(navigator.clipboard);
  if (write) navigator.clipboard.writeText = (text) => write(plain(text));

  new MutationObserver(() => {
    for (const link of document.querySelectorAll(".kildelenke:not([aria-label])")) {
      link.setAttribute("aria-label", `Kilde ${link.hash.slice("#kilde-".length)}`);
    }
    if (!wanted) return;
    const found = card(wanted);
    if (found) show(found);
    else if (Date.now() > wanted.until) wanted = null;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
