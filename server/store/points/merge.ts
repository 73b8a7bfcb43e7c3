import type { ChunkRow } from './chunks.ts'

export const CHUNK_POINTS = 4096

/**
 * Which chunks at the end of a series are packed again with `fresh` new points, as in a binary counter: those at most twice
 * as long as what comes behind them. A series that grows by a point a seal ends in few chunks, each point packed O(log n) times.
 *
 * trailing: the last chunks of the series, the latest first. Returns those to pack again in order of commit.
 */
export function chunksToMerge(trailing: ChunkRow[], fresh: number): ChunkRow[] {
  const merged: ChunkRow[] = []
  let points = fresh
  for (const chunk of trailing) {
    if (chunk.n >= CHUNK_POINTS || chunk.n > 2 * points) break
    merged.unshift(chunk)
    points += chunk.n
  }
  return merged
}
