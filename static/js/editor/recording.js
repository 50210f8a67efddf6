// Recording sound or a short video with this computer or phone. Nothing leaves it before it is sent by a tap.

const KINDS = {
  reading: { types: ['audio/mp4', 'audio/webm;codecs=opus', 'audio/webm', 'audio/ogg'], most: 600 },
  voice: { types: ['audio/mp4', 'audio/webm;codecs=opus', 'audio/webm', 'audio/ogg'], most: 90 },
  video: { types: ['video/mp4', 'video/webm;codecs=vp8,opus', 'video/webm'], most: 90 },
};

export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

export function recorder(box, words, send) {
  if (!window.MediaRecorder || !navigator.mediaDevices) return;
  const part = (name) => box.querySelector(`[data-recorder-${name}]`);
  let running = null;
  let file = null;
  let reading = false;
  box.hidden = false;

  const show = (name) => ['start', 'running', 'done'].forEach((one) => { part(one).hidden = one !== name; });
  const say = (text) => { part('said').textContent = text; };

  async function start(kind) {
    const { types, most } = KINDS[kind];
    const type = types.find((one) => MediaRecorder.isTypeSupported(one));
    const wanted = kind === 'video' ? { audio: true, video: { width: { ideal: 640 }, frameRate: { ideal: 25 } } } : { audio: true };
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia(wanted);
    } catch {
      say(words.not_allowed);
      return;
    }
    const pieces = [];
    const machine = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 700000, audioBitsPerSecond: 48000 });
    const began = Date.now();
    reading = kind === 'reading';
    const picture = part('picture');
    picture.hidden = kind !== 'video';
    if (kind === 'video') {
      picture.srcObject = stream;
      picture.play();
    }
    part('most').textContent = words.at_most.replace('{time}', clock(most));
    const tick = setInterval(() => {
      const seconds = (Date.now() - began) / 1000;
      part('time').textContent = clock(seconds);
      if (seconds >= most) machine.stop();
    }, 250);
    machine.addEventListener('dataavailable', (event) => pieces.push(event.data));
    machine.addEventListener('stop', () => {
      clearInterval(tick);
      stream.getTracks().forEach((track) => track.stop());
      picture.srcObject = null;
      const blob = new Blob(pieces, { type: type.split(';')[0] });
      file = new File([blob], `${kind}.${blob.type.split('/')[1]}`, { type: blob.type });
      finished(kind);
    });
    machine.start(1000);
    running = machine;
    say('');
    show('running');
  }

  function finished(kind) {
    const player = document.createElement(kind === 'video' ? 'video' : 'audio');
    player.controls = true;
    player.src = URL.createObjectURL(file);
    part('play').replaceChildren(player);
    part('weight').textContent = words.recorded.replace('{weight}', `${Math.max(1, Math.round(file.size / 1024))} KB`);
    show('done');
  }

  box.querySelectorAll('[data-record]').forEach((button) => button.addEventListener('click', () => start(button.dataset.record)));
  part('stop').addEventListener('click', () => { if (running && running.state !== 'inactive') running.stop(); });
  part('again').addEventListener('click', () => show('start'));
  part('send').addEventListener('click', async () => { if (await send(file, reading)) show('start'); });
}
