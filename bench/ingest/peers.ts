import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PeerName, peer } from '../peers/index.ts'
import { script } from '../script.ts'

export interface Written {
  points: number
  seconds: number
  bytes: number
}

/** The mix through a peer's own door into an empty folder; null where the peer could not be installed. */
export async function writtenBy(
  name: PeerName,
  load: { keys: number; steps: number; seconds: number },
): Promise<Written | null> {
  const found = peer(name)
  if ('reason' in found) return null
  const folder = mkdtempSync(join(tmpdir(), 'peer-'))
  return script<Written>(found.python, [join(import.meta.dirname, 'peer.py'), name, folder, JSON.stringify(load)])
}
