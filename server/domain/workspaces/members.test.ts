import { beforeAll, describe, expect, test } from 'vitest'
import type { Ctx } from '../../context.ts'
import { mintCtx, mintWorkspace } from '../../testing/factories.ts'
import { mintMember, mintPerson, password } from '../../testing/people.ts'
import { onEnded } from '../access/index.ts'
import { acceptInvitation, signUpInvited } from './accept-invitation.ts'
import { createWorkspace } from './create-workspace.ts'
import { editWorkspace } from './edit-workspace.ts'
import { getWorkspace } from './get-workspace.ts'
import { invite } from './invite.ts'
import { listMembers } from './list-members.ts'
import { leaveWorkspace, removeMember } from './remove-member.ts'
import { revokeInvitation } from './revoke-invitation.ts'
import { setRole } from './set-role.ts'

let ctx: Ctx
beforeAll(async () => {
  ctx = await mintCtx()
})

async function house() {
  const { workspaceId, slug, owner } = await mintWorkspace()
  return { workspaceId, workspace: slug, owner: { userId: owner.userId, ctx: { ...ctx, actor: owner.actor } } }
}

const owners = async (asker: Ctx, workspace: string) =>
  (await listMembers(asker, { workspace })).filter(({ role }) => role === 'owner').length

describe('a workspace keeps an owner', () => {
  test('the last one neither leaves nor steps down nor is removed', async () => {
    const { workspace, owner } = await house()
    const refusal = { code: 'CONFLICT' }
    await expect(leaveWorkspace(owner.ctx, { workspace })).rejects.toMatchObject(refusal)
    await expect(setRole(owner.ctx, { workspace, userId: owner.userId, role: 'viewer' })).rejects.toMatchObject(refusal)
    await expect(removeMember(owner.ctx, { workspace, userId: owner.userId })).rejects.toMatchObject(refusal)
  })

  test('two owners who unmake each other at once: one wins, whichever way', async () => {
    for (let round = 0; round < 20; round++) {
      const { workspaceId, workspace, owner } = await house()
      const other = await mintMember(ctx, workspaceId, 'owner')
      const acts = await Promise.allSettled([
        round % 2
          ? setRole(owner.ctx, { workspace, userId: other.userId, role: 'member' })
          : removeMember(owner.ctx, { workspace, userId: other.userId }),
        round % 3
          ? setRole(other.ctx, { workspace, userId: owner.userId, role: 'viewer' })
          : removeMember(other.ctx, { workspace, userId: owner.userId }),
      ])
      expect(acts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const winner = acts[0]?.status === 'fulfilled' ? owner : other
      expect(await owners(winner.ctx, workspace)).toBe(1)
    }
  })

  test('all owners who leave at once leave one behind', async () => {
    const { workspaceId, workspace, owner } = await house()
    const others = await Promise.all([1, 2, 3].map(() => mintMember(ctx, workspaceId, 'owner')))
    const all = [owner, ...others]
    const acts = await Promise.allSettled(all.map(person => leaveWorkspace(person.ctx, { workspace })))
    expect(acts.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  })
})

describe('members', () => {
  test('an admin makes no owner and unmakes none', async () => {
    const { workspaceId, workspace, owner } = await house()
    const admin = await mintMember(ctx, workspaceId, 'admin')
    const other = await mintMember(ctx, workspaceId, 'member')
    const refusal = { code: 'FORBIDDEN' }
    await expect(setRole(admin.ctx, { workspace, userId: other.userId, role: 'owner' })).rejects.toMatchObject(refusal)
    await expect(setRole(admin.ctx, { workspace, userId: owner.userId, role: 'member' })).rejects.toMatchObject(refusal)
    await expect(removeMember(admin.ctx, { workspace, userId: owner.userId })).rejects.toMatchObject(refusal)
    await expect(invite(admin.ctx, workspace, { role: 'owner', days: 1 })).rejects.toMatchObject(refusal)
    await setRole(admin.ctx, { workspace, userId: other.userId, role: 'viewer' })
  })

  test('who is removed sees nothing from then on, and every node hears of it', async () => {
    const { workspaceId, workspace, owner } = await house()
    const { ctx: theirs, userId } = await mintMember(ctx, workspaceId, 'admin')
    const heard: unknown[] = []
    const stop = onEnded(ended => heard.push(ended))
    await removeMember(owner.ctx, { workspace, userId })
    stop()
    expect(heard).toContainEqual({ kind: 'member', workspaceId, userId })
    await expect(getWorkspace(theirs, { workspace })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('an invitation', () => {
  test('lets one person in, of fifty who come at once', async () => {
    const { workspace, owner } = await house()
    const { token } = await invite(owner.ctx, workspace, { role: 'member', days: 1 })
    const people = await Promise.all(Array.from({ length: 50 }, () => mintPerson(ctx)))
    const acts = await Promise.allSettled(people.map(person => acceptInvitation(person.ctx, { token })))
    expect(acts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refusals = acts.flatMap(act => (act.status === 'rejected' ? [act.reason.code] : []))
    expect(new Set(refusals)).toEqual(new Set(['GONE']))
    expect(await listMembers(owner.ctx, { workspace })).toHaveLength(2)
  })

  test('made for an address lets in nobody else, and is not used up by trying', async () => {
    const { workspace, owner } = await house()
    const [right, wrong] = [await mintPerson(ctx), await mintPerson(ctx)]
    const { token } = await invite(owner.ctx, workspace, { role: 'viewer', email: right.email, days: 1 })
    await expect(acceptInvitation(wrong.ctx, { token })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(acceptInvitation(right.ctx, { token })).resolves.toEqual({ slug: workspace })
  })

  test('taken back, expired or made up: the same answer', async () => {
    const { workspaceId, workspace, owner } = await house()
    const person = await mintPerson(ctx)
    const revoked = await invite(owner.ctx, workspace, { role: 'member', days: 1 })
    await revokeInvitation(owner.ctx, { workspace, id: revoked.id })
    const expired = await invite(owner.ctx, workspace, { role: 'member', days: 1 })
    await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
      prisma.invitation.update({ where: { id: expired.id }, data: { expiresAt: new Date(0) } }),
    )
    const answers = await Promise.all(
      [revoked.token, expired.token, 'made-up'].map(token =>
        acceptInvitation(person.ctx, { token }).catch(e => [e.code, e.message]),
      ),
    )
    expect(new Set(answers.map(answer => JSON.stringify(answer)))).toHaveProperty('size', 1)
  })

  test('makes the account with it, or neither', async () => {
    const { workspace, owner } = await house()
    const { token } = await invite(owner.ctx, workspace, { role: 'member', days: 1 })
    const nobody = { ...ctx, actor: { kind: 'nobody' } as const }
    const taken = await mintPerson(ctx)
    const attempt = signUpInvited(nobody, token, { name: 'Ada', email: taken.email, password })
    await expect(attempt).rejects.toMatchObject({ code: 'CONFLICT' })
    const email = `ada-${workspace}@example.com`
    await signUpInvited(nobody, token, { name: 'Ada', email, password })
    expect(await listMembers(owner.ctx, { workspace })).toContainEqual(
      expect.objectContaining({ email, role: 'member' }),
    )
    const again = signUpInvited(nobody, token, { name: 'Eve', email: `eve-${workspace}@example.com`, password })
    await expect(again).rejects.toMatchObject({ code: 'GONE' })
  })
})

describe('an address of a workspace', () => {
  test('goes on leading to it after it was renamed, and nobody else gets it', async () => {
    const { workspace, owner, workspaceId } = await house()
    await editWorkspace(owner.ctx, workspace, { slug: `${workspace}-new`.slice(0, 39) })
    expect(await getWorkspace(owner.ctx, { workspace })).toMatchObject({ workspaceId, slug: `${workspace}-new` })
    const stranger = await mintPerson(ctx)
    await expect(createWorkspace(stranger.ctx, { name: 'x', slug: workspace })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await editWorkspace(owner.ctx, workspace, { slug: workspace })
    expect(await getWorkspace(owner.ctx, { workspace: `${workspace}-new` })).toMatchObject({ slug: workspace })
  })

  test('is made from a name of any script', async () => {
    const person = await mintPerson(ctx)
    const first = await createWorkspace(person.ctx, { name: 'Élan Vital!' })
    expect(first.slug).toMatch(/^elan-vital/)
    const second = await createWorkspace(person.ctx, { name: 'Élan Vital!' })
    expect(second.slug).toMatch(/^elan-vital-\d{4}$/)
    expect((await createWorkspace(person.ctx, { name: '実験室' })).slug).toMatch(/^workspace-\d{4}$/)
    expect((await createWorkspace(person.ctx, { name: 'API' })).slug).toMatch(/^api-\d{4}$/)
  })
})
