import type { Drawing } from '@/ui/panels/line/drawing'
import type { RouterOutputs } from '@/ui/trpc/client'
import type { Goal } from '../goal'

type ListedKey = Pick<RouterOutputs['metrics']['keys'][number], 'key' | 'definition'>

/** What user code said of how a key is shown. */
export type Said = { x: Pick<Drawing, 'x' | 'xKey' | 'align'> | null; goal: Goal | undefined }

/** By key. An x that nobody has logged yet is none. */
export function saidOf(keys: readonly ListedKey[]): ReadonlyMap<string, Said> {
  const there = new Set(keys.map(({ key }) => key))
  return new Map(
    keys.flatMap(({ key, definition }) => {
      if (!definition) return []
      const { step_metric: xKey, step_sync: sync = true, goal } = definition
      const shows = xKey !== undefined && xKey !== key && there.has(xKey)
      return [[key, { x: shows ? { x: 'value', xKey, align: sync ? 'last' : 'exact' } : null, goal }] as const]
    }),
  )
}
