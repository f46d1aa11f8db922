// The review queue by keyboard: a key is a press of the button that names it.
import { tell } from "./desk.js";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

class ReviewQueue extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", (event) => this.#pressed(event));
    document.addEventListener("htmx:after:swap", (event) => this.#swapped(event));
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.open) document.getElementById(button.dataset.open).showModal();
      if (button && "close" in button.dataset) button.closest("dialog").close();
    });
  }

  #pressed(event) {
    const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    if (typing(event.target) || this.querySelector("dialog[open]") || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && !undo) return;
    if (event.key === "?") {
      event.preventDefault();
      this.querySelector("#keys").showModal();
      return;
    }
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    const key = undo ? "u" : event.key === " " ? "j" : event.key;
    const pressed = /^[a-z]$/.test(key) ? this.querySelector(`#queue [data-key="${key}"]`) : null;
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  }

  #swapped(event) {
    const ctx = event.detail.ctx ?? {};
    const status = ctx.response?.status ?? 200;
    const opens = ctx.sourceElement?.dataset?.opens;
    if (status === 409) this.#again();
    if (status >= 400) return;
    if (opens) {
      document.getElementById(opens).showModal();
      return;
    }
    const queue = this.querySelector("#queue");
    if (!queue || queue.dataset.seen) return;
    queue.dataset.seen = "yes";
    for (const dialog of this.querySelectorAll("dialog[open]")) dialog.close();
    if (queue.dataset.told) tell(queue.dataset.told);
    this.querySelector("#queue-head")?.focus({ preventScroll: true });
  }

  // Somebody else was quicker: show how the item stands now.
  #again() {
    const values = {};
    for (const input of this.querySelectorAll("#queue-place input")) {
      if (input.name.startsWith("queue_")) values[input.name.slice(6)] = input.value;
    }
    setTimeout(() => window.htmx.ajax("GET", `/queue?${new URLSearchParams(values)}`, { source: this, target: "#queue", swap: "outerHTML" }), 50);
  }
}

customElements.define("review-queue", ReviewQueue);
