// Scan the code with the camera, where the browser can read codes by itself; everywhere else the number is typed.

const box = document.querySelector('[data-scan]');
if (box && 'BarcodeDetector' in window && navigator.mediaDevices) offer();

async function offer() {
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes('qr_code')) return;
  box.hidden = false;
  box.querySelector('[data-scan-start]').addEventListener('click', scan);
}

async function scan() {
  const video = box.querySelector('video');
  const status = box.querySelector('[role=status]');
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch {
    status.textContent = '手机没让我们用相机，请把编号输进去。 The phone did not let us use the camera; please type the number.';
    return;
  }
  video.hidden = false;
  await video.play();
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  const look = async () => {
    const [code] = await detector.detect(video).catch(() => []);
    if (!code) return setTimeout(look, 300);
    video.srcObject.getTracks().forEach((track) => track.stop());
    location.href = `/verify?number=${encodeURIComponent(code.rawValue)}`;
    return undefined;
  };
  look();
}
