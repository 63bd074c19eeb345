// Running sums while amounts are typed. What the server computes is the same; nothing is stored from here.
"use strict";

const PLACES = 6n;
const SCALE = 10n ** PLACES;

// A typed amount in millionths of the page's unit; null where it is no amount.
function read(text) {
  const plain = text.normalize("NFKC").replace(/\u2212/g, "-").replace(/[,，\s¥￥]/g, "");
  const match = /^(-?)(\d*)(?:\.(\d{0,6}))?$/.exec(plain);
  if (!match || !(match[2] || match[3])) return null;
  const size = BigInt(match[2] || 0) * SCALE + BigInt((match[3] ?? "").padEnd(Number(PLACES), "0"));
  return match[1] ? -size : size;
}

function rounded(value, places) {
  const step = 10n ** (PLACES - BigInt(places));
  const sign = value < 0n ? -1n : 1n;
  return sign * ((sign * value + step / 2n) / step);
}

function grouped(value, places) {
  const scaled = rounded(value, places);
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(places + 1, "0");
  const whole = digits.slice(0, -places).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${scaled < 0n ? "-" : ""}${whole}.${digits.slice(-places)}`;
}

function sumOf(path) {
  const [region, field] = path.split(".");
  let sum = 0n;
  for (const input of document.querySelectorAll(`tbody[data-region="${CSS.escape(region)}"] > [data-row]:not(.is-deleted) [data-amount]`)) {
    if (input.name.endsWith(`-${field}`)) sum += read(input.value) ?? 0n;
  }
  return sum;
}

function growth(sum, before) {
  if (!before) return "";
  const percent = rounded(((sum - before) * 100n * SCALE) / before, 1);
  if (!percent) return "持平";
  const size = percent < 0n ? -percent : percent;
  return `${percent > 0n ? "↑" : "↓"}${size / 10n}.${size % 10n} %`;
}

function shareOf(part, whole) {
  if (!whole) return "—";
  return `${grouped((part * 100n * SCALE) / whole, 2)}%`;
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

if (document.querySelector("[data-row] [data-amount]")) {
  addEventListener("input", (event) => {
    if (!event.target.matches?.("[data-amount], tbody[data-region]")) return;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(refresh);
  });
}
