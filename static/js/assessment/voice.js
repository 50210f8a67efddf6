// A spoken comment, recorded here and put into the form's own file field; without script or microphone the field itself
// takes a recording that the phone made.

const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
const BITS = 24000;

function recorder(box) {
  const most = Number(box.dataset.most);
  const part = (name) => box.querySelector(`[data-${name}]`);
  const file = box.querySelector('input[type=file]');
  const seconds = box.querySelector('input[name=voice-seconds]');
  let going = null;

  box.querySelector('.plain-file').hidden = true;
  part('record').hidden = false;
  part('record').addEventListener('click', () => (going ? going.stop() : begin().catch(refused)));
  part('drop').addEventListener('click', drop);
  if (file.files.length) hear(file.files[0]);

  async function begin() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    const kind = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const parts = [];
    const started = Date.now();
    going = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: BITS });
    going.addEventListener('dataavailable', (event) => parts.push(event.data));
    going.addEventListener('stop', () => {
      stream.getTracks().forEach((track) => track.stop());
      clearInterval(timer);
      going = null;
      keep(new Blob(parts, { type: kind }), (Date.now() - started) / 1000);
    });
    going.start();
    const timer = setInterval(() => tick((Date.now() - started) / 1000), 250);
    draw();
    tick(0);
  }

  function tick(at) {
    part('clock').textContent = box.dataset.left.replace('{seconds}', Math.max(0, Math.ceil(most - at)));
    if (at >= most && going) going.stop();
  }

  function keep(blob, lasted) {
    const list = new DataTransfer();
    list.items.add(new File([blob], 'voice', { type: blob.type }));
    file.files = list.files;
    seconds.value = Math.min(most, lasted).toFixed(1);
    tell({ blob, seconds: seconds.value });
    hear(blob);
  }

  function hear(blob) {
    part('heard').src = URL.createObjectURL(blob);
    draw();
  }

  // Whoever keeps what is begun on this machine keeps it, too; null: there is nothing any more.
  function tell(detail) {
    box.dispatchEvent(new CustomEvent('fieldcast:spoken', { bubbles: true, detail }));
  }

  function drop() {
    file.value = '';
    seconds.value = '0';
    tell(null);
    URL.revokeObjectURL(part('heard').src);
    part('heard').removeAttribute('src');
    draw();
  }

  function draw() {
    part('idle').hidden = Boolean(going);
    part('going').hidden = !going;
    part('heard').hidden = part('drop').hidden = Boolean(going) || !file.files.length;
  }

  function refused() {
    part('refused').hidden = false;
    part('record').hidden = true;
    box.querySelector('.plain-file').hidden = false;
  }
}

const able = window.MediaRecorder && window.DataTransfer && navigator.mediaDevices;
if (able) document.querySelectorAll('[data-recorder]').forEach(recorder);
