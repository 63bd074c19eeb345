// What a field asks for, by F1 in the field. The marks beside the labels work without scripts; with them
// they are left out of the way of the Tab key.

function helpOf(control) {
  const ids = (control.getAttribute("aria-describedby") ?? "").split(" ");
  return ids.map((id) => document.getElementById(id)).find((element) => element?.matches(".help-text"));
}

addEventListener("keydown", (event) => {
  if (event.key !== "F1" || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const help = event.target instanceof Element && helpOf(event.target);
  if (!help?.togglePopover) return;
  event.preventDefault();
  help.togglePopover({ source: event.target });
});

function leaveOut() {
  document.querySelectorAll("button.help").forEach((mark) => {
    mark.tabIndex = -1;
  });
}

addEventListener("settled", leaveOut);
leaveOut();
