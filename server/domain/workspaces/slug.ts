import { randomInt } from 'node:crypto'
import { z } from 'zod'

/** First words of addresses that are no workspace's. */
const reservedSlugs: ReadonlySet<string> = new Set(
  `api app auth collab dvc embed files graphql health healthz invite live login logout metrics mlflow new r readyz share
  signup socket.io static trackio version ws`.split(/\s+/),
)

export const workspaceSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,38}$/, { error: 'must be 2 to 39 of a-z, 0-9 and -, not beginning with -' })
  .refine(slug => !reservedSlugs.has(slug), { error: 'is kept for the server itself' })

export const workspaceName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine(text => !/\p{Cc}/u.test(text), { error: 'must not hold control characters' })

/** A slug made from a name of any script; one with a number where too little of the name is left. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 32)
    .replace(/-+$/, '')
  return workspaceSlug.safeParse(plain).success ? plain : numbered(plain || 'workspace')
}

export const numbered = (slug: string) => `${slug.slice(0, 32)}-${randomInt(1_000, 10_000)}`
