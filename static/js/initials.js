// Choosing from a list by letters: the initials of its Chinese labels in pinyin. Pure.
//
// The browser sorts Chinese by pinyin; a character belongs to the last of these, the first syllable of each
// letter, that it does not come before.

const FIRST = "阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀";
const LETTERS = "abcdefghjklmnopqrstwxyz";
// Of several readings, the one that labels mean: 长期, 调整.
const MEANT = { 长: "c", 调: "t" };
const byPinyin = new Intl.Collator("zh-Hans-CN-u-co-pinyin");
const HAN = /\p{Script=Han}/u;

/** `ybgg` of 一般公共; letters and digits as they are, the rest left out. */
export function initials(label) {
  let said = "";
  for (const sign of label.normalize("NFKC").toLowerCase()) {
    if (HAN.test(sign)) {
      const at = [...FIRST].findLastIndex((first) => byPinyin.compare(first, sign) <= 0);
      said += MEANT[sign] ?? LETTERS[at] ?? "";
    } else if (/[a-z0-9]/.test(sign)) said += sign;
  }
  return said;
}

/**
 * The place of the label that `typed` chooses, -1 if none does. One letter again and again goes on from `current`
 * to the next that begins with it.
 */
export function chosenBy(typed, labels, current) {
  const wanted = typed.toLowerCase();
  const fits = (label, start) => label.trim().toLowerCase().startsWith(start) || initials(label).startsWith(start);
  const repeated = wanted.length > 1 && [...wanted].every((letter) => letter === wanted[0]);
  const start = wanted.length === 1 || repeated ? current + 1 : Math.max(current, 0);
  for (const text of repeated ? [wanted, wanted[0]] : [wanted]) {
    for (let step = 0; step < labels.length; step++) {
      const at = (start + step) % labels.length;
      if (labels[at].trim() && fits(labels[at], text)) return at;
    }
  }
  return -1;
}

const normal = (text) => text.normalize("NFKC").replace(/\s/g, "");

/** The place of the label that a pasted text names: the same, or the only one that begins or ends so; else -1. */
export function namedBy(text, labels) {
  const wanted = normal(text);
  const said = labels.map(normal);
  const exact = said.indexOf(wanted);
  if (exact >= 0 || !wanted) return exact;
  const near = said.flatMap((label, at) => (label && (label.startsWith(wanted) || label.endsWith(wanted)) ? [at] : []));
  return near.length === 1 ? near[0] : -1;
}
