import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { nobody } from '../../actor.ts'
import type { Ctx } from '../../context.ts'
import { mintCtx, mintWorkspace } from '../../testing/factories.ts'
import { mintKey, mintMember, password } from '../../testing/people.ts'
import { makeDatabase } from '../../testing/test-db.ts'
import { listPlaces, onEnded, requireWorkspace } from '../access/index.ts'
import { acceptInvitation, invite, removeMember } from '../workspaces/index.ts'
import { actorFromKey } from './actor-from-key.ts'
import { checksum, newApiKey } from './api-key.ts'
import { found } from './found.ts'
import { listKeys } from './list-keys.ts'
import { makeKey } from './make-key.ts'
import { revokeKey } from './revoke-key.ts'
import { standingKeys } from './standing-keys.ts'

let ctx: Ctx
let workspaceId: string
let workspace: string
let ownerCtx: Ctx
beforeAll(async () => {
  ctx = await mintCtx()
  const minted = await mintWorkspace()
  workspaceId = minted.workspaceId
  workspace = minted.slug
  ownerCtx = { ...ctx, actor: minted.owner.actor }
})

const refused = { code: 'UNAUTHENTICATED' }

describe('a key', () => {
  test('is tsk-, 43 digits of base 62 and 6 of checksum', () => {
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    const value = (text: string) => [...text].reduce((sum, digit) => sum * 62n + BigInt(digits.indexOf(digit)), 0n)
    const keys = Array.from({ length: 200 }, newApiKey)
    for (const key of keys) {
      expect(key).toMatch(/^tsk-[0-9A-Za-z]{49}$/)
      const secret = key.slice(4, 47)
      expect(value(secret)).toBeLessThan(2n ** 256n)
      expect(value(key.slice(47))).toBe(BigInt(crc32(secret)))
      expect(checksum(secret)).toBe(key.slice(47))
    }
    expect(new Set(keys).size).toBe(200)
  })

  test('is shown once and kept as its hash alone', async () => {
    const person = await mintMember(ctx, workspaceId, 'member')
    const made = await makeKey(person.ctx, workspace, { name: 'laptop', scope: 'write', days: 30 })
    const row = await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
      prisma.apiKey.findUnique({ where: { id: made.id } }),
    )
    expect(row?.hash).toBe(createHash('sha256').update(made.key).digest('hex'))
    expect(JSON.stringify(row)).not.toContain(made.key.slice(8, 40))
    expect(JSON.stringify(await listKeys(person.ctx, { workspace }))).not.toContain(made.key.slice(8, 40))
    const events = await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
      prisma.auditEvent.findMany({ where: { workspaceId } }),
    )
    const book = JSON.stringify(events, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    expect(book).not.toContain(made.key.slice(8, 40))
  })

  test('knows its person, workspace and scope, and notes its use at most once a minute', async () => {
    const person = await mintMember(ctx, workspaceId, 'member')
    const { key, id, actor } = await mintKey(person, workspace, 'write')
    expect(actor).toMatchObject({ kind: 'key', keyId: id, workspaceId, userId: person.userId, scope: 'write' })
    const used = async () => (await listKeys(person.ctx, { workspace }))[0]?.lastUsedAt?.getTime()
    const first = await used()
    expect(first).toBeGreaterThan(0)
    await actorFromKey(ctx, key)
    expect(await used()).toBe(first)
  })

  test('made up, malformed, revoked or expired: the same answer', async () => {
    const person = await mintMember(ctx, workspaceId, 'member')
    const revoked = await mintKey(person, workspace, 'read')
    const heard: unknown[] = []
    const stop = onEnded(ended => heard.push(ended))
    await revokeKey(person.ctx, { workspace, id: revoked.id })
    stop()
    expect(heard).toEqual([{ kind: 'key', keyId: revoked.id }])
    const expired = await mintKey(person, workspace, 'read')
    await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
      prisma.apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1) } }),
    )
    const tried = [newApiKey(), 'x', '', `${newApiKey()}\0`, 'a'.repeat(5_000), revoked.key, expired.key]
    const answers = await Promise.all(tried.map(key => actorFromKey(ctx, key).catch(e => `${e.code} ${e.message}`)))
    expect(new Set(answers).size).toBe(1)
    expect(await standingKeys(ctx, [revoked.id, expired.id])).toEqual(new Set())
    await expect(requireWorkspace(revoked.ctx, workspace, 'workspace.read')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await listPlaces(expired.ctx)).toEqual([])
  })

  test('never exceeds its person', async () => {
    const viewer = await mintMember(ctx, workspaceId, 'viewer')
    const forbidden = { code: 'FORBIDDEN' }
    await expect(makeKey(viewer.ctx, workspace, { name: 'x', scope: 'write' })).rejects.toMatchObject(forbidden)
    const member = await mintMember(ctx, workspaceId, 'member')
    await expect(makeKey(member.ctx, workspace, { name: 'x', scope: 'admin' })).rejects.toMatchObject(forbidden)
    const { ctx: asKey } = await mintKey(member, workspace, 'write')
    await requireWorkspace(asKey, workspace, 'project.create')
    await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
      prisma.member.update({
        where: { workspaceId_userId: { workspaceId, userId: member.userId } },
        data: { role: 'viewer' },
      }),
    )
    await expect(requireWorkspace(asKey, workspace, 'project.create')).rejects.toMatchObject(forbidden)
  })

  test('of another is seen and revoked by admins alone', async () => {
    const [one, two] = [await mintMember(ctx, workspaceId, 'member'), await mintMember(ctx, workspaceId, 'member')]
    const { id } = await mintKey(one, workspace, 'read')
    expect((await listKeys(two.ctx, { workspace })).map(key => key.id)).not.toContain(id)
    await expect(revokeKey(two.ctx, { workspace, id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await listKeys(ownerCtx, { workspace })).map(key => key.id)).toContain(id)
    await revokeKey(ownerCtx, { workspace, id })
    expect(await standingKeys(ctx, [id])).toEqual(new Set())
  })

  test('dies with the membership, and does not live again with the next one', async () => {
    const person = await mintMember(ctx, workspaceId, 'member')
    const { key, id, ctx: asKey } = await mintKey(person, workspace, 'write')
    await removeMember(ownerCtx, { workspace, userId: person.userId })
    await expect(actorFromKey(ctx, key)).rejects.toMatchObject(refused)
    const { token } = await invite(ownerCtx, workspace, { role: 'member', days: 1 })
    await acceptInvitation(person.ctx, { token })
    await expect(actorFromKey(ctx, key)).rejects.toMatchObject(refused)
    expect(await listPlaces(asKey)).toEqual([])
    expect(await standingKeys(ctx, [id])).toEqual(new Set())
  })
})

test('of many who come first to an empty server at once, one owns it', async () => {
  const { db } = await makeDatabase()
  try {
    const key = 'k'.repeat(40)
    const wish = (i: number) => ({
      name: 'Ada',
      email: `ada${i}@example.com`,
      password,
      workspace: { name: 'demo', slug: 'demo' },
      key,
    })
    const comers = Array.from({ length: 10 }, (_, i) => found({ ...ctx, db, actor: nobody }, wish(i)))
    const acts = await Promise.allSettled(comers)
    expect(acts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await actorFromKey({ db }, key)).toMatchObject({ scope: 'admin' })
  } finally {
    await db.close()
  }
})
