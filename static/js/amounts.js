// Amounts as they are typed: read, summed, compared and written. Pure. What the server computes is the same;
// nothing is stored from here.

const PLACES = 6n;
export const SCALE = 10n ** PLACES;

const PARTED = /\d\s+[\d.]|\.\s+\d/;
const THOUSANDS = /^[-+]?\s*[¥￥]?\s*\d{1,3}(\s\d{3})+(\.\d+)?$/;

const NEGATIVE = /^(?:[¥￥]?\s*\(\s*[¥￥]?\s*(\d[\d,. ]*)\)|[-\u2212]\s*[¥￥]\s*(\d[\d,. ]*)|\u2212\s*(\d[\d,. ]*))$/;
const FORMAT = /\p{Cf}/gu;
// Numbers in circles, powers and fractions.
const NO_DIGITS = /\p{No}/u;

/** A typed amount in millionths of the page's unit; null where it is no amount. A space may part thousands alone. */
export function read(text) {
  if (NO_DIGITS.test(text)) return null;
  const written = text.replace(FORMAT, "").normalize("NFKC").trim();
  const below = NEGATIVE.exec(written);
  const said = below ? `-${(below[1] ?? below[2] ?? below[3]).trim()}` : written;
  if (PARTED.test(said) && !THOUSANDS.test(said)) return null;
  const plain = said.replace(/[,，\s¥￥]/g, "");
  const match = /^([-+]?)(\d*)(?:\.(\d{0,6})0*)?$/.exec(plain);
  if (!match || !(match[2] || match[3])) return null;
  const value = BigInt(match[2] || 0) * SCALE + BigInt((match[3] ?? "").padEnd(Number(PLACES), "0"));
  return match[1] === "-" ? -value : value;
}

const size = (value) => (value < 0n ? -value : value);

/** Half-up to `places`, as a whole number of them. */
export function rounded(value, places) {
  const step = 10n ** (PLACES - BigInt(places));
  const steps = (size(value) + step / 2n) / step;
  return value < 0n ? -steps : steps;
}

/** `1,234.50` of millionths. */
export function grouped(value, places) {
  const scaled = rounded(value, places);
  const digits = String(size(scaled)).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${scaled < 0n ? "-" : ""}${whole}${places ? `.${digits.slice(-places)}` : ""}`;
}

/** The change in percent of `before`, with its direction; empty where there is nothing to compare with. */
export function growth(sum, before) {
  if (!before) return "";
  const tenths = rounded(((sum - before) * 100n * SCALE) / size(before), 1);
  if (!tenths) return "持平";
  return `${tenths > 0n ? "↑" : "↓"}${size(tenths) / 10n}.${size(tenths) % 10n} %`;
}

export function shareOf(part, whole) {
  if (!whole) return "—";
  return `${grouped((part * 100n * SCALE) / whole, 2)}%`;
}

// --- amounts that a slip of the finger makes -----------------------------------------------------------

const TIMES = 100n;
const FEWEST = 2;

/** The same amount in 元: `1,950,020` or `1,950,020.50`. Millionths of 万元 are 分. */
export function inYuan(value, unit) {
  const cents = unit === "wan" ? value : rounded(value, 2);
  return grouped(cents * 10n ** 4n, cents % 100n ? 2 : 0);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2n;
}

/**
 * Why an amount typed by hand may be a slip, in words; empty where nothing is remarkable.
 * `others` are the amounts typed in the rest of its column.
 */
export function doubtOf(text, unit, others) {
  const value = read(text);
  if (value === null) return "";
  const said = `＝ ${inYuan(value, unit)} 元`;
  if (unit === "wan" && value % 10n ** 4n) return `${said}，比显示的 0.01 万元更细`;
  const usual = others
    .map(read)
    .filter((other) => other)
    .map(size);
  if (usual.length >= FEWEST && size(value) > TIMES * median(usual)) return `${said}，是本栏一般金额的 100 倍以上`;
  return "";
}
