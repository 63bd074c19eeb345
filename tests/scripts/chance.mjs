// What tests draw by chance, the same in every run.

/** Draws whole numbers and members of lists; `seed` names the sequence. */
export function chance(seed) {
  let state = seed >>> 0;
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(draw() * limit);
  const pick = (list) => list[below(list.length)];
  return {
    below,
    pick,
    /** Whether something that happens once in `times` happens now. */
    once: (times) => below(times) === 0,
    /** Some members of a list, in its order. */
    some: (list) => list.filter(() => draw() < 0.5),
    /** Its members in another order. */
    shuffled: (list) =>
      list
        .map((member) => [draw(), member])
        .sort(([a], [b]) => a - b)
        .map(([, member]) => member),
    /** A whole number of up to `digits` digits, either sign. */
    big: (digits) =>
      BigInt((draw() < 0.5 ? "-" : "") + Array.from({ length: 1 + below(digits) }, () => below(10)).join("")),
    times: (count, make) => Array.from({ length: count }, (_, at) => make(at)),
  };
}
