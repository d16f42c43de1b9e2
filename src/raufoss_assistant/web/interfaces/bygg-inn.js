// Puts the chat behind a button in the corner of another site's page; what is asked never leaves the frame.
// <script src="https://…/bygg-inn.js" data-tekst="Spør oss" data-side="venstre" defer></script>
(() => {
  const script = document.currentScript;
  const page = document.documentElement;
  if (!script || "raufossAssistent" in page.dataset) return;
  page.dataset.raufossAssistent = "";
  const chat = new URL("./", script.src);
  const side = script.dataset.side === "venstre" ? "left" : "right";
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const opener = make("button", { type: "button", className: "opener" }, script.dataset.tekst || "Spør Raufoss-assistenten");
  const closer = make("button", { type: "button", title: "Lukk", ariaLabel: "Lukk" }, "✕");
  const frame = make("iframe", { title: "Raufoss-assistenten", allow: "clipboard-write" });
  const panel = make("section", { role: "dialog", ariaLabel: "Raufoss-assistenten", hidden: true }, closer, frame);
  const show = (open) => {
    if (open && !frame.src) frame.src = chat.href; // nothing is fetched before somebody wants it
    panel.hidden = !open;
    opener.hidden = open;
    (open ? frame : opener).focus();
  };
  opener.addEventListener("click", () => show(true));
  closer.addEventListener("click", () => show(false));
  panel.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
  addEventListener("message", ({ data, origin, source }) => {
    const ours = origin === chat.origin && source === frame.contentWindow;
    if (ours && data === "raufoss-lukk" && !panel.hidden) show(false);
  });
  const look = new CSSStyleSheet();
  look.replaceSync(`
    :host { all: initial; }
    [hidden] { display: none !important; }
    button { border: 0; padding: 0 20px; min-height: 48px; border-radius: 24px; cursor: pointer;
      font: 600 16px/1.3 system-ui, sans-serif; color: #fff; background: #0f766e; }
    button:hover { background: #134e4a; }
    button:focus-visible { outline: 3px solid #fff; outline-offset: -5px; }
    .opener, section { position: fixed; ${side}: 16px; bottom: 16px; z-index: 2147483647; max-width: calc(100vw - 32px);
      box-shadow: 0 4px 24px rgb(0 0 0 / .35); }
    section { display: flex; flex-direction: column; width: 420px; height: min(720px, calc(100dvh - 32px));
      border-radius: 12px; overflow: hidden; background: #134e4a; }
    section button { align-self: flex-end; min-width: 48px; min-height: 44px; border-radius: 0; background: #134e4a; }
    iframe { flex: 1; border: 0; background: #fff; }
    @media (max-width: 480px) {
      section { inset: 0; width: auto; height: auto; max-width: none; border-radius: 0; }
    }
    @media print { :host { display: none; } }
  `);
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [look];
  root.append(opener, panel);
  const place = () => document.body.append(host);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
