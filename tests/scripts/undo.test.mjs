// Steps that can be undone and done again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Undo } from "../../static/js/undo.js";
import { chance } from "./chance.mjs";

/** A page of one number, and steps that add to it; each answers its control by name. */
function page() {
  const steps = new Undo();
  const state = { sum: 0 };
  const add = (number) => {
    state.sum += number;
    steps.record({
      undo: () => {
        state.sum -= number;
        return `undone ${number}`;
      },
      redo: () => {
        state.sum += number;
        return `redone ${number}`;
      },
    });
  };
  return { steps, state, add };
}

/** Undoes while there is a step; answers how many there were. */
function undoAll(steps) {
  let count = 0;
  while (steps.undo() !== undefined) count += 1;
  return count;
}

test("steps are undone from the last one and done again from the first", () => {
  const { steps, state, add } = page();
  [1, 20, 300].forEach(add);
  assert.deepEqual([steps.undo(), state.sum], ["undone 300", 21]);
  assert.deepEqual([steps.undo(), state.sum], ["undone 20", 1]);
  assert.deepEqual([steps.redo(), state.sum], ["redone 20", 21]);
  assert.deepEqual([steps.redo(), state.sum], ["redone 300", 321]);
});

test("where there is no step, nothing happens", () => {
  const { steps, state, add } = page();
  assert.equal(steps.undo(), undefined);
  assert.equal(steps.redo(), undefined);
  add(1);
  assert.equal(steps.redo(), undefined);
  steps.undo();
  assert.equal(steps.undo(), undefined);
  assert.equal(state.sum, 0);
});

test("a new step takes the place of those that were undone", () => {
  const { steps, state, add } = page();
  [1, 20].forEach(add);
  steps.undo();
  add(300);
  assert.equal(steps.redo(), undefined);
  assert.equal(state.sum, 301);
  assert.equal(undoAll(steps), 2);
  assert.equal(state.sum, 0);
});

test("two hundred steps can be undone, and the oldest is forgotten first", () => {
  const { steps, state, add } = page();
  for (let number = 1; number <= 205; number++) add(number);
  assert.equal(undoAll(steps), 200);
  assert.equal(state.sum, 1 + 2 + 3 + 4 + 5);
});

test("what was saved cannot be undone, what was changed since can", () => {
  const { steps, state, add } = page();
  [1, 20].forEach(add);
  const mark = steps.mark();
  [300, 4000].forEach(add);
  steps.forget(mark);
  assert.equal(undoAll(steps), 2);
  assert.equal(state.sum, 21);
});

test("a save forgets what was undone before it ended", () => {
  const { steps, add } = page();
  [1, 20].forEach(add);
  steps.undo();
  steps.forget(steps.mark());
  assert.equal(steps.redo(), undefined);
  assert.equal(steps.undo(), undefined);
});

test("a save before any step forgets none that came since", () => {
  const { steps, state, add } = page();
  const mark = steps.mark();
  [1, 20].forEach(add);
  steps.forget(mark);
  assert.equal(undoAll(steps), 2);
  assert.equal(state.sum, 0);
});

test("what was saved stays so where its last step was undone meanwhile", () => {
  const { steps, state, add } = page();
  [1, 20, 300].forEach(add);
  const mark = steps.mark();
  steps.undo();
  add(4000);
  steps.forget(mark);
  assert.equal(undoAll(steps), 1);
  assert.equal(state.sum, 21);
});

test("what was undone at the mark and done again since can be undone", () => {
  const { steps, state, add } = page();
  [1, 20].forEach(add);
  steps.undo();
  const mark = steps.mark();
  steps.redo();
  steps.forget(mark);
  assert.equal(undoAll(steps), 1);
  assert.equal(state.sum, 1);
});

test("a save forgets nothing of what came since, even where its own steps were too old to be kept", () => {
  const { steps, state, add } = page();
  add(1);
  const mark = steps.mark();
  for (let step = 0; step < 250; step++) add(20);
  steps.forget(mark);
  assert.equal(undoAll(steps), 200);
  assert.equal(state.sum, 1 + 50 * 20);
});

test("whatever is undone and done again, the page is what its steps say", () => {
  const { below, pick, times } = chance(21);
  for (const length of times(100, () => 1 + below(60))) {
    const { steps, state, add } = page();
    const sums = [0];
    let at = 0;
    for (let turn = 0; turn < length; turn++) {
      const act = pick(["add", "add", "undo", "redo"]);
      if (act === "add") {
        add(below(1000));
        sums.splice(at + 1, Infinity, state.sum);
        at += 1;
      } else if (act === "undo" && steps.undo() !== undefined) at -= 1;
      else if (act === "redo" && steps.redo() !== undefined) at += 1;
      assert.equal(state.sum, sums[at]);
    }
    while (steps.redo() !== undefined);
    assert.equal(state.sum, sums.at(-1));
  }
});
