// Offsets of the record are code points; those of the page are UTF-16 code units. The border is here.

export const codePoints = (text) => {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(i + 1);
      if (next >= 0xdc00 && next < 0xe000) { count -= 1; i += 1; }
    }
  }
  return count;
};

// Where a point of the page stands in the article; null where it is not in its text.
const pointIn = (text, node, offset) => {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  if (!text.contains(element)) return null;
  const whole = document.createRange();
  let block = element.closest(".b");
  if (!block) {
    block = text.children[offset];
    return block ? Number(block.dataset.s) : codePoints(text.textContent);
  }
  whole.setStart(block, 0);
  whole.setEnd(node, offset);
  return Number(block.dataset.s) + codePoints(whole.toString());
};

// The selection as a span of the article's code points, white space at its ends left out; or null.
export const selectedSpan = (text) => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  let start = pointIn(text, range.startContainer, range.startOffset);
  let end = pointIn(text, range.endContainer, range.endOffset);
  if (start === null && end === null) return null;
  start ??= 0;
  end ??= codePoints(text.textContent);
  const words = range.toString();
  const quote = words.trim();
  if (!quote) return null;
  const lead = codePoints(words.slice(0, words.length - words.trimStart().length));
  return { start: start + lead, end: start + lead + codePoints(quote), quote, last: end };
};
