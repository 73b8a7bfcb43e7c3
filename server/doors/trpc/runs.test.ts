import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KeyedServer, makeFrames, openBodyOf, startKeyedServer, TestAgent } from '../../testing/agent.ts'
import { mintCtx } from '../../testing/factories.ts'
import { mintMember, type Person } from '../../testing/people.ts'
import { createCaller } from './router.ts'

let server: KeyedServer
let person: Person
let agent: TestAgent
beforeAll(async () => {
  server = await startKeyedServer()
  const { workspaceId } = await server.house.db.acrossWorkspaces(({ prisma }) => prisma.workspace.findFirstOrThrow())
  person = await mintMember(await mintCtx({ kind: 'system' }, server.house.db), workspaceId, 'member')
  agent = await TestAgent.connect(server.url, server.key)
}, 60_000)
afterAll(async () => {
  agent?.close()
  await server?.stop()
})

const asked = () => createCaller({ ctx: person.ctx, house: server.house, agent: undefined, host: undefined })

async function training(project: string, keys: string[], steps: number) {
  const body = openBodyOf({ project })
  await agent.open(body)
  for (const frame of makeFrames(body.writer, keys, steps, 0, step => step / 10)) await agent.ask('frame', frame)
  return body.run
}

test('a list tells each run’s last value as soon as it is committed: of the key asked for, or of a loss that most have', async () => {
  const project = 'numbers'
  const first = await training(project, ['acc', 'train/loss'], 20)
  const second = await training(project, ['acc', 'train/loss', 'val'], 5)
  const { runs, key, next } = await asked().runs.list({ workspace: 'acme', project })
  expect([key, next]).toEqual(['train/loss', null])
  expect(runs.map(({ id, number }) => [id, number])).toEqual([
    [second, { key: 'train/loss', statistic: 'last', value: 0.4, step: 4 }],
    [first, { key: 'train/loss', statistic: 'last', value: 1.9, step: 19 }],
  ])
  const other = await asked().runs.list({ workspace: 'acme', project, key: 'val' })
  expect(other.runs.map(({ number }) => number)).toEqual([{ key: 'val', statistic: 'last', value: 0.4, step: 4 }, null])
})

test('what the program said of its keys decides what is shown of them: in lists, on the board, in the summary', async () => {
  const body = openBodyOf({ project: 'definitions' })
  await agent.open(body)
  const items = [
    { k: 'define', name: 'val/*', step_metric: 'epoch', summary: ['best', 'mean'], goal: 'maximize' },
    { k: 'define', name: 'val/hidden', summary: [], hidden: true },
    { k: 'summary', set: { mine: 1, 'val/acc': { best: 7 } } },
    { k: 'define', name: 'val/acc', goal: 'sideways' },
  ]
  expect(await agent.ask('meta', { writer: body.writer, first: 0, items })).toMatchObject({ ok: true, meta: 3 })
  const keys = ['epoch', 'val/acc', 'val/hidden', 'val/top']
  for (const frame of makeFrames(body.writer, keys, 5, 0, step => [3, 1, 9, 4, 2][step] as number))
    await agent.ask('frame', frame)
  const at = { workspace: 'acme', project: 'definitions' }
  const { runs } = await asked().runs.list({ ...at, key: 'val/top' })
  expect(runs[0]?.number).toEqual({ key: 'val/top', statistic: 'max', value: 9, step: 2 })
  const one = await asked().runs.get({ ...at, run: body.run })
  expect(one.summary).toEqual({ mine: 1, 'val/acc': { best: 7, mean: 3.8 }, 'val/top': { best: 9, mean: 3.8 } })
  expect(one.refusedItems).toMatchObject([{ key: 'define' }])
  const listed = await asked().metrics.keys({ runs: [one.run] })
  const whole = { name: 'val/*', step_metric: 'epoch', summary: ['best', 'mean'], goal: 'maximize' }
  expect(listed.map(({ key, definition }) => [key, definition])).toEqual([
    ['epoch', undefined],
    ['val/acc', whole],
    ['val/hidden', { name: 'val/hidden', summary: [], hidden: true }],
    ['val/top', whole],
  ])
  const headers = { authorization: `Bearer ${server.key}` }
  const read = async (path: string) =>
    (await fetch(`${server.url}/api/v1/acme/definitions/runs${path}`, { headers })).json()
  expect(await read(`/${body.run}`)).toMatchObject({
    summary: one.summary,
    definitions: [whole, { name: 'val/hidden' }],
  })
  expect((await read('')).runs[0].summary).toEqual(one.summary)
})

