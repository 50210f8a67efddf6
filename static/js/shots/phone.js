// Power, room and network of the phone: what would end a live early.

const MEGABYTE = 1048576;

// Signals that this browser can tell; a charging phone has power enough.
export async function phoneSignals() {
  const found = {};
  if (navigator.getBattery) {
    const battery = await navigator.getBattery().catch(() => null);
    if (battery) found.battery = battery.charging ? 100 : Math.round(battery.level * 100);
  }
  if (navigator.storage && navigator.storage.estimate) {
    const { quota, usage } = await navigator.storage.estimate().catch(() => ({}));
    if (quota) found.storage = (quota - usage) / MEGABYTE;
  }
  return found;
}

// Megabits a second that the network carries away from here; null without network.
export async function uploadSpeed(address, token, bytes) {
  const noise = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(noise.subarray(at, Math.min(bytes, at + 65536)));
  const began = performance.now();
  try {
    const answer = await fetch(address, {
      method: 'POST', credentials: 'same-origin', body: noise,
      headers: { 'X-CSRF-Token': token, 'Content-Type': 'application/octet-stream' },
    });
    return answer.ok ? (8 * bytes) / 1000 / (performance.now() - began) : null;
  } catch {
    return null;
  }
}
