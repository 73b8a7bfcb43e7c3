import type { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { type keysQuestion, type ListedKey, listKeys } from './list-keys.ts'

/** The keys that these runs logged, by name, without their series: of ten runs of a hundred keys those were 300 kB. */
export async function listKeyNames(
  ctx: Ctx,
  question: z.output<typeof keysQuestion>,
): Promise<Omit<ListedKey, 'series'>[]> {
  const listed = await listKeys(ctx, question)
  return listed.map(({ series: _, ...named }) => named)
}
