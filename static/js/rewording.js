// A sentence that is being reworded: how it will read, below its form.

const MARK = /〔\d{1,4}(?:[ 　]([^〔〕]*))?〕/g;

const wording = document.querySelector("textarea[data-wording]");

if (wording) {
  const line = document.createElement("p");
  line.className = "told-now";
  line.setAttribute("aria-live", "polite");
  const head = document.createElement("h2");
  head.textContent = "改写后";
  wording.form.after(head, line);
  const tell = () => {
    line.textContent = wording.value.replace(MARK, (_, said) => said ?? "…");
  };
  wording.addEventListener("input", tell);
  tell();
}
