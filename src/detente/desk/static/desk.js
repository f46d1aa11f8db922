// What every screen needs: errors of htmx requests are told in the live region.
const told = () => document.getElementById("told");

export function tell(message) {
  const place = told();
  place.replaceChildren();
  const line = document.createElement("p");
  line.textContent = message;
  place.append(line);
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => place.replaceChildren(), 8000);
}

// Write requests of our own modules carry the session's token.
export async function send(path, { method = "POST", json } = {}) {
  const answer = await fetch(path, {
    method,
    headers: { "x-csrf": document.body.dataset.csrf, "content-type": "application/json" },
    body: json === undefined ? undefined : JSON.stringify(json),
  });
  if (!answer.ok) {
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    throw new Error(page.querySelector(".wrong")?.textContent ?? page.body.textContent);
  }
  return answer;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
