// The chat's own features: doors, questions to begin with, editing, earlier conversations, and the conversation as a file.
(() => {
  const BOX = "#sporsmal textarea";
  const FILLS = { "dor-behov": "Bedriften min trenger ", "dor-kurs": "Hvilke kurs " };
  const FILES = { "hent-pdf": "samtale.pdf", "hent-md": "samtale.md" };
  const NOT_FETCHED = "Samtalen kunne ikke hentes. Prøv igjen om litt.";
  const find = (selector) => document.querySelector(selector);

  // Gradio's boxes hear of a text only by an event.
  const write = (box, text) => {
    const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set;
    setter.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const fill = (text) => {
    const box = find(BOX);
    write(box, text);
    box.focus();
    box.setSelectionRange(text.length, text.length);
  };
  // To the server, with a mark in front, so that the same thing twice is heard twice.
  const send = (selector, text) => write(find(`${selector} textarea`), `${Date.now()} ${text}`);
  const tell = (text) => (find("#melding").textContent = text);

  // Earlier conversations lie in this browser only. The server sealed what is in `sealed` and takes nothing else back;
  // the rest is what the list shows, as text.
  const KEY = "raufoss-samtaler";
  const MOST = 30;
  const LONGEST = { id: 40, title: 100, time: 40, sealed: 600000 };
  const sound = (entry) =>
    entry !== null && typeof entry === "object" && !isNaN(Date.parse(entry.time)) &&
    Object.entries(LONGEST).every(([name, most]) => typeof entry[name] === "string" && entry[name].length <= most);
  const stored = () => {
    try {
      const entries = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(entries) ? entries.filter(sound).slice(0, MOST) : [];
    } catch {
      return [];
    }
  };
  const store = (entries) => {
    try {
      if (entries.length) localStorage.setItem(KEY, JSON.stringify(entries));
      else localStorage.removeItem(KEY);
    } catch {
      if (entries.length > 1) store(entries.slice(0, -1)); // there is no room: the oldest goes
    }
  };
  let present = null; // what the conversation on the page is called in the list
  let known = "";
  const keep = () => {
    const told = find("#kopi pre")?.textContent ?? "";
    if (told === known) return;
    known = told;
    if (told === "") {
      present = null;
    } else {
      present ??= `${Date.now()}-${Math.random().toString(36).slice(2)}`;
      store([{ id: present, ...JSON.parse(told) }, ...stored().filter(({ id }) => id !== present)].slice(0, MOST));
    }
    list();
  };

  const make = (name, text, attributes = {}) => {
    const element = Object.assign(document.createElement(name), { textContent: text });
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    return element;
  };
  const when = (time) => {
    const shown = { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" };
    return new Date(time).toLocaleString("nb-NO", shown).replace(/(\d\d):(\d\d)$/, "$1.$2");
  };
  const row = ({ id, title, time, sealed }) => {
    const line = make("li", "");
    const open = make("button", "", { type: "button", class: "apne" });
    open.append(make("span", title), make("time", when(time), { datetime: time }));
    open.addEventListener("click", () => {
      present = id;
      send("#apne", sealed);
      find("#samtale").scrollIntoView({ block: "nearest" });
    });
    const remove = make("button", "Slett", { type: "button", "aria-label": `Slett samtalen ${title}` });
    remove.addEventListener("click", () => drop((entry) => entry.id === id));
    line.append(open, remove);
    return line;
  };
  const drop = (goes) => {
    const all = stored();
    if (all.some((entry) => goes(entry) && entry.id === present)) find("#ny-samtale").click();
    store(all.filter((entry) => !goes(entry)));
    list();
    (find("#tidligere .apne") ?? find(BOX)).focus({ preventScroll: true });
  };
  const list = () => {
    const place = find("#tidligere > div");
    if (!place) return;
    const entries = stored();
    find("#tidligere").hidden = entries.length === 0;
    find("#tidligere summary").textContent = `Tidligere samtaler (${entries.length})`;
    const rows = make("ul", "");
    rows.append(...entries.map(row));
    const all = make("button", "Slett alle", { type: "button", class: "alle" });
    all.addEventListener("click", () => {
      if (all.textContent === "Slett alle") all.textContent = "Trykk en gang til for å slette alle";
      else drop(() => true);
    });
    place.replaceChildren(rows, all);
  };
  addEventListener("storage", ({ key }) => key === KEY && list()); // another tab

  const fetchFile = async (name) => {
    tell("");
    try {
      const { sealed } = JSON.parse(find("#kopi pre").textContent);
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(`/${name}`, { method: "POST", headers, body: JSON.stringify({ sealed }) });
      if (!response.ok) throw new Error((await response.json()).error);
      const link = make("a", "", { href: URL.createObjectURL(await response.blob()), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    } catch (error) {
      tell(error instanceof TypeError || !error.message ? NOT_FETCHED : error.message);
    }
  };

  const EDIT = "#samtale .message-buttons-right button:nth-of-type(2)";
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.id in FILLS) fill(FILLS[button.id]);
    else if (button.id in FILES) fetchFile(FILES[button.id]);
    else if (button.matches("#forslag button:not(#vis-andre)")) fill(button.textContent.trim());
    else if (button.matches(EDIT)) {
      event.stopPropagation(); // Gradio would let one edit what is shown; here the question goes back to the box
      send("#endre", [...document.querySelectorAll(EDIT)].indexOf(button));
      find(BOX).focus();
    }
  }, true);

  // «Spør» and «Stopp» stand in each other's place: the keyboard stays there.
  let left = null;
  document.addEventListener("focusin", ({ target }) => (left = target));
  const follow = () => {
    const other = find("#sporsmal :is(.submit-button, .stop-button)");
    if (left?.isConnected === false && left.matches(".submit-button, .stop-button")) other?.focus();
  };

  const see = () => {
    for (const button of document.querySelectorAll(EDIT)) {
      if (button.title === "Endre spørsmålet") continue;
      for (const name of ["aria-label", "title"]) button.setAttribute(name, "Endre spørsmålet");
    }
    const place = find("#tidligere > div");
    if (place && !place.firstChild) list();
    follow();
    keep();
  };
  new MutationObserver(see).observe(document.documentElement, { characterData: true, childList: true, subtree: true });
})();
