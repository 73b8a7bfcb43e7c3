import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import type { Actor, KeyScope } from '../../actor.ts'
import type { Role } from '../../domain/access/index.ts'
import { cookieSecret, cookiesOf } from '../../doors/auth/cookies.ts'
import type { House } from '../../house.ts'
import { fillWorkspace, type Things } from './things.ts'

/** Somebody who knocks, with what he shows; `actor: null` is a credential that is no longer one. */
export interface Caller {
  name: string
  headers: Record<string, string>
  /** For sockets, which take a key beside the headers. */
  key?: string
  actor: Actor | null
  /** His role in the own workspace, or that of the person whose key it is. */
  role: Role | null
  /** What belongs to him there. */
  own: { userId?: string; keyId?: string; session?: string }
}

/** A workspace with something of everything in it, and everybody who may or may not see it. */
export interface World extends Things {
  callers: Caller[]
}

const people = { owner: 'owner', admin: 'admin', member: 'member', viewer: 'viewer', removed: null } as const
/** Everybody in `World.callers`. */
export const callerCount = Object.keys(people).length + 7
const keyScopes = { 'read key': 'read', 'write key': 'write', 'admin key': 'admin' } as const

/** Makes a world whose every text holds `marker`, so that a leak shows wherever it ends up. */
export async function mintWorld(house: House, marker: string): Promise<World> {
  // At home in a third workspace.
  const [things, elsewhere] = await Promise.all([fillWorkspace(house, marker), fillWorkspace(house, `third${marker}`)])
  const everybody = Object.entries(people).map(([name, role]) => person(house, things, name, role))
  const keeper = await person(house, things, 'keeper', 'admin')
  const key = (name: string, scope: KeyScope, end?: { revokedAt?: Date; expiresAt?: Date }) =>
    keyed(house, things, keeper, name, scope, end)
  const callers: Caller[] = await Promise.all([
    ...everybody,
    ...Object.entries(keyScopes).map(([name, scope]) => key(name, scope)),
    key('revoked key', 'admin', { revokedAt: new Date() }),
    key('expired key', 'admin', { expiresAt: new Date(Date.now() - 1) }),
    person(house, elsewhere, 'stranger', 'owner').then(stranger => ({ ...stranger, role: null })),
  ])
  callers.push({ name: 'nobody', headers: {}, actor: { kind: 'nobody' }, role: null, own: {} })
  const member = callers.find(({ name }) => name === 'member') as Caller
  const createdById = member.own.userId as string
  await house.db.acrossWorkspaces(async ({ prisma }) => {
    await prisma.run.update({ where: { run: BigInt(things.run) }, data: { createdById } })
    await prisma.annotation.update({ where: { id: things.annotationId }, data: { createdById } })
  })
  return { ...things, createdById, callers }
}

/** A person who is signed in, with a key of his own. */
export async function person(
  house: House,
  { workspaceId, marker }: Things,
  name: string,
  role: Role | null,
): Promise<Caller> {
  const userId = randomUUID()
  const sid = randomBytes(32).toString('base64url')
  const keyId = randomUUID()
  await house.db.acrossWorkspaces(async ({ prisma }) => {
    await prisma.user.create({
      data: { id: userId, email: `${marker}-${userId}@example.com`, name: `${name} ${marker}` },
    })
    await prisma.session.create({ data: { id: sid, userId, expiresAt: new Date(Date.now() + 3_600_000) } })
    if (role) await prisma.member.create({ data: { workspaceId, userId, role } })
    await prisma.apiKey.create({ data: { ...keyRow(workspaceId, userId, 'read', marker), id: keyId } })
  })
  const token = await encode({ token: { sid }, secret: cookieSecret(house) })
  return {
    name,
    headers: { cookie: `${cookiesOf(house).sessionToken.name}=${token}` },
    actor: { kind: 'member', userId, sessionId: sid },
    role,
    own: { userId, keyId, session: sid },
  }
}

async function keyed(
  house: House,
  { workspaceId, marker }: Things,
  keeper: Caller,
  name: string,
  scope: KeyScope,
  end: { revokedAt?: Date; expiresAt?: Date } = {},
): Promise<Caller> {
  const key = `tsk-${randomBytes(32).toString('hex')}`
  const hashed = createHash('sha256').update(key).digest('hex')
  const userId = keeper.own.userId as string
  const row = { ...keyRow(workspaceId, userId, scope, marker), ...end, hash: hashed }
  await house.db.acrossWorkspaces(({ prisma }) => prisma.apiKey.create({ data: row }))
  const ended = Object.keys(end).length > 0
  return {
    name,
    headers: { authorization: `Bearer ${key}` },
    key,
    actor: ended ? null : { kind: 'key', keyId: row.id, workspaceId, userId, scope },
    role: keeper.role,
    own: { userId, keyId: row.id },
  }
}

function keyRow(workspaceId: string, userId: string, scope: KeyScope, marker: string) {
  const id = randomUUID()
  return { id, workspaceId, userId, scope, name: `key ${marker}`, hash: randomUUID(), hint: `tsk-${marker}` }
}
