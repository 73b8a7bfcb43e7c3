import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Actor, nobody } from '../../actor.ts'
import type { Ctx } from '../../context.ts'
import { mintCtx } from '../../testing/factories.ts'
import { mintPerson, type Person, password } from '../../testing/people.ts'
import { changePassword } from './change-password.ts'
import { endOtherSessions, endSession } from './end-sessions.ts'
import { findSession } from './find-session.ts'
import { listSessions } from './list-sessions.ts'
import { resetPassword } from './reset-password.ts'
import { signIn } from './sign-in.ts'
import { signInWithIdentity } from './sign-in-with-identity.ts'
import { signUp } from './sign-up.ts'

let ctx: Ctx
beforeAll(async () => {
  ctx = await mintCtx()
})

/** An address of its own each, so that tests do not use up each other's tries. */
const stranger = (): Ctx => ({ ...ctx, actor: nobody, address: randomUUID() })
const signedIn = ({ email }: { email: string }) => signIn(stranger(), { email, password })

async function asSession(person: Person) {
  const { sessionId } = await signedIn(person)
  const actor: Actor = { kind: 'member', userId: person.userId, sessionId }
  return { sessionId, ctx: { ...ctx, actor } }
}

describe('signing in', () => {
  test('opens a session; capital letters and spaces around the address do not matter', async () => {
    const person = await mintPerson(ctx)
    const { sessionId } = await signIn(stranger(), { email: ` ${person.email.toUpperCase()}`, password })
    expect(await findSession(ctx, sessionId)).toMatchObject({ userId: person.userId })
  })

  test('says the same of a wrong password, an unknown address, a closed account and nonsense', async () => {
    const person = await mintPerson(ctx)
    const closed = await mintPerson(ctx)
    await ctx.db.asIdentity(({ prisma }) =>
      prisma.user.update({ where: { id: closed.userId }, data: { disabledAt: new Date() } }),
    )
    const tries = [
      { email: person.email, password: 'wrong password' },
      { email: `nobody-${randomUUID()}@example.com`, password },
      { email: closed.email, password },
      { email: 'a@x,b@y', password },
      { email: person.email, password: '' },
      { email: { $ne: '' }, password: ['x'] },
    ]
    const answers = await Promise.all(
      tries.map(input => signIn(stranger(), input).catch(e => `${e.code} ${e.message}`)),
    )
    expect(new Set(answers)).toEqual(new Set(['UNAUTHENTICATED The e-mail address or the password is wrong']))
  })

  test('takes as long for an unknown address as for a wrong password', async () => {
    const { email } = await mintPerson(ctx)
    const time = async (email: string) => {
      const begun = performance.now()
      await signIn(stranger(), { email, password: 'wrong password' }).catch(() => {})
      return performance.now() - begun
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let i = 0; i < 10; i++) {
      known.push(await time(email))
      unknown.push(await time(`nobody-${randomUUID()}@example.com`))
    }
    // The least of each: whatever else the machine does only adds.
    const ratio = Math.min(...known) / Math.min(...unknown)
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.7)
  })

  test('is refused after ten wrong tries at an account, from however many addresses, also with the right password', async () => {
    const { email } = await mintPerson(ctx)
    for (let i = 0; i < 10; i++) await signIn(stranger(), { email, password: 'wrong' }).catch(() => {})
    await expect(signedIn({ email })).rejects.toMatchObject({ code: 'LIMIT' })
  })

  test('is refused after a hundred wrong tries from an address, at however many accounts', async () => {
    const asker = stranger()
    const attempt = (i: number) =>
      signIn(asker, { email: `n${i}-${asker.address}@example.com`, password: 'x' }).catch(e => e.code)
    const answers = await Promise.all(Array.from({ length: 110 }, (_, i) => attempt(i)))
    expect(answers.filter(code => code === 'LIMIT')).toHaveLength(10)
  })

  test('right ones are never used up', async () => {
    const person = await mintPerson(ctx)
    for (let i = 0; i < 15; i++) await signedIn(person)
  })
})

