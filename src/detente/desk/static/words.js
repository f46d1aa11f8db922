// Words of the article selected by keyboard alone: a word under the arrows, more of them with Shift.

const STEPS = { ArrowRight: ["word", 1], ArrowLeft: ["word", -1], ArrowDown: ["sentence", 1], ArrowUp: ["sentence", -1] };

export class WordPicker {
  // The text as one string, with where each of its nodes begins in it.
  constructor(text) {
    this.text = text;
    this.nodes = [];
    this.starts = [];
    let length = 0;
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      this.nodes.push(node);
      this.starts.push(length);
      length += node.data.length;
    }
    const whole = this.nodes.map((node) => node.data).join("");
    const cut = (granularity) => [...new Intl.Segmenter(text.lang || undefined, { granularity }).segment(whole)];
    this.words = cut("word").filter((one) => one.isWordLike).map((one) => [one.index, one.index + one.segment.length]);
    this.sentences = cut("sentence").filter((one) => /[\p{L}\p{N}]/u.test(one.segment)).map((one) => one.index);
    this.from = 0;
    this.to = 0;
  }

  // Begins at the first word of an element; false where the text has none.
  begin(element) {
    if (!this.words.length) return false;
    const node = this.nodes.findIndex((one) => element.contains(one));
    const at = node < 0 ? 0 : this.starts[node];
    this.from = Math.max(0, this.words.findIndex((word) => word[1] > at));
    this.to = this.from;
    this.#select();
    return true;
  }

  // Moves for an arrow key, and says whether it was one.
  moved(key, extend) {
    const [unit, by] = STEPS[key] ?? [];
    if (!unit) return false;
    const next = unit === "word" ? this.to + by : this.#sentence(by, extend);
    this.to = Math.min(Math.max(next, 0), this.words.length - 1);
    if (!extend) this.from = this.to;
    this.#select();
    return true;
  }

  // The first word of the sentence before or after; to the end of this one, or of the next, where it extends.
  #sentence(by, extend) {
    const here = this.sentences.findLastIndex((start) => start <= this.words[this.to][0]);
    if (extend && by > 0) {
      const last = (sentence) => this.words.findLastIndex((word) => word[0] < (this.sentences[sentence + 1] ?? Infinity));
      return last(here) > this.to ? last(here) : last(here + 1);
    }
    const first = (sentence) => this.words.findIndex((word) => word[0] >= (this.sentences[sentence] ?? Infinity));
    const back = first(here) < this.to ? here : here - 1;
    const found = first(by > 0 ? here + 1 : Math.max(back, 0));
    return found < 0 ? this.words.length - 1 : found;
  }

  #point(at, atEnd) {
    const node = this.starts.findLastIndex((start) => (atEnd ? start < at : start <= at));
    return [this.nodes[Math.max(node, 0)], at - this.starts[Math.max(node, 0)]];
  }

  #select() {
    const [first, last] = this.from <= this.to ? [this.from, this.to] : [this.to, this.from];
    const start = this.#point(this.words[first][0], false);
    const end = this.#point(this.words[last][1], true);
    getSelection().setBaseAndExtent(...start, ...end);
    const moving = document.createRange();
    moving.setStart(...this.#point(this.words[this.to][0], false));
    moving.setEnd(...this.#point(this.words[this.to][1], true));
    const box = moving.getBoundingClientRect();
    if (box.top < 90 || box.bottom > innerHeight - 150) scrollBy({ top: box.top - innerHeight / 3 });
  }
}
