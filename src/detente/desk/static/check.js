// Read and check: the text and its items, each leading to the other. One listener each, on the whole screen.
import { tell } from "./desk.js";
import { selectedSpan } from "./offsets.js";
import { WordPicker } from "./words.js";

const typing = (event) => event.target.closest("input, textarea, select, [contenteditable]") !== null;

class ReadCheck extends HTMLElement {
  #chosen = null;
  #lit = "";
  #at = "";
  #coming = null;
  #byHand = -Infinity;
  #picker = null;

  connectedCallback() {
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("mouseover", (event) => this.#light(this.#itemAt(event.target)));
    this.addEventListener("focusin", (event) => {
      const card = event.target.closest(".item");
      if (card) { this.#at = card.dataset.i; this.#light(this.#at); }
    });
    document.addEventListener("keydown", (event) => { if (!this.#picked(event)) this.#pressed(event); });
    document.addEventListener("pointerdown", () => this.#pick(null));
    document.addEventListener("selectionchange", () => this.#selected());
    document.addEventListener("htmx:after:swap", (event) => {
      if (event.detail.ctx?.response?.status === 409) this.#again();
      this.#swapped();
    });
    document.addEventListener("scroll", () => this.#follow(), { passive: true });
    this.#toggle("");
    requestAnimationFrame(() => this.#goTo(this.dataset.goTo));
  }

  get text() { return this.querySelector("#text"); }
  get side() { return this.querySelector(".item-side"); }
  card(item) { return document.getElementById(`i-${item}`); }
  marks(item) { return this.text.querySelectorAll(`[data-i="${CSS.escape(item)}"]`); }

  #itemAt(target) {
    return target.closest(".item")?.dataset.i ?? target.closest(".m")?.dataset.i ?? "";
  }

  #light(item) {
    if (item === this.#lit) return;
    for (const one of this.querySelectorAll(".lit")) one.classList.remove("lit");
    this.#lit = item;
    if (!item) return;
    for (const one of this.marks(item)) one.classList.add("lit");
    this.card(item)?.classList.add("lit");
  }

  #goTo(item) {
    if (!item) return;
    this.#at = item;
    const mark = this.marks(item)[0];
    const card = this.card(item);
    card?.closest("details")?.setAttribute("open", "");
    this.#byHand = performance.now();
    mark?.scrollIntoView({ block: "center" });
    if (card) { this.#reveal(card); card.focus({ preventScroll: true }); }
    this.#light(item);
  }

  #reveal(card) {
    const side = this.side;
    if (side.scrollHeight > side.clientHeight + 1) {
      side.scrollTop += card.getBoundingClientRect().top - side.getBoundingClientRect().top - 80;
    }
  }

  // The items follow the text: what is marked a third down the window comes to the top of its list.
  #follow() {
    this.#coming ??= setTimeout(() => { this.#coming = null; this.#bring(); }, 150);
  }

  #bring() {
    if (performance.now() - this.#byHand < 1000 || this.side.matches(":hover, :focus-within")) return;
    const box = this.text.getBoundingClientRect();
    const down = innerHeight / 3;
    // Between two paragraphs there is nothing at the point itself.
    const at = (y) => document.elementFromPoint(box.left + box.width / 2, y)?.closest("#text > .b");
    const block = at(down) ?? at(down + 30) ?? at(down + 60);
    for (const mark of block?.querySelectorAll(".m") ?? []) {
      const card = mark.getBoundingClientRect().bottom > down ? this.card(mark.dataset.i) : null;
      if (card && !card.closest("details")) { this.#reveal(card); return; }
    }
  }

  #clicked(event) {
    const button = event.target.closest("button");
    if (button?.dataset.kind) { this.#toggle(button.dataset.kind); return; }
    if (button?.dataset.act) { this.#act(button.closest(".item"), button.dataset.act); return; }
    if (button?.dataset.open) { document.getElementById(button.dataset.open).showModal(); return; }
    if (button && "close" in button.dataset) { button.closest("dialog").close(); return; }
    if (button && "new" in button.dataset) { this.#make(button.dataset.new, button); return; }
    const shown = event.target.closest("[data-show]");
    if (shown) { event.preventDefault(); this.#goTo(shown.dataset.show); return; }
    const mark = event.target.closest(".m");
    const item = mark?.dataset.i;
    if (item && this.card(item) && getSelection()?.isCollapsed !== false) {
      this.card(item).closest("details")?.setAttribute("open", "");
      this.#byHand = performance.now();
      this.#reveal(this.card(item));
      this.card(item).focus({ preventScroll: this.side.scrollHeight > this.side.clientHeight + 1 });
      this.#light(item);
    }
  }

  // Kinds that are not shown, on this machine from one article to the next.
  #toggle(kind) {
    const hidden = new Set(JSON.parse(localStorage.getItem("hidden kinds") ?? "[]"));
    if (kind && !hidden.delete(kind)) hidden.add(kind);
    localStorage.setItem("hidden kinds", JSON.stringify([...hidden]));
    for (const button of this.querySelectorAll(".legend button")) {
      const off = hidden.has(button.dataset.kind);
      button.setAttribute("aria-pressed", String(!off));
      this.classList.toggle(`no-${button.dataset.kind}`, off);
    }
  }

  async #act(card, act) {
    if (!card) return;
    const item = card.dataset.i;
    this.#at = item;
    if (act === "edit" || act === "history") {
      await this.#open(`/items/${item}/${act === "edit" ? "form" : "history"}`);
      return;
    }
    await this.#ask("POST", `/items/${item}/${act}`, { target: card, swap: "outerHTML", values: { version: card.dataset.version } });
    this.card(item)?.focus({ preventScroll: true });
  }

  // Somebody else was quicker: the card shows how the item stands now.
  #again() {
    const card = this.#current();
    if (card) setTimeout(() => this.#ask("GET", `/items/${card.dataset.i}`, { target: card, swap: "outerHTML" }), 50);
  }

  async #ask(method, path, context) {
    await window.htmx.ajax(method, path, { source: this, ...context });
  }

  async #open(path) {
    await this.#ask("GET", path, { target: "#form-part", swap: "innerHTML" });
    this.querySelector("#form").showModal();
  }

  #make(kind, button) {
    // The event that tells of a selection may come after the key that uses it.
    const chosen = selectedSpan(this.text) ?? this.#chosen;
    if (!kind) { this.#pick(null); getSelection().removeAllRanges(); this.#choose(null); return; }
    const inBar = button?.closest(".chosen");
    const words = chosen && (inBar || !button) ? `&start=${chosen.start}&end=${chosen.end}` : "";
    this.#open(`/articles/${this.dataset.article}/new?kind=${kind}${words}`);
  }

  #selected() {
    if (!("may" in this.dataset) || this.querySelector("dialog[open]")) return;
    const span = selectedSpan(this.text);
    this.#choose(span);
    if (this.#picker && span) this.#say(span.quote);
  }

  #choose(span) {
    this.#chosen = span;
    const bar = this.querySelector(".chosen");
    bar.hidden = span === null;
    bar.querySelector(".quote").textContent = span ? `“${span.quote.length > 120 ? `${span.quote.slice(0, 120)}…` : span.quote}”` : "";
  }

  #pressed(event) {
    const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    if (typing(event) || this.querySelector("dialog[open]") || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && !undo) return;
    const key = undo ? "u" : event.key;
    const act = { a: "accept", x: "reject", e: "edit", h: "history" }[key];
    if (key === "j" || key === "k") this.#step(key === "j" ? 1 : -1);
    else if (key === "?") this.querySelector("#keys").showModal();
    else if (key === "n" && "may" in this.dataset) this.#make("statements");
    else if (key === "s" && "may" in this.dataset) this.#startPicking();
    else if (key === "u" && "may" in this.dataset) this.#undo();
    else if (act && (act === "history" || "may" in this.dataset)) this.#act(this.#current(), act);
    else return;
    event.preventDefault();
  }

  // Words by keyboard: the picker has the arrows, Enter and Escape until something else is done.
  #pick(picker) {
    if (this.#picker === picker) return;
    this.#picker = picker;
    this.querySelector(".by-keys").hidden = picker === null;
    if (picker) this.text.focus({ preventScroll: true });
  }

  #picked(event) {
    if (!this.#picker || typing(event) || this.querySelector("dialog[open]")) return false;
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Shift") return false;
    if (event.key === "Enter") this.#make("statements");
    else if (event.key === "Escape") this.#make("");
    else if (!this.#picker.moved(event.key, event.shiftKey)) {
      if (event.key === "n") this.#pick(null);
      else if (event.key !== "?") this.#make("");
      return false;
    }
    event.preventDefault();
    return true;
  }

  #startPicking() {
    const picker = new WordPicker(this.text);
    const seen = [...this.text.children].find((block) => block.getBoundingClientRect().bottom > 120);
    const at = (this.#at && this.marks(this.#at)[0]) || seen || this.text;
    if (!picker.begin(at)) return;
    this.#pick(picker);
  }

  #say(words) {
    const hint = this.querySelector(".by-keys").textContent;
    const said = this.querySelector("#words-said");
    said.textContent = this.#picker.told ? words : `${words}. ${hint}`;
    this.#picker.told = true;
  }

  #current() {
    return this.#at ? this.card(this.#at) : null;
  }

  #step(by) {
    const cards = [...this.side.querySelectorAll(":scope > .items > .item")].filter((card) => card.checkVisibility());
    const at = cards.indexOf(this.#current());
    const next = at < 0 ? (by > 0 ? 0 : cards.length - 1) : at + by;
    if (cards[next]) this.#goTo(cards[next].dataset.i);
  }

  async #undo() {
    await this.#ask("POST", "/undo", { target: "#told", swap: "innerHTML", values: { place: "article" } });
  }

  // After a swap, the marks in the text say what the cards say.
  #swapped() {
    const made = this.querySelector(".item-side[data-made]");
    for (const card of this.querySelectorAll(".item")) {
      const marks = card.dataset.seen === card.dataset.review ? [] : this.marks(card.dataset.i);
      for (const mark of marks) {
        mark.classList.remove("proposed", "accepted", "rejected", "edited");
        mark.classList.add(card.dataset.review);
      }
      card.dataset.seen = card.dataset.review;
    }
    const form = this.querySelector("#form");
    if (form.open && !form.querySelector("#form-wrong")?.textContent.trim() && this.#saved) form.close();
    this.#saved = false;
    if (made) {
      const item = made.dataset.made;
      delete made.dataset.made;
      this.#choose(null);
      this.#pick(null);
      form.close();
      this.#toggle("");
      this.#goTo(item);
      tell("Added.");
    }
  }

  #saved = false;

  wasSaved(form) {
    this.#saved = true;
    const item = form.dataset.item;
    if (item) requestAnimationFrame(() => this.card(item)?.focus({ preventScroll: true }));
  }
}

customElements.define("read-check", ReadCheck);

document.addEventListener("htmx:before:swap", (event) => {
  const form = event.detail.ctx?.sourceElement?.closest?.("form.fill");
  const status = event.detail.ctx?.response?.status ?? 200;
  if (form && status < 400 && event.detail.ctx.request.method === "POST") document.querySelector("read-check")?.wasSaved(form);
});
