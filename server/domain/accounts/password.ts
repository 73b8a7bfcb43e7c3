import { hash, verify } from '@node-rs/argon2'
import { z } from 'zod'

export const passwordSchema = z
  .string()
  .min(8, { error: 'must have at least 8 characters' })
  .max(256, { error: 'must have at most 256 characters' })

// OWASP's first choice for argon2id (the library's default kind): 19 MiB, two passes, one lane. 25 ms on the machine it was tried on.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string) => hash(password, cost)

let nobodysHash: Promise<string> | undefined

/** Costs the same whether there is a hash or not: time does not tell who has an account. */
export async function passwordFits(password: string, passwordHash: string | null | undefined): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this password')
  const fits = await verify(passwordHash ?? (await nobodysHash), password)
  return fits && typeof passwordHash === 'string'
}
