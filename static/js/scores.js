// 自评: points by the note's rule while results are typed. Pure. What the server computes is the same.

import { SCALE, read } from "./amounts.js";

const OPERATORS = /^(?:>=|<=|[≥≤><=])/;

/**
 * The number of an actual value in the target's own unit, in millionths; null where only the server can read it.
 * `measure` is the target's unit, `per` what it is counted by.
 */
export function actualNumber(text, { measure = "", per = "" }) {
  const plain = text.normalize("NFKC").replace(/\s/g, "").replace(OPERATORS, "");
  const match = /^(\d{1,9}(?:\.\d{1,6})?)(.*)$/.exec(plain);
  if (!match) return null;
  const units = ["", measure, ...(per ? [`${measure}/${per}`] : [])];
  return units.includes(match[2]) ? read(match[1]) : null;
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
