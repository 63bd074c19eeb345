// Answers questions to the scripts for test_agreement.py: one line of JSON each, [question, arguments], one of the answer.

import { createInterface } from "node:readline";

import { grouped, growth, inYuan, read, SCALE, shareOf } from "../../static/js/amounts.js";
import { asRange } from "../../static/js/clipboard.js";
import { initials } from "../../static/js/initials.js";
import { achieved, actualNumber, hundredths, pointsText } from "../../static/js/scores.js";

const sumOf = (texts) => texts.reduce((sum, text) => sum + (read(text) ?? 0n), 0n);

const QUESTIONS = {
  read: (text) => read(text)?.toString() ?? null,
  sum: (texts, places) => grouped(sumOf(texts), places),
  yuan: (text, unit) => inYuan(read(text), unit),
  growth: (texts, before) => growth(sumOf(texts), read(before)),
  share: (part, whole) => shareOf(read(part), read(whole)),
  range: asRange,
  initials,
  /** As evaluation.js proposes: the points and how much is achieved; null where it leaves that to the server. */
  points(actual, weight, target) {
    const got = actualNumber(actual, target);
    if (got === null) return null;
    const share = achieved(read(target.aim), got, target.direction);
    return [pointsText(hundredths(read(weight), share)), `${grouped((share[0] * 100n * SCALE) / share[1], 2)}%`];
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [question, given] = JSON.parse(line);
  console.log(JSON.stringify(QUESTIONS[question](...given)));
}
