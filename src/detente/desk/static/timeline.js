// The picture opens at its last marks, and the names of the lanes stay in sight while it is moved sideways.
class TimeLanes extends HTMLElement {
  connectedCallback() {
    this.scroller = this.querySelector(".scroll");
    this.names = this.querySelector(".lane-names");
    this.scroller.scrollLeft = this.scroller.scrollWidth;
    this.scroller.addEventListener("scroll", () => this.#keep(), { passive: true });
    addEventListener("resize", () => this.#keep(), { passive: true });
    this.#keep();
  }

  #keep() {
    const svg = this.scroller.querySelector("svg");
    const scale = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
    this.names.setAttribute("transform", `translate(${(this.scroller.scrollLeft * scale).toFixed(1)} 0)`);
    this.classList.toggle("moved", this.scroller.scrollLeft > 0);
  }
}

customElements.define("time-lanes", TimeLanes);
