// Dropping files and folders: they are sent a few at a time, so that a folder of thousands is no single request.
import { tell } from "./desk.js";

const MOST_FILES = 100;
const MOST_BYTES = 50_000_000;

class DropFiles extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.picker = this.querySelector("input[type=file]");
    this.querySelector(".hint").hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send([...this.picker.files].map((file) => ({ file, name: file.name })));
    });
    for (const name of ["dragenter", "dragover"]) {
      document.addEventListener(name, (event) => {
        if (![...event.dataTransfer.types].includes("Files")) return;
        event.preventDefault();
        this.classList.add("over");
      });
    }
    document.addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) this.classList.remove("over");
    });
    document.addEventListener("drop", async (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      this.classList.remove("over");
      this.send(await dropped(event.dataTransfer));
    });
  }

  async send(files) {
    if (!files.length) return;
    const place = this.querySelector(".sending");
    const button = this.querySelector("button");
    button.disabled = true;
    let sent = 0;
    try {
      for (const some of parcels(files)) {
        place.textContent = `Sending ${sent + 1} to ${sent + some.length} of ${files.length} files`;
        await post(some);
        sent += some.length;
      }
      place.textContent = `${sent} ${sent === 1 ? "file" : "files"} sent`;
      this.form.reset();
    } catch (error) {
      place.textContent = "";
      tell(`${sent} of ${files.length} files were sent. ${error.message}`);
    } finally {
      button.disabled = false;
    }
  }
}

function* parcels(files) {
  let some = [];
  let bytes = 0;
  for (const one of files) {
    if (some.length && (some.length === MOST_FILES || bytes + one.file.size > MOST_BYTES)) {
      yield some;
      some = [];
      bytes = 0;
    }
    some.push(one);
    bytes += one.file.size;
  }
  if (some.length) yield some;
}

async function post(some) {
  const form = new FormData();
  for (const { file, name } of some) form.append("files", file, name);
  const answer = await fetch("/add", {
    method: "POST",
    headers: { "x-csrf": document.body.dataset.csrf, "x-part": "yes" },
    body: form,
  });
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!answer.ok) throw new Error(page.querySelector(".wrong")?.textContent ?? page.body.textContent);
  const fresh = document.adoptNode(page.getElementById("batches"));
  document.getElementById("batches").replaceWith(fresh);
  window.htmx.process(fresh);
}

// The files of a drop, those in folders too, under their path.
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file, name: file.name }));
  const found = [];
  for (const entry of entries) await walk(entry, "", found);
  return found;
}

async function walk(entry, above, found) {
  const name = above + entry.name;
  if (entry.isFile) {
    found.push({ file: await new Promise((good, bad) => entry.file(good, bad)), name });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((good, bad) => reader.readEntries(good, bad));
    if (!some.length) return;
    for (const one of some) await walk(one, `${name}/`, found);
  }
}

customElements.define("drop-files", DropFiles);
