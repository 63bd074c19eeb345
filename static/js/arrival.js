// What a command opened or added comes into view: the control that the answer says to focus, with the panel around it.

function arrive() {
  const target =
    document.querySelector("[data-arrival] [autofocus]") ?? document.querySelector("[data-row] [autofocus]");
  if (!target) return;
  const panel = target.closest("[data-arrival]");
  requestAnimationFrame(() => {
    (panel ?? target).scrollIntoView({ block: panel ? "start" : "center" });
    target.focus({ preventScroll: true });
  });
}

addEventListener("settled", (event) => event.detail.isCommand && arrive());
arrive();
