// The page of a stored rehearsal: the server wrote the figures; the recording, if it lies on this phone, plays to them.

import { all } from './keeping.js';
import { Report } from './report.js';

class StoredReport extends HTMLElement {
  async connectedCallback() {
    const { person, client, words, task, seconds, voice } = this.dataset;
    Object.assign(this, { person, words: JSON.parse(words), task: task ? JSON.parse(task) : null });
    const report = new Report(this, this);
    const moments = [...this.querySelectorAll('[data-moments] li')].map(({ dataset }) => ({ at: Number(dataset.second), kind: dataset.kind, state: dataset.state }));
    const session = (await all(person).catch(() => [])).find((one) => one.id === client);
    await report.playing.open(session || null);
    report.wire({ voice, moments }, Number(seconds));
  }
}

customElements.define('rehearsal-report', StoredReport);
