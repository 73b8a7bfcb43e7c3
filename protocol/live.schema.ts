import { z } from 'zod'

/** What a browser asks of the live door. */
export const watchBody = z.object({
  project: z.string().max(64).optional(),
  runs: z
    .array(z.string().regex(/^\d{1,18}$/))
    .max(1000)
    .optional(),
})

export const liveAuth = z.object({ protocol: z.int(), key: z.string().max(300).optional() })
