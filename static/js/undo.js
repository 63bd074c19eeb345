// A list of steps that can be undone and done again. Pure: a step brings its own `undo` and `redo`.

const DEEPEST = 200;

export class Undo {
  #done = [];
  #undone = [];

  /** One change as a person sees it; `undo` and `redo` carry it out and return the control to go to, if any. */
  record(step) {
    this.#done.push(step);
    if (this.#done.length > DEEPEST) this.#done.shift();
    this.#undone = [];
  }

  /** The control that the step was about; undefined where there is no step. */
  undo() {
    return this.#travel(this.#done, this.#undone, "undo");
  }

  redo() {
    return this.#travel(this.#undone, this.#done, "redo");
  }

  /** The steps so far, for `forget`. */
  mark() {
    return new Set(this.#done);
  }

  /** Forget the steps of `mark`, whatever was undone and done since: what was saved is undone under 历次保存. */
  forget(mark) {
    this.#done = this.#done.filter((step) => !mark.has(step));
    this.#undone = [];
  }

  #travel(from, to, way) {
    const step = from.pop();
    if (!step) return undefined;
    to.push(step);
    return step[way]();
  }
}
