// A photo or a video that is there already gets the same analysis: frames by seeking, sound as a whole.

import { Ear } from './ear.js';
import { Hearing } from './hearing.js';
import { CROP_WIDTH, FRAME, Looking } from './looking.js';
import { CENTRE } from './light.js';
import { canvasOf, cropOf, smallOf } from './watching.js';

const FRAMES = 12;
const LARGEST_SOUND = 80 * 1024 * 1024; // a file is decoded whole, which a small phone's memory must bear
const PATIENCE = 8000; // ms for a frame to come

export async function analysed(file) {
  if (file.type.startsWith('image/')) return ofPhoto(file);
  if (file.type.startsWith('video/')) return ofVideo(file);
  throw new Error('kind');
}

function papers() {
  return { small: canvasOf(FRAME.width, FRAME.height), crop: canvasOf(CROP_WIDTH, CROP_WIDTH) };
}

function seen(looking, source, width, height, paper, now) {
  const small = smallOf(source, width, height, paper.small);
  const crop = cropOf(source, width, height, CENTRE, paper.crop);
  const one = looking.small({ pixels: small.data, width: small.width, height: small.height });
  return { ...one, ...looking.crop({ pixels: crop.data, width: crop.width, height: crop.height, now }) };
}

async function ofPhoto(file) {
  const picture = await pictureOf(file);
  try {
    const { blurShare, ...signals } = seen(new Looking(), picture, picture.naturalWidth, picture.naturalHeight, papers(), 0);
    return { kind: 'photo', seconds: 0, signals };
  } finally {
    URL.revokeObjectURL(picture.src);
  }
}

async function pictureOf(file) {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  await picture.decode();
  return picture;
}

async function ofVideo(file) {
  const video = document.createElement('video');
  Object.assign(video, { muted: true, playsInline: true, preload: 'auto', src: URL.createObjectURL(file) });
  try {
    await event(video, 'loadeddata');
    const seconds = await lengthOf(video);
    const looking = new Looking();
    const paper = papers();
    const all = [];
    for (let at = 0; at < FRAMES; at += 1) {
      video.currentTime = (seconds * (at + 0.5)) / FRAMES;
      await event(video, 'seeked');
      const { unrest, flicker, ...one } = seen(looking, video, video.videoWidth, video.videoHeight, paper, at);
      all.push(one);
    }
    return { kind: 'video', seconds, signals: { ...medians(all), ...await soundOf(file) } };
  } finally {
    URL.revokeObjectURL(video.src);
  }
}

function event(video, name) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('slow')), PATIENCE);
    video.addEventListener(name, () => { clearTimeout(late); resolve(); }, { once: true });
    video.addEventListener('error', () => { clearTimeout(late); reject(new Error('broken')); }, { once: true });
  });
}

// Clips that a browser filmed often do not know their own length until their end was sought.
async function lengthOf(video) {
  if (Number.isFinite(video.duration)) return video.duration;
  video.currentTime = 1e7;
  await event(video, 'seeked');
  return Number.isFinite(video.duration) ? video.duration : video.currentTime;
}

// The middle value of each signal over all frames.
export function medians(all) {
  const found = {};
  for (const name of new Set(all.flatMap((one) => Object.keys(one)))) {
    const values = all.map((one) => one[name]).filter((value) => typeof value === 'number').sort((a, b) => a - b);
    found[name] = values.length ? values[values.length >> 1] : all.map((one) => one[name]).find(Boolean) || null;
  }
  return found;
}

// Signals of a file's sound; none where it has no sound or is too large to decode.
export async function soundOf(file) {
  if (file.size > LARGEST_SOUND || !window.OfflineAudioContext) return {};
  let buffer;
  try {
    buffer = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(await file.arrayBuffer());
  } catch {
    return {};
  }
  return soundSignals(Array.from({ length: buffer.numberOfChannels }, (_, at) => buffer.getChannelData(at)), buffer.sampleRate);
}

// Signals at every half second, and of them the middle ones, but the worst overload.
export function soundSignals(channels, rate) {
  const hearing = new Hearing();
  const told = [];
  let count = 0;
  const ear = new Ear(rate, (block) => {
    hearing.add(block);
    count += 1;
    if (count % 5 === 0) told.push(hearing.signals());
  });
  ear.push(channels);
  const known = told.filter((one) => 'noise' in one);
  if (!known.length) return {};
  const worst = (name) => {
    const values = known.map((one) => one[name]).filter((value) => value !== null);
    return values.length ? Math.max(...values) : null;
  };
  return { ...medians(known), peak: worst('peak'), overload: worst('overload') };
}
