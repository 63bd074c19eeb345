// What became of the page while an answer of the server was under way, and how the answer's rows and the page's go
// together. Pure: contents are maps of names to values, rows are lists of keys.

/** Names that stand for the page and not for what is typed in it. */
const OF_THE_PAGE =
  /^(?:csrfmiddlewaretoken|base|unit|page|continues|attempt|lost|next|focus|command|.+-columns|common-.+)$/;

/** `entries` of a form as one map: every name once, the values of its controls together. */
export function contentOf(entries) {
  const content = new Map();
  for (const [name, value] of entries) {
    if (OF_THE_PAGE.test(name)) continue;
    content.set(name, content.has(name) ? `${content.get(name)}\u0000${value}` : String(value));
  }
  return content;
}

/** Whether two contents are equal, the order of their rows included. */
export function isSame(one, other) {
  if (one.size !== other.size) return false;
  const others = other.entries();
  for (const [name, value] of one) {
    const [otherName, otherValue] = others.next().value;
    if (name !== otherName || value !== otherValue) return false;
  }
  return true;
}

/** The names whose values differ, or that only one of the two has. */
export function differing(then, now) {
  const names = new Set([...then.keys(), ...now.keys()]);
  return new Set([...names].filter((name) => then.get(name) !== now.get(name)));
}

/** Inserts what `primary` lacks of `secondary`, each behind the one that stands before it there. */
export function interleaved(primary, secondary) {
  const out = [...primary];
  secondary.forEach((key, at) => {
    if (out.includes(key)) return;
    const before = secondary.slice(0, at).findLast((other) => out.includes(other));
    out.splice(before === undefined ? 0 : out.indexOf(before) + 1, 0, key);
  });
  return out;
}

const isMoved = (posted, live) => {
  const common = new Set(live);
  const was = posted.filter((key) => common.has(key));
  const still = new Set(was);
  return live.filter((key) => still.has(key)).some((key, at) => key !== was[at]);
};

/**
 * The rows of a sub-table once the answer is taken into the page.
 *
 * `posted`: the rows that were sent; `live`: those of the page now; `touched`: those of them that were changed
 * since, or have the focus; `answered`: those of the answer; `blank`: those of `posted` and of `answered` in which
 * nothing is typed. Returns `rows`, the keys in their order; `kept`, those that only the page has; and `renamed`,
 * a blank row of the answer by the blank one of the page that it is: a blank row has no key of its own yet.
 */
export function planRows({ posted, live, touched, answered, blank }) {
  const sent = new Set(posted);
  const answers = new Set(answered);
  const present = new Set(live);
  const spare = answered.filter((key) => blank.has(key) && !sent.has(key) && !present.has(key));
  const renamed = new Map();
  const kept = new Set();
  for (const key of live) {
    if (answers.has(key)) continue;
    if (blank.has(key) && sent.has(key) && spare.length) renamed.set(spare.shift(), key);
    else if (!sent.has(key) || touched.has(key)) kept.add(key);
  }
  const theirs = answered.map((key) => renamed.get(key) ?? key).filter((key) => present.has(key) || !sent.has(key));
  const known = new Set([...theirs, ...kept]);
  const mine = live.filter((key) => known.has(key));
  return { rows: isMoved(posted, live) ? interleaved(mine, theirs) : interleaved(theirs, mine), kept, renamed };
}
