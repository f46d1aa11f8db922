// `u` and Ctrl+Z press the page's undo button, but not while somebody writes or has changes not kept yet.
import { tell } from "./desk.js";

const WRITTEN_IN = 'textarea, select, input:not([type="checkbox"]):not([type="radio"]):not([type="range"])';

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field.name !== "" && "defaultValue" in field && field.value !== field.defaultValue;
}

document.addEventListener("keydown", (event) => {
  const back = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
  const plain = event.key === "u" && !event.ctrlKey && !event.metaKey && !event.altKey;
  if ((!back && !plain) || event.target.closest?.(WRITTEN_IN)) return;
  event.preventDefault();
  const button = document.querySelector("[data-undo]");
  const sheet = document.getElementById("sheet");
  if (sheet && [...sheet.elements].some(isChanged)) tell("The sheet has changes that are not kept: keep them, or go back to the kept one.");
  else if (button) button.click();
  else tell("There is nothing here that you can take back.");
});
