// Copying a sheet: the CSV as the server writes it, so that no cell of it runs as a formula.
import { tell } from "/static/desk.js";

class CopySheet extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    this.hidden = false;
    this.querySelector("button").addEventListener("click", (event) => this.copy(event.currentTarget.dataset.from));
  }

  async copy(from) {
    try {
      const answer = await fetch(from);
      if (!answer.ok) throw new Error("The sheet could not be made.");
      await navigator.clipboard.writeText((await answer.text()).replace(/^\ufeff/, ""));
      tell("Copied: paste it into a sheet.");
    } catch (error) {
      tell(error.message);
    }
  }
}

customElements.define("copy-sheet", CopySheet);
