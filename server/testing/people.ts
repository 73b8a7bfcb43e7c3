import { randomUUID } from 'node:crypto'
import type { Actor, KeyScope } from '../actor.ts'
import type { Ctx } from '../context.ts'
import type { Role } from '../domain/access/index.ts'
import { createUser } from '../domain/accounts/index.ts'
import { actorFromKey, makeKey } from '../domain/keys/index.ts'

export const password = 'correct horse battery staple'

export interface Person {
  userId: string
  name: string
  email: string
  actor: Actor & { kind: 'member' }
  ctx: Ctx
}

/** Somebody who may sign in with `password`; `name` is what screens show. */
export async function mintPerson(ctx: Ctx, name = `Person ${randomUUID()}`): Promise<Person> {
  const email = `${randomUUID()}@example.com`
  const { id: userId } = await createUser({ ...ctx, actor: { kind: 'system' } }, { name, email, password })
  const actor = { kind: 'member', userId } as const
  return { userId, name, email, actor, ctx: { ...ctx, actor } }
}

/** A new person with this role in the workspace. */
export async function mintMember(ctx: Ctx, workspaceId: string, role: Role, name?: string): Promise<Person> {
  const person = await mintPerson(ctx, name)
  await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
    prisma.member.create({ data: { workspaceId, userId: person.userId, role } }),
  )
  return person
}

export async function mintKey(person: Person, workspace: string, scope: KeyScope) {
  const { key, id } = await makeKey(person.ctx, workspace, { name: `${scope} key`, scope })
  const actor = await actorFromKey(person.ctx, key)
  return { key, id, actor, ctx: { ...person.ctx, actor } }
}
