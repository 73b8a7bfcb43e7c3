import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from '../../server/context.ts'
import { scopes } from '../../server/domain/access/index.ts'
import {
  createUser,
  emailSchema,
  listUsers,
  passwordSchema,
  personName,
  resetPassword,
} from '../../server/domain/accounts/index.ts'
import { found, listKeys, makeKey, revokeKey } from '../../server/domain/keys/index.ts'
import { checkStore } from '../../server/domain/metrics/index.ts'
import { workspaceSlug } from '../../server/domain/workspaces/index.ts'

/** Answers are plain data; `index.ts` prints them, as JSON on request. */
export interface Command {
  usage: string
  does: string
  run(ctx: Ctx, options: Record<string, string | undefined>): Promise<object>
}

const person = z.object({ email: emailSchema, name: personName.optional(), password: passwordSchema.optional() })
const inWorkspace = z.object({ workspace: z.string().min(1).max(64) })
const nameOf = (email: string) => email.split('@')[0] ?? email
const newPassword = () => randomBytes(12).toString('base64url')

/** Options of a command, with all that is wrong with them at once. */
function read<T extends z.ZodType>(schema: T, options: Record<string, string | undefined>): z.output<T> {
  const { success, data, error } = schema.safeParse(options)
  if (success) return data
  const faults = error.issues.map(({ path, message }) => {
    const name = path.join('.')
    return options[name] === undefined ? `--${name} is missing` : `--${name}: ${message}`
  })
  throw new Error(faults.join('\n'))
}

const userFormat = '--email ADDRESS [--name NAME] [--password PASSWORD]'

export const commands: Record<string, Command> = {
  init: {
    usage: `${userFormat} [--workspace SLUG]`,
    does: 'make the first owner of an empty server, with a first workspace',
    async run(ctx, options) {
      const { email, name, password, workspace } = read(
        person.extend({ workspace: workspaceSlug.default('main') }),
        options,
      )
      const chosen = password ?? newPassword()
      const made = {
        name: name ?? nameOf(email),
        email,
        password: chosen,
        workspace: { name: workspace, slug: workspace },
      }
      await found(ctx, made)
      return { email, workspace, ...(password === undefined && { password: chosen }) }
    },
  },
  'user add': {
    usage: userFormat,
    does: 'make an account; without --password one is made up and printed',
    async run(ctx, options) {
      const { email, name, password } = read(person, options)
      const chosen = password ?? newPassword()
      await createUser(ctx, { email, name: name ?? nameOf(email), password: chosen })
      return { email, ...(password === undefined && { password: chosen }) }
    },
  },
  'user reset-password': {
    usage: '--email ADDRESS [--password PASSWORD]',
    does: 'set a new password and end all sessions of the account',
    async run(ctx, options) {
      const { email, password } = read(person.omit({ name: true }), options)
      const chosen = password ?? newPassword()
      await resetPassword(ctx, { email, password: chosen })
      return { email, ...(password === undefined && { password: chosen }) }
    },
  },
  'user list': { usage: '', does: 'list all accounts', run: ctx => listUsers(ctx) },
  'key make': {
    usage: `--workspace SLUG --email ADDRESS [--name NAME] [--scope ${scopes.join('|')}] [--days N]`,
    does: 'make a key for a member of a workspace; it is printed once',
    async run(ctx, options) {
      const wanted = inWorkspace.extend({
        email: emailSchema,
        name: z.string().trim().min(1).max(100).default('command line'),
        scope: z.enum(scopes).default('write'),
        days: z.coerce.number().int().min(1).max(3_650).optional(),
      })
      const { workspace, ...key } = read(wanted, options)
      return makeKey(ctx, workspace, key)
    },
  },
  'key list': {
    usage: '--workspace SLUG',
    does: 'list the keys of a workspace',
    run: (ctx, options) => listKeys(ctx, read(inWorkspace, options)),
  },
  'key revoke': {
    usage: '--workspace SLUG --id ID',
    does: 'revoke a key; what it has open closes within seconds',
    async run(ctx, options) {
      const input = read(inWorkspace.extend({ id: z.string().min(1).max(64) }), options)
      await revokeKey(ctx, input)
      return { revoked: input.id }
    },
  },
  doctor: {
    usage: '[--compact]',
    does: 'check that the kept points hold together; --compact first gives the space of deleted runs back to the disk',
    async run(ctx, options) {
      const { findings, ...rest } = await checkStore(ctx, { compact: options.compact !== undefined })
      const broken = findings.filter(({ faults }) => faults > 0)
      const told = broken.map(({ check, faults, examples }) => ({ broken: check, faults, examples }))
      return [{ checks: findings.length, broken: broken.length, ...rest }, ...told]
    },
  },
}
