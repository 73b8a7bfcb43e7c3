import { z } from 'zod'

// PostgreSQL's text holds no NUL: a name with one is nobody's.
const name = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine(text => !text.includes('\0'), { error: 'must not hold a NUL' })

/** A workspace as people and programs write it: by id or slug. */
export const workspaceRef = z.strictObject({ workspace: name(64) })

/** A project: by id, slug or name. */
export const projectRef = workspaceRef.extend({ project: name(500) })
export type ProjectRef = z.output<typeof projectRef>

/** A run by its id, which is unique within its project. */
export const runRef = projectRef.extend({ run: name(64) })
export type RunRef = z.output<typeof runRef>

/** The server's own number of a run, in decimal. */
export const runNumber = z
  .string()
  .regex(/^[0-9]{1,18}$/)
  .transform(BigInt)
