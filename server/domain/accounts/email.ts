import { z } from 'zod'

/** One address in lower case; zod's pattern takes no comma, quote, line break or letter beyond ASCII. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ error: 'must be an e-mail address' }))

export const personName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine(text => !/\p{Cc}/u.test(text), { error: 'must not hold control characters' })
