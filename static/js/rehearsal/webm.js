// Recordings of MediaRecorder know neither how long they are nor where anything stands in them. This writes them anew,
// whole or cut, with both: nothing is encoded again, so it takes a moment and loses nothing. Bytes of pictures and sound
// stay where they are (slices of the blob); only heads and clusters' times are written.
// Matroska: RFC 9559; EBML: RFC 8794.

const ID = {
  EBML: 0x1a45dfa3, SEGMENT: 0x18538067, INFO: 0x1549a966, TRACKS: 0x1654ae6b, CLUSTER: 0x1f43b675, CUES: 0x1c53bb6b,
  TIMECODE: 0xe7, SIMPLE: 0xa3, GROUP: 0xa0, BLOCK: 0xa1, REFERENCE: 0xfb, ENTRY: 0xae, NUMBER: 0xd7, TYPE: 0x83,
};
const MASTERS = new Set([ID.SEGMENT, ID.CLUSTER]);
const VIDEO = 1;
const WINDOW = 1 << 18;
const HEAD = 24; // bytes in which a block's head has room

export const isWebm = (mime) => /webm/.test(mime);

// Reads a blob through a window.
class Reader {
  constructor(blob) {
    Object.assign(this, { blob, from: 0, bytes: new Uint8Array(0) });
  }

  has(at, count) {
    return at >= this.from && Math.min(at + count, this.blob.size) <= this.from + this.bytes.length;
  }

  async load(at, count = HEAD) {
    if (this.has(at, count)) return;
    this.from = at;
    this.bytes = new Uint8Array(await this.blob.slice(at, at + Math.max(WINDOW, count)).arrayBuffer());
  }

  byte(at) {
    return this.bytes[at - this.from];
  }

  // A number of so many bytes, big end first.
  number(at, count) {
    let value = 0;
    for (let place = 0; place < count; place += 1) value = value * 256 + this.byte(at + place);
    return value;
  }

  // The element at a place: {id, at, data, end}; end is null where its size is not told.
  element(at) {
    const idLength = Math.clz32(this.byte(at)) - 23;
    const first = this.byte(at + idLength);
    const length = Math.clz32(first) - 23;
    const rest = this.number(at + idLength + 1, length - 1);
    const top = first & (0xff >> length);
    const unknown = top === (0xff >> length) && rest === 256 ** (length - 1) - 1;
    const data = at + idLength + length;
    return { id: this.number(at, idLength), at, data, end: unknown ? null : data + top * 256 ** (length - 1) + rest };
  }
}

// What stands where: {tracks: [from, to], video, blocks: [{at, end, stamp, time, key, video, cluster}]}, times in ms.
export async function indexed(blob) {
  const reader = new Reader(blob);
  const found = { tracks: null, video: null, blocks: [] };
  let cluster = 0;
  let number = -1;
  for (let at = 0; at + 2 < blob.size;) {
    await reader.load(at);
    const one = reader.element(at);
    // The piece in which it crashed, or no recording: only masters may leave open where they end.
    if (!MASTERS.has(one.id) && (one.end === null || one.end > blob.size)) break;
    if (one.id === ID.CLUSTER) number += 1;
    if (one.id === ID.TRACKS) {
      await reader.load(one.data, one.end - one.data);
      Object.assign(found, { tracks: [one.at, one.end], video: videoTrack(reader, one) });
    } else if (one.id === ID.TIMECODE) cluster = reader.number(one.data, one.end - one.data);
    else if (one.id === ID.SIMPLE || one.id === ID.GROUP) found.blocks.push(await blockOf(reader, one, cluster, number, found.video));
    at = MASTERS.has(one.id) ? one.data : one.end;
  }
  return found;
}

function* children(reader, { data, end }) {
  for (let at = data; at < end;) {
    const one = reader.element(at);
    yield one;
    at = one.end;
  }
}

function videoTrack(reader, tracks) {
  for (const entry of children(reader, tracks)) {
    if (entry.id !== ID.ENTRY) continue;
    const facts = {};
    for (const fact of children(reader, entry)) facts[fact.id] = reader.number(fact.data, Math.min(6, fact.end - fact.data));
    if (facts[ID.TYPE] === VIDEO) return facts[ID.NUMBER];
  }
  return null;
}

async function blockOf(reader, one, cluster, number, video) {
  let block = one;
  let key = null;
  if (one.id === ID.GROUP) {
    await reader.load(one.data, one.end - one.data);
    const parts = [...children(reader, one)];
    block = parts.find((part) => part.id === ID.BLOCK);
    key = !parts.some((part) => part.id === ID.REFERENCE);
  }
  const stamp = block.data + 1; // track numbers here are below 127
  const relative = (reader.number(stamp, 2) << 16) >> 16;
  return {
    at: one.at, end: one.end, stamp, time: cluster + relative, cluster: number, began: cluster,
    key: key === null ? Boolean(reader.byte(stamp + 2) & 0x80) : key, video: (reader.byte(block.data) & 0x7f) === video,
  };
}

