// What the pages do beyond links and forms. Everything works without it.
"use strict";

const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const search = document.getElementById("sok");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// Esc closes the fold one stands in, on a phone.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || typing(event.target)) return;
  const fold = event.target.closest("details.fold[open]");
  if (!fold || getComputedStyle(fold.querySelector("summary")).display === "none") return;
  fold.open = false;
  fold.querySelector("summary").focus();
});

// An address to share says what was chosen, not what was left alone.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-print]")) return;
  event.preventDefault();
  window.print();
});

// The browser's own jump to "#field" scrolls; the summary's links should also put the cursor there.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".wrongs a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (field) {
    event.preventDefault();
    field.focus();
  }
});

document.addEventListener("DOMContentLoaded", () => document.querySelector(".wrongs")?.focus());

// A session that has ended answers a fragment with the login page: go there instead of showing it in a corner.
document.addEventListener("htmx:before:swap", (event) => {
  const answer = event.detail.ctx?.response?.raw;
  const login = document.body.dataset.login;
  if (!answer?.redirected || !login || new URL(answer.url).pathname !== login) return;
  event.preventDefault();
  const here = encodeURIComponent(location.pathname + location.search);
  location.assign(`${login}?next=${here}`);
});

// After a swap the cursor must stand somewhere: at the errors, or where the new content begins.
document.addEventListener("htmx:after:swap", (event) => {
  const aimed = event.detail.ctx?.target;
  // An answer may have chosen its own place, by name, or have swapped the element for a new one.
  const target = aimed?.isConnected ? aimed : document.querySelector(aimed?.id ? `#${aimed.id}` : String(aimed));
  // a number in the menu or "Sparat 13.42" comes by itself and takes nobody's place
  if (target?.closest?.(".top, [role=status]")) return;
  const wrongs = target?.querySelector?.(".wrongs");
  if (wrongs) {
    wrongs.focus();
    return;
  }
  if (document.activeElement && document.activeElement !== document.body) return;
  const place = target?.querySelector?.("h1, [data-focus]") ?? target;
  if (!place?.isConnected) return;
  if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
});

// A draft says when it is being saved, and says it when that failed.
const saved = (form, text, wrong) => {
  const line = form.querySelector("#sparat");
  if (!line) return;
  line.toggleAttribute("data-wrong", wrong);
  if (text) line.textContent = text;
};
document.addEventListener("htmx:before:request", (event) => {
  if (event.target.matches("[data-autosave]")) saved(event.target, document.body.dataset.saving, false);
});
for (const name of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(name, (event) => {
    if (event.target.matches?.("[data-autosave]")) saved(event.target, document.body.dataset.unsaved, true);
  });
}
document.addEventListener("htmx:before:swap", (event) => {
  const form = event.detail.ctx?.sourceElement;
  if (form?.matches?.("[data-autosave]") && event.detail.ctx.response.status >= 400) event.preventDefault();
});
