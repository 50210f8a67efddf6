// The camera and the microphone: opened together, or told apart why not.

const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
// What a phone does to make calls pleasant hides every fault that is to be heard.
const SOUND = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
// Browsers inside other apps that hand on no camera, or only sometimes.
const EMBEDDED = /MicroMessenger|QQ\/|Weibo|aweme|DingTalk|AliApp|baiduboxapp/i;

export const isEmbedded = (agent = navigator.userAgent) => EMBEDDED.test(agent);

// Why there is no camera: insecure (no https), embedded, refused, absent or busy.
export function why(error) {
  if (!window.isSecureContext) return 'insecure';
  if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return isEmbedded() ? 'embedded' : 'absent';
  const name = error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return isEmbedded() ? 'embedded' : 'refused';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'absent';
}

// A stream with picture and sound; with picture alone where the microphone is refused. Throws {why} without a camera.
export async function open(facing) {
  const video = { ...PICTURE, facingMode: { ideal: facing } };
  if (!window.isSecureContext || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) throw { why: why() };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: SOUND });
  } catch {
    try {
      return await navigator.mediaDevices.getUserMedia({ video });
    } catch (error) {
      throw { why: why(error) };
    }
  }
}

export const close = (stream) => stream && stream.getTracks().forEach((track) => track.stop());