const bytes = (...parts) => new Uint8Array(parts.flat());
const whole = (value, count) => Array.from({ length: count }, (_, place) => Math.floor(value / 256 ** (count - 1 - place)) % 256);
const id = (value) => whole(value, value > 0xffffff ? 4 : value > 0xffff ? 3 : value > 0xff ? 2 : 1);
const sized = (name, size) => [...id(name), 0x01, ...whole(size, 7)];
const element = (name, content) => [...sized(name, content.length), ...content];
const text = (words) => [...words].map((letter) => letter.charCodeAt(0));

function float(value) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return [...new Uint8Array(view.buffer)];
}

// The blocks of a clip in seconds: from the whole picture at or before its beginning.
function chosen({ blocks, video }, from, to) {
  const inside = blocks.filter((one) => one.time < to * 1000);
  const startable = inside.filter((one) => (video === null || (one.video && one.key)) && one.time <= from * 1000);
  const first = startable.length ? startable[startable.length - 1] : inside.find((one) => video === null || (one.video && one.key));
  return first ? inside.slice(inside.indexOf(first)) : [];
}

// Blocks of one original cluster, and where cut pictures begin a new one.
function grouped(blocks) {
  const groups = [];
  blocks.forEach((one) => {
    const last = groups[groups.length - 1];
    if (last && last[0].cluster === one.cluster) last.push(one);
    else groups.push([one]);
  });
  return groups;
}

// One cluster. Where it begins before the clip does, its blocks' times are written anew beside slices of what they hold;
// else it is one slice.
function clusterOf(blob, blocks, base) {
  const last = blocks[blocks.length - 1];
  const untouched = blocks[0].began >= base;
  const begin = untouched ? blocks[0].began - base : 0;
  const content = untouched ? [blob.slice(blocks[0].at, last.end)] : blocks.flatMap(({ at, end, stamp, time }) => [
    blob.slice(at, stamp), bytes(whole((Math.max(0, time - base) + 65536) % 65536, 2)), blob.slice(stamp + 2, end),
  ]);
  const stamp = element(ID.TIMECODE, whole(begin, 4));
  const size = stamp.length + content.reduce((sum, one) => sum + (one.size === undefined ? one.length : one.size), 0);
  return { begin, size: size + 12, parts: [bytes(sized(ID.CLUSTER, size), stamp), ...content] };
}

function cuesOf(clusters, track, first) {
  let position = first;
  return clusters.map(({ begin, size }) => {
    const cue = element(0xbb, [...element(0xb3, whole(begin, 8)), ...element(0xb7, [...element(0xf7, [track]), ...element(0xf1, whole(position, 8))])]);
    position += size;
    return cue;
  });
}

// The recording, or what lies between two seconds of it: {blob, from, seconds}, `from` being where it really begins.
// Null when nothing can be read.
export async function written(blob, from = 0, to = Infinity) {
  const index = await indexed(blob);
  const blocks = index.tracks ? chosen(index, from, to) : [];
  if (!blocks.length) return null;
  const base = blocks[0].time;
  const last = blocks.reduce((most, one) => Math.max(most, one.time), 0);
  const clusters = grouped(blocks).map((group) => clusterOf(blob, group, base));
  const info = element(ID.INFO, [
    ...element(0x2ad7b1, whole(1000000, 4)), ...element(0x4d80, text('Fieldcast')), ...element(0x5741, text('Fieldcast')),
    ...element(0x4489, float(last - base + 20)),
  ]);
  const tracks = index.tracks[1] - index.tracks[0];
  const cueBytes = element(ID.CUES, cuesOf(clusters, index.video || 1, 0).flat()).length;
  const cues = element(ID.CUES, cuesOf(clusters, index.video || 1, info.length + tracks + cueBytes).flat());
  const size = info.length + tracks + cues.length + clusters.reduce((sum, one) => sum + one.size, 0);
  const head = element(ID.EBML, [...element(0x4286, [1]), ...element(0x42f7, [1]), ...element(0x42f2, [4]), ...element(0x42f3, [8]), ...element(0x4282, text('webm')), ...element(0x4287, [4]), ...element(0x4285, [2])]);
  const parts = [bytes(head, sized(ID.SEGMENT, size)), bytes(info), blob.slice(...index.tracks), bytes(cues), ...clusters.flatMap((one) => one.parts)];
  return { blob: new Blob(parts, { type: blob.type }), from: base / 1000, seconds: (last - base) / 1000 };
}
