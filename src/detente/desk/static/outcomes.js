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

// What is asked for further down comes into sight, with a word while it is worked out.
const asked = (event) => {
  const place = event.detail.ctx?.sourceElement?.getAttribute("hx-target");
  return ["#change", "#sure"].includes(place) ? document.querySelector(place) : null;
};

document.addEventListener("htmx:before:request", (event) => {
  const place = asked(event);
  if (!place) return;
  const note = document.createElement("p");
  note.className = "quiet";
  note.textContent = "Being worked out…";
  place.append(note);
  note.scrollIntoView({ block: "nearest" });
});

document.addEventListener("htmx:after:swap", (event) => {
  asked(event)?.scrollIntoView({ block: "center" });
});
