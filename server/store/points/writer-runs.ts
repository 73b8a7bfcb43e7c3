/** Consecutive points of one writer (by its number within the run). */
export interface WriterRun {
  writer: number
  count: number
}

/** Pairs of unsigned LEB128 varints: writer, count. */
export function writeRuns(runs: WriterRun[]): Buffer {
  const bytes: number[] = []
  for (const { writer, count } of runs) for (const item of [writer, count]) pushVarint(bytes, item)
  return Buffer.from(bytes)
}

export function readRuns(bytes: Uint8Array): WriterRun[] {
  const items: number[] = []
  for (let at = 0; at < bytes.length; ) {
    let item = 0
    let shift = 0
    for (;;) {
      const byte = bytes[at++] as number
      item += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
      shift += 7
    }
    items.push(item)
  }
  return Array.from({ length: items.length / 2 }, (_, i) => ({
    writer: items[2 * i] as number,
    count: items[2 * i + 1] as number,
  }))
}

/** Puts runs behind each other, joining neighbours of the same writer. */
export function joinRuns(lists: Iterable<WriterRun>): WriterRun[] {
  const joined: WriterRun[] = []
  for (const { writer, count } of lists) {
    const last = joined.at(-1)
    if (last?.writer === writer) last.count += count
    else joined.push({ writer, count })
  }
  return joined
}

/** The part of the runs that covers points `from` to `to` (exclusive). */
export function sliceRuns(runs: WriterRun[], from: number, to: number): WriterRun[] {
  const part: WriterRun[] = []
  let at = 0
  for (const { writer, count } of runs) {
    const shared = Math.min(at + count, to) - Math.max(at, from)
    if (shared > 0) part.push({ writer, count: shared })
    at += count
  }
  return part
}

function pushVarint(bytes: number[], item: number): void {
  let rest = item
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
}
