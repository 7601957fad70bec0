// The meeting page by keyboard: j goes to the next point, k to the one before. The links do the same.
"use strict";

const POINT_KEYS = { j: "a[rel=next]", k: "a[rel=prev]" };

document.addEventListener("keydown", (event) => {
  const link = POINT_KEYS[event.key];
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select, [contenteditable]")) return;
  document.querySelector(`.item ${link}`)?.click();
});
