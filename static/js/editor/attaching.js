// Pictures by paste, drop and choice, and clips by choice: sent at once, then written into the text at the cursor.

export class Attacher {
  // `page`: {pictures, recordings, token}. `said(text, failed)` tells; `placed(markdown)` writes into the text.
  constructor(page, words, said, placed) {
    Object.assign(this, { page, words, said, placed });
  }

  watch(area) {
    area.addEventListener('paste', (event) => this.take(event, event.clipboardData));
    area.addEventListener('dragover', (event) => { if ([...event.dataTransfer.types].includes('Files')) event.preventDefault(); });
    area.addEventListener('drop', (event) => this.take(event, event.dataTransfer, true));
  }

  // What a paste or a drop brings, if it brings files that belong into a lesson. Another file that is dropped would be
  // opened by the browser in place of this page.
  take(event, transfer, dropped = false) {
    const files = [...transfer.files].filter((file) => /^(image|video|audio)\//.test(file.type));
    if (!files.length) {
      if (!dropped || !transfer.files.length) return;
      event.preventDefault();
      this.said(this.words.wrong_file, true);
      return;
    }
    event.preventDefault();
    files.reduce((before, file) => before.then(() => this.send(file)), Promise.resolve());
  }

  pick(kind) {
    const input = Object.assign(document.createElement('input'), { type: 'file' });
    input.accept = kind === 'picture' ? 'image/*,.svg' : 'video/*,audio/*';
    input.addEventListener('change', () => { if (input.files[0]) this.send(input.files[0]); });
    input.click();
  }

  // A file from the fields below the text; without one that is said.
  chosen(file, reading) {
    if (file) this.send(file, reading);
    else this.said(this.words.choose_file, true);
  }

  // `reading`: the language of the page that this sound reads aloud.
  async send(file, reading = '') {
    const picture = file.type.startsWith('image/');
    const form = new FormData();
    form.append('file', file, file.name || 'clip');
    if (reading) form.append('reading', reading);
    this.said(this.words.uploading);
    try {
      const answer = await fetch(picture ? this.page.pictures : this.page.recordings, {
        method: 'POST',
        redirect: 'manual',
        headers: { Accept: 'application/json', 'X-CSRF-Token': this.page.token },
        body: form,
      });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.error);
      this.said((told.waiting ? this.words.turning : this.words.uploaded).replace('{name}', told.name).replace('{weight}', told.weight));
      if (!reading) this.placed(`![](${told.name})`);
      this.listAgain();
      return true;
    } catch (problem) {
      this.said(problem instanceof TypeError || problem instanceof SyntaxError ? this.words.upload_failed : problem.message, true);
      return false;
    }
  }

  // The list of files below the text, as the server has it now.
  async listAgain() {
    const answer = await fetch(location.pathname);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('files');
    const old = document.getElementById('files');
    if (fresh && old) old.replaceWith(document.adoptNode(fresh));
  }
}
