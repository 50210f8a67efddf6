// Sends a shot to its task: in parts that go on where they broke off (tus 1.0), then the hand-in itself.

const PART = 1024 * 1024;
const TRIES = 5;
const PAUSE = 1500; // ms, twice as long after each failure
const TUS = { 'Tus-Resumable': '1.0.0' };

const keyOf = (person, id) => `fieldcast:upload:${person}:${id}`;
const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

function asked(address, token, method, headers = {}, body = undefined) {
  return fetch(address, { method, body, credentials: 'same-origin', headers: { ...TUS, Accept: 'application/json', 'X-CSRF-Token': token, ...headers } });
}

// What the server said in words, to be shown as it is.
async function told(answer) {
  const text = await answer.json().then((one) => one.message || one.error, () => '');
  return Object.assign(new Error(String(answer.status)), { told: text || '', final: answer.status < 500 && answer.status !== 409 });
}

const nameOf = ({ blob, kind, takenAt }) => `${kind}-${takenAt.slice(0, 10)}.${blob.type.split('/')[1]}`;

async function created(uploads, token, task, shot) {
  const about = { filename: nameOf(shot), filetype: shot.blob.type, for: task.for };
  const answer = await asked(uploads, token, 'POST', {
    'Upload-Length': String(shot.blob.size),
    'Upload-Metadata': Object.entries(about).map(([name, value]) => `${name} ${encoded(value)}`).join(','),
  });
  if (answer.status !== 201) throw await told(answer);
  return new URL(answer.headers.get('Location'), location.href).href;
}

// How much of it is there already; null where the server has forgotten it.
async function offsetOf(address, token) {
  const answer = await asked(address, token, 'HEAD');
  return answer.ok ? Number(answer.headers.get('Upload-Offset')) : null;
}

// The token of the upload once all of it has arrived. Throws after five failures in a row; what arrived stays there.
export async function upload(shot, { uploads, token, task, person, progress }) {
  const key = keyOf(person, shot.id);
  let address = localStorage.getItem(key);
  let failures = 0;
  for (;;) {
    try {
      let offset = address ? await offsetOf(address, token) : null;
      if (offset === null) {
        address = await created(uploads, token, task, shot);
        localStorage.setItem(key, address);
        offset = 0;
      }
      while (offset < shot.blob.size) {
        progress(offset / shot.blob.size);
        offset = await sent(address, token, shot.blob, offset);
        failures = 0;
      }
      progress(1);
      return address.split('/').pop();
    } catch (error) {
      failures += 1;
      if (error.final || failures >= TRIES) throw error;
      await wait(PAUSE * 2 ** (failures - 1));
    }
  }
}

async function sent(address, token, blob, offset) {
  const answer = await asked(address, token, 'PATCH', {
    'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream',
  }, blob.slice(offset, offset + PART));
  if (answer.status !== 204) throw await told(answer);
  return Number(answer.headers.get('Upload-Offset'));
}

// Uploads and hands in; gives the page to go to. The shot's own id is the event's, so that twice is once.
export async function handIn(shot, { task, token, uploads, person, others, words, progress }) {
  const uploaded = await upload(shot, { uploads, token, task, person, progress });
  const form = new FormData();
  const fields = {
    csrf_token: token, event: shot.id, at: new Date().toISOString(), words, others,
    'piece-1-kind': shot.kind, 'piece-1-upload': uploaded, 'piece-1-name': nameOf(shot),
    'piece-1-verdicts': JSON.stringify(shot.verdicts),
  };
  Object.entries(fields).forEach(([name, value]) => form.append(name, value));
  const answer = await fetch(task.target, {
    method: 'POST', credentials: 'same-origin', body: form, headers: { 'X-CSRF-Token': token, Accept: 'application/json' },
  });
  if (!answer.ok) throw await told(answer);
  localStorage.removeItem(keyOf(person, shot.id));
  return (await answer.json()).page;
}
