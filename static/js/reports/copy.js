// <copy-words for="id" done="Copied">: a button that copies a text field. Without script, or where the browser refuses,
// the words stand there to be selected by hand.

class CopyWords extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.copy());
  }

  async copy() {
    const field = document.getElementById(this.getAttribute("for"));
    field.select();
    if (await copied(field.value)) this.querySelector("[role=status]").textContent = this.getAttribute("done");
  }
}

async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return document.execCommand("copy"); // plain http, or an embedded browser without the clipboard
  }
}

customElements.define("copy-words", CopyWords);
