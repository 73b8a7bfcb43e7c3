import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { publicId } from '../../domain/accounts/index.ts'
import type { Things } from './things.ts'
import type { Caller } from './world.ts'

/** Whose things a call names: the caller's own workspace's, another's, nobody's, or those of one under the name of the other. */
export const targets = ['own', 'foreign', 'nowhere', 'mixed'] as const
export type Target = (typeof targets)[number]

type Words = Record<string, unknown>

/** Names of things: what tells one workspace's from another's. */
function references(path: string, caller: Caller, things: Things | null): Words {
  const [room] = path.split('.')
  const id = room === 'keys' ? things?.keyId : room === 'annotations' ? things?.annotationId : things?.invitationId
  return {
    workspace: things?.workspace ?? `w-${randomBytes(5).toString('hex')}`,
    project: things?.project ?? `p-${randomBytes(5).toString('hex')}`,
    run: things?.runId ?? `r-${randomBytes(5).toString('hex')}`,
    runs: [things?.run ?? '999999999999'],
    userId: things?.victimId ?? randomUUID(),
    id: id ?? randomUUID(),
    token: things?.invitationToken ?? randomBytes(32).toString('base64url'),
    session: caller.own.session ? publicId(caller.own.session) : 'none',
  }
}

/** Everything else that a procedure may ask for. */
const fillers = (): Words => ({
  name: `name ${randomBytes(4).toString('hex')}`,
  email: `${randomUUID()}@example.com`,
  password: 'a good password',
  next: 'a good password',
  role: 'viewer',
  scope: 'read',
  // Found in the name of every run, also of those that are another workspace's.
  filter: 'run',
  axis: 'step',
  from: 1,
  text: 'a text',
})

/** A valid input for a procedure, made from its schema; an unknown word is a gap in the matrix. */
export function inputOf(
  path: string,
  schema: unknown,
  caller: Caller,
  own: Things,
  foreign: Things,
  target: Target,
): unknown {
  if (!schema) return undefined
  const { properties = {}, required = [] } = z.toJSONSchema(schema as z.ZodType, {
    io: 'input',
    unrepresentable: 'any',
  }) as {
    properties?: Words
    required?: string[]
  }
  const mine = references(path, caller, own)
  const theirs = references(path, caller, foreign)
  const known: Record<Target, Words> = {
    own: { ...mine, ...(path.startsWith('keys.') && { id: caller.own.keyId }) },
    foreign: { ...theirs, token: references(path, caller, null).token },
    nowhere: references(path, caller, null),
    mixed: {
      ...theirs,
      workspace: mine.workspace,
      runs: [own.run, foreign.run],
      token: references(path, caller, null).token,
    },
  }
  const words: Words = { ...fillers(), ...known[target] }
  const missing = required.filter(name => !(name in words))
  if (missing.length > 0) throw new Error(`${path}: the matrix has no word for ${missing.join(', ')}`)
  if (Object.keys(properties).length === 0) return undefined
  // A key's scope has a default, which is more than a viewer may have.
  const said = [...required, ...['scope', 'filter'].filter(name => name in properties)]
  return Object.fromEntries(said.map(name => [name, words[name]]))
}

/** Whether `mixed` says something that `foreign` does not. */
export function mixes(schema: unknown): boolean {
  if (!schema) return false
  const { required = [] } = z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' }) as {
    required?: string[]
  }
  const named = required.filter(name => ['project', 'run', 'userId', 'id'].includes(name))
  return required.includes('runs') || (required.includes('workspace') && named.length > 0)
}
