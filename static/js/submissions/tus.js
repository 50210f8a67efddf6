// A client of the tus resumable upload protocol 1.0.0 (tus.io/protocols), as small as a phone on 2G wants it: creation,
// asking where to go on, and sending in parts that grow while the link holds and shrink when it breaks.

const VERSION = '1.0.0';
const SMALLEST = 64 * 1024;
const LARGEST = 5 * 1024 * 1024;
const QUICK = 4000; // a part that took less may be twice as large next time
const SILENCE = 30000; // nothing moves for so long: the link is dead, whatever the phone says

// What ends a sending: `kind` is "link" (try again later), "gone" (begin anew), "behind" (ask where to go on), "signed
// out", or "refused" (never again; the message says why).
export class Stopped extends Error {
  constructor(kind, message = '') {
    super(message);
    this.kind = kind;
  }
}

function ask(method, address, token, headers = {}, body = null, moved = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer;
    const alive = () => { clearTimeout(timer); timer = setTimeout(() => request.abort(), SILENCE); };
    request.open(method, address);
    const all = { 'Tus-Resumable': VERSION, 'X-CSRF-Token': token, Accept: 'application/json', ...headers };
    Object.keys(all).forEach((name) => request.setRequestHeader(name, all[name]));
    request.upload.onprogress = (event) => { alive(); moved(event.loaded); };
    request.onloadend = () => {
      clearTimeout(timer);
      if (request.status) resolve(request);
      else reject(new Stopped('link'));
    };
    alive();
    request.send(body);
  });
}

// Whoever was signed out is led to another page, which is no answer of the protocol.
function checked(answer, address) {
  const elsewhere = answer.responseURL && new URL(answer.responseURL).pathname !== new URL(address, location.href).pathname;
  if (elsewhere || answer.status === 401) throw new Stopped('signed out');
  if (answer.status < 300) return answer;
  if (answer.status === 404 || answer.status === 410) throw new Stopped('gone');
  if (answer.status === 409) throw new Stopped('behind');
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429) throw new Stopped('link');
  throw new Stopped('refused', why(answer));
}

function why(answer) {
  try {
    return JSON.parse(answer.responseText).error || '';
  } catch {
    return '';
  }
}

function encoded(facts) {
  const base64 = (text) => btoa(unescape(encodeURIComponent(text)));
  return Object.keys(facts).filter((name) => facts[name]).map((name) => `${name} ${base64(facts[name])}`).join(',');
}

// The address of a new upload.
export async function begin(size, facts, token) {
  const headers = { 'Upload-Length': String(size), 'Upload-Metadata': encoded(facts) };
  const answer = checked(await ask('POST', '/uploads', token, headers), '/uploads');
  return new URL(answer.getResponseHeader('Location'), location.href).pathname;
}

export const end = (address, token) => ask('DELETE', address, token);

export async function whereToGoOn(address, token) {
  return Number(checked(await ask('HEAD', address, token), address).getResponseHeader('Upload-Offset'));
}

// Sends until all of it is there. `moved(bytes)` hears how far it is. Parts of `pace.size` bytes; the pace is kept by
// the caller, so that the next try knows what this link can take.
export async function send(blob, address, token, pace, moved) {
  let at = await whereToGoOn(address, token);
  moved(at);
  while (at < blob.size) {
    const from = at;
    const began = Date.now();
    try {
      const part = blob.slice(from, Math.min(blob.size, from + pace.size));
      const headers = { 'Upload-Offset': String(from), 'Content-Type': 'application/offset+octet-stream' };
      const answer = checked(await ask('PATCH', address, token, headers, part, (sent) => moved(from + sent)), address);
      at = Number(answer.getResponseHeader('Upload-Offset'));
    } catch (stop) {
      if (stop.kind === 'link') pace.size = Math.max(SMALLEST, Math.floor(pace.size / 2));
      throw stop;
    }
    if (Date.now() - began < QUICK) pace.size = Math.min(LARGEST, pace.size * 2);
    moved(at);
  }
}

export const firstPace = () => ({ size: 4 * SMALLEST });
