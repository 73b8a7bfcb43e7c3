import { encodeDelta } from '../../../protocol/delta.ts'
import { cutDelta, pointsOf } from '../../domain/metrics/index.ts'
import type { House } from '../../house.ts'

export type Encoded = { to: number; bytes: Uint8Array } | { behind: { epoch: number; cursor: number } } | undefined

const KEPT = 32

/** Deltas as bytes: viewers at the same cursor share one. */
export class DeltaCache {
  readonly #db: House['db']
  readonly #kept = new Map<string, Encoded>()

  constructor(db: House['db']) {
    this.#db = db
  }

  get(run: number, epoch: number, from: number): Encoded {
    const points = pointsOf(this.#db)
    const latest = points.latest(run)
    const name = `${run} ${epoch} ${from} ${latest?.epoch} ${latest?.cursor}`
    if (this.#kept.has(name)) return this.#kept.get(name)
    const lack = cutDelta(points, run, epoch, from)
    const encoded = lack && 'delta' in lack ? { to: lack.delta.to, bytes: encodeDelta(lack.delta) } : lack
    this.#kept.set(name, encoded)
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value as string)
    return encoded
  }
}
