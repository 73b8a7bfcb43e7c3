import { randomInt } from 'node:crypto'
import { z } from 'zod'

export const projectName = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine(text => !/\p{Cc}/u.test(text), { error: 'must not hold control characters' })

/** A project's place in addresses, made from a name of any script: its letters and digits, lower case, joined by hyphens. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}._]+/gu, '-')
    .replace(/^[-._]+|[-._]+$/gu, '')
  const short = Array.from(slug).slice(0, 60).join('').replace(/-+$/, '')
  // An address under /<workspace>/-/ is a page of the workspace.
  return short || numbered('project')
}

export const numbered = (slug: string) => `${slug}-${randomInt(1_000, 10_000)}`