describe('sessions', () => {
  test('one of two ends at once, the other goes on', async () => {
    const person = await mintPerson(ctx)
    const [one, two] = [await asSession(person), await asSession(person)]
    expect(await findSession(ctx, one.sessionId)).not.toBeNull()
    const list = await listSessions(two.ctx)
    expect(JSON.stringify(list)).not.toContain(one.sessionId)
    const other = list.find(({ current }) => !current)
    await endSession(two.ctx, { session: other?.id ?? '' })
    expect(await findSession(ctx, one.sessionId)).toBeNull()
    expect(await findSession(ctx, two.sessionId)).not.toBeNull()
  })

  test('of others do not exist', async () => {
    const [mine, theirs] = [await asSession(await mintPerson(ctx)), await asSession(await mintPerson(ctx))]
    const [session] = await listSessions(theirs.ctx)
    await expect(endSession(mine.ctx, { session: session?.id ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await findSession(ctx, theirs.sessionId)).not.toBeNull()
  })

  test('a new password ends all but the one that set it', async () => {
    const person = await mintPerson(ctx)
    const [one, two] = [await asSession(person), await asSession(person)]
    await expect(changePassword(one.ctx, { current: 'wrong', next: 'a new password' })).rejects.toMatchObject({
      code: 'INVALID',
    })
    await changePassword(one.ctx, { current: password, next: 'a new password' })
    expect(await findSession(ctx, one.sessionId)).not.toBeNull()
    expect(await findSession(ctx, two.sessionId)).toBeNull()
    await expect(signedIn(person)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('all others end on request', async () => {
    const person = await mintPerson(ctx)
    const [one, two, three] = [await asSession(person), await asSession(person), await asSession(person)]
    expect(await endOtherSessions(one.ctx)).toEqual({ ended: 2 })
    expect(await Promise.all([one, two, three].map(({ sessionId }) => findSession(ctx, sessionId)))).toEqual([
      expect.anything(),
      null,
      null,
    ])
  })

  test('the administrator resets a password: every session ends; nobody else may', async () => {
    const person = await mintPerson(ctx)
    const { ctx: theirs } = await asSession(person)
    const input = { email: person.email, password: 'another password' }
    await expect(resetPassword(theirs, input)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await resetPassword(ctx, input)
    expect(await listSessions(theirs)).toEqual([])
  })

  test('expired or long unused, they are over', async () => {
    const ago = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000)
    for (const data of [{ expiresAt: ago(0) }, { lastSeenAt: ago(8) }]) {
      const { sessionId } = await asSession(await mintPerson(ctx))
      await ctx.db.asIdentity(({ prisma }) => prisma.session.update({ where: { id: sessionId }, data }))
      expect(await findSession(ctx, sessionId)).toBeNull()
    }
  })
})

describe('accounts', () => {
  test('are made by anybody only where the server is open', async () => {
    const input = { name: 'Ada', email: `ada-${randomUUID()}@example.com`, password }
    await expect(signUp(stranger(), input, { open: false })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(signUp(stranger(), input, { open: true })).resolves.toEqual({ email: input.email })
  })

  test('a sign-in elsewhere is linked to a password account only by whoever is signed in to it', async () => {
    const person = await mintPerson(ctx)
    const identity = { provider: 'oidc', subject: randomUUID(), email: person.email, emailVerified: true, name: 'X' }
    await expect(signInWithIdentity(stranger(), identity, { open: true })).rejects.toMatchObject({ code: 'CONFLICT' })
    await signInWithIdentity(person.ctx, identity, { open: false })
    const { sessionId } = await signInWithIdentity(stranger(), identity, { open: false })
    expect(await findSession(ctx, sessionId)).toMatchObject({ userId: person.userId })
  })

  test('a sign-in elsewhere makes an account where strangers may, with a verified address alone', async () => {
    const identity = {
      provider: 'oidc',
      subject: randomUUID(),
      email: `${randomUUID()}@example.com`,
      emailVerified: false,
    }
    const refusal = { code: 'FORBIDDEN' }
    await expect(signInWithIdentity(stranger(), identity, { open: true })).rejects.toMatchObject(refusal)
    const verified = { ...identity, emailVerified: true }
    await expect(signInWithIdentity(stranger(), verified, { open: false })).rejects.toMatchObject(refusal)
    const { sessionId } = await signInWithIdentity(stranger(), verified, { open: true })
    expect(await findSession(ctx, sessionId)).not.toBeNull()
  })

  test('a closed one lets nobody in, by no path', async () => {
    const person = await mintPerson(ctx)
    const identity = { provider: 'oidc', subject: randomUUID(), email: person.email, emailVerified: true }
    await signInWithIdentity(person.ctx, identity, { open: false })
    const { sessionId } = await signedIn(person)
    await ctx.db.asIdentity(({ prisma }) =>
      prisma.user.update({ where: { id: person.userId }, data: { disabledAt: new Date() } }),
    )
    const refusal = { code: 'UNAUTHENTICATED' }
    await expect(signedIn(person)).rejects.toMatchObject(refusal)
    await expect(signInWithIdentity(stranger(), identity, { open: true })).rejects.toMatchObject(refusal)
    expect(await findSession(ctx, sessionId)).toBeNull()
  })
})
