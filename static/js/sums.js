// Running sums while amounts are typed. What the server computes is the same; nothing is stored from here.

import { grouped, growth, read, shareOf } from "./amounts.js";

function sumOf(path) {
  const [region, field] = path.split(".");
  let sum = 0n;
  for (const input of document.querySelectorAll(
    `tbody[data-region="${CSS.escape(region)}"] > [data-row]:not(.is-deleted) [data-amount]`,
  )) {
    if (input.name.endsWith(`-${field}`)) sum += read(input.value) ?? 0n;
  }
  return sum;
}

// The text node is changed and not replaced: a new node would have the styles of the whole page looked at again.
function write(place, text) {
  if (place.childNodes.length === 1 && place.firstChild instanceof Text) place.firstChild.data = text;
  else place.textContent = text;
}

function refresh() {
  for (const place of document.querySelectorAll("[data-sum]")) write(place, grouped(sumOf(place.dataset.sum), 2));
  for (const place of document.querySelectorAll("[data-growth]")) {
    write(place, growth(sumOf(place.dataset.growth), read(place.dataset.before)));
  }
  for (const place of document.querySelectorAll("[data-share]")) {
    write(place, shareOf(sumOf(place.dataset.share), sumOf(place.dataset.of)));
  }
}

// Once for all that changes before the next frame.
let waiting = 0;

function soon() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(refresh);
}

addEventListener("input", (event) => {
  if (event.target.matches?.("[data-row] [data-amount], tbody[data-region]")) soon();
});
addEventListener("settled", soon);
