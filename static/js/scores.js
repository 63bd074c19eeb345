// 自评: points by the note's rule while results are typed. Pure. What the server computes is the same.

import { read, SCALE } from "./amounts.js";

const OPERATOR = /^(?:>=|<=|[≥≤><=])/;
const OTHER_SIDE = { floor: /[≤<]/, ceiling: /[≥>]/ };
const DATE = /^(?:\d{4}年度?|\d{1,2}月份?|[1-4]季度)$/;
const YEARLY = ["", "年", "年度"];

/**
 * The number of an actual value in the target's own unit, in millionths; null where only the server can read it, or
 * only a person: a bound of the other side, and a bare fraction of a rate, which may be per cent.
 * `direction` is the target's, `measure` its unit, `per` what it is counted by.
 */
export function actualNumber(text, { direction, measure = "", per = "" }) {
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  const operator = OPERATOR.exec(plain)?.[0] ?? "";
  const match = /^(\d{1,9}(?:\.\d{1,6})?)(.*)$/.exec(plain.slice(operator.length));
  if (!match || DATE.test(plain) || OTHER_SIDE[direction]?.test(operator)) return null;
  const number = read(match[1]);
  if (!match[2]) return /^[%‰]/.test(measure) && number && number <= SCALE ? null : number;
  const units = [...(YEARLY.includes(per) ? [measure] : []), ...(per ? [`${measure}/${per}`] : [])];
  return units.includes(match[2]) ? number : null;
}

/** What of the target is achieved, as a fraction of two numbers; at most 1. */
export function achieved(aim, got, direction) {
  const [part, whole] = direction === "floor" ? [got, aim] : [aim, got];
  return !whole || part >= whole ? [1n, 1n] : [part, whole];
}

/** Points half-up to hundredths; `weight` in millionths. */
export function hundredths(weight, [part, whole]) {
  return (200n * weight * part + whole * SCALE) / (2n * whole * SCALE);
}

/** `9.5` of 950 hundredths. */
export function pointsText(value) {
  const digits = String(value).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, "");
}
