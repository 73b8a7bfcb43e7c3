import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { framesOf } from '../../../protocol/frame-builder.ts'
import { type KeyedServer, newWriter, openBodyOf, startKeyedServer, TestAgent } from '../../testing/agent.ts'

let server: KeyedServer
let agent: TestAgent
beforeAll(async () => {
  server = await startKeyedServer()
  agent = await TestAgent.connect(server.url, server.key)
}, 60_000)
afterAll(async () => {
  agent?.close()
  await server?.stop()
})

const get = (path: string, key = server.key) =>
  fetch(`${server.url}/api/v1/${path}`, { headers: key ? { authorization: `Bearer ${key}` } : {} })

const odd = [1.5, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 0.1 + 0.2, 2 ** 53]
const keys = ['a', 'b,c "🔥"']

async function logged(labels: Record<string, string>[], run = `rest-${newWriter()}`) {
  const writers = labels.map(() => newWriter())
  for (const [i, writer] of writers.entries()) {
    await agent.open(openBodyOf({ run, writer, labels: labels[i] ?? {}, project: 'Ünïcode / Projekt' }))
    const records = odd.map((value, at) => ({
      seq: at * 2,
      step: 7 - at,
      time: 1000 + at,
      keys,
      values: Float64Array.of(value, i),
    }))
    for (const frame of framesOf(writer, records)) expect(await agent.ask('frame', frame)).toMatchObject({ ok: true })
  }
  return { run, writers, at: `acme/${encodeURIComponent('Ünïcode / Projekt')}/runs/${run}` }
}

test('runs are listed page by page and read one by one', async () => {
  const { run, at } = await logged([{}])
  await logged([{}])
  const page = await (await get('acme/ünïcode-projekt/runs?limit=1')).json()
  expect(page.runs).toHaveLength(1)
  const older = await (await get(`acme/ünïcode-projekt/runs?cursor=${page.cursor}`)).json()
  expect(older.runs[0]).toMatchObject({ id: run, state: 'running', config: {}, project: 'Ünïcode / Projekt' })
  const one = await (await get(at)).json()
  expect(one).toMatchObject({ id: run, keys, receipt: { logged: 16, stored: 16, refused: 0, pending: 0 } })
  expect(one.url).toBe(`${server.url}/acme/${encodeURIComponent('ünïcode-projekt')}/runs/${run}`)
})

test('every point comes back bit for bit in JSON, in the order of its journal', async () => {
  const { at } = await logged([{}])
  const response = await get(`${at}/series?key=a&key=${encodeURIComponent('b,c "🔥"')}`)
  const text = await response.text()
  const told = JSON.parse(text)
  expect(Object.keys(told)).toEqual(keys)
  expect(told.a.values.map(Number)).toEqual(odd)
  expect(told.a.values.slice(2, 5)).toEqual(['NaN', 'Infinity', '-Infinity'])
  expect(text).toContain('[1.5,-0,"NaN"')
  expect(told.a.steps).toEqual([7, 6, 5, 4, 3, 2, 1, 0])
  expect(told.a.times).toEqual(odd.map((_, i) => 1000 + i))
  expect(told.a.writers).toBeUndefined()
  expect(await (await get(`${at}/series`)).json()).toEqual(told)
  expect(Object.keys(await (await get(`${at}/series?keys=a,none`)).json())).toEqual(['a'])
})

test('several label sets come with their writers, or one by its labels', async () => {
  const { at, writers } = await logged([{ rank: '0' }, { rank: '1' }])
  const all = await (await get(`${at}/series?keys=a`)).json()
  expect(all.a.writers).toEqual(writers.flatMap(writer => Array(8).fill(writer)))
  const one = await (await get(`${at}/series?key=${encodeURIComponent(keys[1] as string)}&labels=rank:1`)).json()
  expect(one[keys[1] as string]).toMatchObject({ values: Array(8).fill(1) })
  expect(one[keys[1] as string].writers).toBeUndefined()
})

test('the same points as CSV and as Parquet', async () => {
  const { at, writers } = await logged([{ rank: '0' }])
  const lines = (await (await get(`${at}/series?format=csv`)).text()).trimEnd().split('\r\n')
  expect(lines[0]).toBe('key,labels,step,time,value,writer')
  expect(lines[2]).toBe(`a,rank:0,6,1001,-0,${writers[0]}`)
  expect(lines[9]).toMatch(/^"b,c ""🔥""",rank:0,7,/)
  const file = await (await get(`${at}/series?format=parquet&keys=a`)).arrayBuffer()
  const rows = await parquetReadObjects({ file })
  expect(rows.map(row => row.value)).toEqual(odd)
  expect(rows[1]).toEqual({ key: 'a', labels: 'rank:0', step: 6n, time: 1001n, value: -0, writer: writers[0] })
})

test('no text of a CSV is a formula in a spreadsheet, and every number is a number', async () => {
  const formulas = ['\t=1', '+1', '-1', '=1+1', '=a,"b"', '@SUM(A1)']
  const [run, writer] = [`rest-${newWriter()}`, newWriter()]
  await agent.open(openBodyOf({ run, writer, labels: { '=x': '1' } }))
  const values = Float64Array.from(formulas, (_, i) => -1 - i)
  const [frame] = framesOf(writer, [{ seq: 0, step: -7, time: 1000, keys: formulas, values }])
  expect(await agent.ask('frame', frame)).toMatchObject({ ok: true })
  const at = `acme/digits/runs/${run}/series`
  const [, ...lines] = (await (await get(`${at}?format=csv`)).text()).trimEnd().split('\r\n')
  expect(lines.map(line => line.split(",'=x:1,-7,1000,"))).toEqual(
    formulas.map((key, i) => [
      key.includes('"') ? `"'${key.replaceAll('"', '""')}"` : `'${key}`,
      `${-1 - i},${writer}`,
    ]),
  )
  // What is for programs keeps every name as it is.
  expect(Object.keys(await (await get(at)).json())).toEqual(formulas)
})

test('errors have one form, with a request id and never a stack', async () => {
  const { at } = await logged([{}])
  const cases: [string, string, number, string][] = [
    [at, 'nobody', 401, 'UNAUTHENTICATED'],
    [at, '', 401, 'UNAUTHENTICATED'],
    [`${at}x`, server.key, 404, 'NOT_FOUND'],
    ['elsewhere/p/runs', server.key, 404, 'NOT_FOUND'],
    [`${at}/nonsense`, server.key, 404, 'NOT_FOUND'],
    [`${at}/series?format=xml`, server.key, 400, 'INVALID'],
    [`${at}/series?labels=rank`, server.key, 400, 'INVALID'],
    ['acme/ünïcode-projekt/runs?limit=0', server.key, 400, 'INVALID'],
  ]
  for (const [path, key, status, code] of cases) {
    const response = await get(path, key)
    const body = await response.json()
    expect([path, response.status, body.error?.code]).toEqual([path, status, code])
    expect(body.error.request_id).toBe(response.headers.get('x-request-id'))
    expect(JSON.stringify(body)).not.toMatch(/:\d+:\d+|node_modules/)
  }
})

test('the description of the API names every address', async () => {
  const doc = await (await get('openapi.json', '')).json()
  expect(Object.keys(doc.paths)).toEqual([
    '/api/v1/{workspace}/{project}/runs',
    '/api/v1/{workspace}/{project}/runs/{run}',
    '/api/v1/{workspace}/{project}/runs/{run}/series',
    '/api/v1/{workspace}/{project}/runs/{run}/finish',
    '/api/v1/{workspace}/{project}/runs/{run}/points',
  ])
})
