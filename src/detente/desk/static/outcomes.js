// A weight with its range: the slider moves both ends, the numbers move the slider.
class WeightRange extends HTMLElement {
  connectedCallback() {
    this.slider = this.querySelector('input[type="range"]');
    [this.low, this.high] = this.querySelectorAll('input[type="number"]');
    this.slider.addEventListener("input", () => this.shift());
    for (const end of [this.low, this.high]) end.addEventListener("input", () => this.follow());
    this.mark();
  }

  get middle() {
    return (Number(this.low.value) + Number(this.high.value)) / 2;
  }

  shift() {
    const by = Number(this.slider.value) - this.middle;
    for (const end of [this.low, this.high]) end.value = String(Math.round((Number(end.value) + by) * 100) / 100);
    this.mark();
  }

  follow() {
    this.slider.value = String(this.middle);
    this.mark();
  }

  mark() {
    this.classList.toggle("changed", [this.low, this.high].some((end) => end.value !== end.defaultValue));
  }
}

customElements.define("weight-range", WeightRange);