test('a list is turned page by page, and forgets what was deleted', async () => {
  const project = 'pages'
  const ids: string[] = []
  for (let i = 0; i < 5; i++) ids.unshift(await training(project, ['loss'], 1))
  const first = await asked().runs.list({ workspace: 'acme', project, limit: 3 })
  const rest = await asked().runs.list({ workspace: 'acme', project, limit: 3, cursor: first.next })
  expect([...first.runs, ...rest.runs].map(({ id }) => id)).toEqual(ids)
  expect(rest.next).toBeNull()
  const owner = await server.house.db.acrossWorkspaces(({ prisma }) =>
    prisma.user.findFirstOrThrow({ where: { email: 'owner@example.com' } }),
  )
  const asOwner = { ...person.ctx, actor: { kind: 'member', userId: owner.id } as const }
  const ref = { workspace: 'acme', project, run: ids[0] as string }
  await createCaller({ ctx: asOwner, house: server.house, agent: undefined, host: undefined }).runs.delete(ref)
  expect((await asked().runs.list({ workspace: 'acme', project })).runs.map(({ id }) => id)).toEqual(ids.slice(1))
  await expect(asked().runs.get(ref)).rejects.toMatchObject({ cause: { code: 'GONE' } })
})

test('a filter finds runs by words of name, id, tags and state, page by page, whatever comes meanwhile', async () => {
  const project = 'sought'
  const ids: string[] = []
  for (let i = 0; i < 6; i++) ids.unshift(await training(project, ['loss'], 1))
  const at = { workspace: 'acme', project }
  const edit = (id: string, words: { name?: string; tags?: string[] }) =>
    asked().runs.edit({ ...at, run: id, ...words })
  const [newest = '', second = '', , fourth = '', , oldest = ''] = ids
  await edit(oldest, { name: 'Große 100%_Breite', tags: ['paper'] })
  await edit(fourth, { name: 'wide', tags: ['paper', 'final table'] })
  await edit(second, { tags: ['Paper'] })
  const found = async (filter: string) => (await asked().runs.list({ ...at, filter })).runs.map(({ id }) => id)
  expect(await found(' PAPER ')).toEqual([second, fourth, oldest])
  expect(await found('table wide')).toEqual([fourth])
  expect(await found('breite große')).toEqual([oldest])
  expect(await found('0%_b')).toEqual([oldest])
  expect(await found(newest.slice(2))).toEqual([newest])
  expect(await found('runn paper')).toEqual([second, fourth, oldest])
  expect(await found('fin paper')).toEqual([fourth])
  expect(await found('nothing-is-called-this')).toEqual([])
  expect(await found('  ')).toEqual(ids)

  const first = await asked().runs.list({ ...at, filter: 'paper', limit: 2 })
  await edit(await training(project, ['loss'], 1), { tags: ['paper'] })
  const rest = await asked().runs.list({ ...at, filter: 'paper', limit: 2, cursor: first.next })
  expect([...first.runs, ...rest.runs].map(({ id }) => id)).toEqual([second, fourth, oldest])
  expect(rest.next).toBeNull()
})

test('one run is told with its states, writers and receipt', async () => {
  const id = await training('whole', ['loss'], 7)
  const run = await asked().runs.get({ workspace: 'acme', project: 'whole', run: id })
  expect(run).toMatchObject({
    id,
    state: 'running',
    project: { name: 'whole', workspace: 'acme' },
    number: { key: 'loss', value: 0.6, step: 6 },
    receipt: { logged: 7, stored: 7, refused: 0, pending: 0 },
    writers: [{ kind: 'user', stored: 7, closed: false }],
  })
  expect(run.may).toContain('run.edit')
  expect(run.may).not.toContain('run.delete')
  const edited = await asked().runs.edit({
    workspace: 'acme',
    project: 'whole',
    run: id,
    name: 'née λ',
    tags: ['a', 'a', 'b'],
  })
  expect(edited).toMatchObject({ name: 'née λ', tags: ['a', 'b'] })
})
