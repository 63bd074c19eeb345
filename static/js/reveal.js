// Bringing a control into view, whatever it is folded in.

export function reveal(element) {
  element.dispatchEvent(new Event("reveal", { bubbles: true }));
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
}
