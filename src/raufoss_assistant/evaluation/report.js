(() => {
  const form = document.getElementById("sil");
  const rows = [...document.querySelectorAll("[data-kind]")];
  const cards = rows.filter(row => row.matches("article"));
  const apply = () => {
    const chosen = new FormData(form);
    const words = chosen.get("text").trim().toLocaleLowerCase("nb").split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase("nb");
      row.hidden = ["kind", "set", "stage"].some(name => chosen.get(name) && row.dataset[name] !== chosen.get(name))
        || !words.every(word => text.includes(word));
    }
    for (const group of document.querySelectorAll(".stage")) {
      const left = group.querySelectorAll("article:not([hidden])").length;
      group.querySelector(".count").textContent = left;
      group.hidden = left === 0;
    }
    document.getElementById("antall").textContent = `Viser ${cards.filter(card => !card.hidden).length} av ${cards.length} feil.`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
