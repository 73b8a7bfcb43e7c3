import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { TestBrowser } from '../../server/testing/browser.ts'
import { superuser } from '../ingest/server.ts'
import { type PageServer, startPageServer } from '../latency/server.ts'
import { peer } from '../peers/index.ts'
import type { Figure, Measure } from '../row.ts'
import { script } from '../script.ts'
import { quantile } from '../statistics.ts'

const KEYS = 20
const PAGE = 50

interface Page {
  runs: { run: string }[]
  next: string | null
}

/** Milliseconds. */
interface Waits {
  first: number[]
  deep: number[]
}

/** A page of the table of runs, over HTTP as the browser asks for it, with the number of a key in each row. */
export const benchTable: Measure = async size => {
  const server = await startPageServer()
  let sql: pg.Client | undefined
  const figures: Figure[] = []
  const grown: [number, number][] = []
  const theirs: [number, number][] = []
  try {
    const browser = new TestBrowser(server.url)
    const refused = await browser.signIn(server.email, server.password)
    if (refused) throw new Error(refused)
    sql = await superuser(server.data)
    for (const [runs, goal] of size === 'full'
      ? ([
          [10_000, 20],
          [100_000, 40],
        ] as const)
      : ([[10_000, 20]] as const)) {
      const project = `table-${runs}`
      await seed(sql, server, project, runs)
      const waits = await ask(browser, server, project, size === 'full' ? 100 : 30)
      const peers = await mlflow(runs)
      grown.push([runs, quantile(waits.first, 0.95)])
      if (peers) theirs.push([runs, quantile(peers.first, 0.95)])
      figures.push(...figuresOf(runs, goal, waits, peers))
    }
    const lines = { trackside: grown, ...(theirs.length && { mlflow: theirs }) }
    return { figures, plots: [{ title: 'First page of the table, p95', x: 'runs', y: 'ms', lines }] }
  } finally {
    await sql?.end()
    await server.stop()
  }
}

function figuresOf(runs: number, goal: number, ours: Waits, peers: Waits | null): Figure[] {
  const at = (what: keyof Waits, share: number) => ({
    unit: 'ms',
    value: quantile(ours[what], share),
    peers: { mlflow: peers && quantile(peers[what], share) },
  })
  const name = `${runs.toLocaleString('en')} runs × ${KEYS} keys`
  return [
    { what: `${name}, newest ${PAGE} with a key: p50`, ...at('first', 0.5) },
    { what: `${name}, newest ${PAGE} with a key: p95`, goal, ...at('first', 0.95) },
    { what: `${name}, a page from the middle: p95`, goal, ...at('deep', 0.95), peers: {} },
    {
      what: `${name}, filter, sort by a metric, first page: p95`,
      unit: 'ms',
      value: null,
      why: 'runs.list has neither filter nor sort yet',
      goal,
      peers: { mlflow: peers && quantile(peers.deep, 0.95) },
    },
  ]
}

async function ask(browser: TestBrowser, { workspace }: PageServer, project: string, times: number): Promise<Waits> {
  const waits: Waits = { first: [], deep: [] }
  const input = { workspace, project, limit: PAGE, key: 'key-0' }
  const timed = async (cursor?: string) => {
    const began = performance.now()
    const page = await browser.ask<Page>('runs.list', { ...input, ...(cursor && { cursor }) })
    if (page.runs.length !== PAGE) throw new Error(`${page.runs.length} runs on a page of ${PAGE}`)
    return { wait: performance.now() - began, page }
  }
  const { page } = await timed()
  const newest = Number(page.runs[0]?.run)
  for (let i = 0; i < times; i++) {
    waits.first.push((await timed()).wait)
    waits.deep.push((await timed(String(newest - 4_000 - 37 * i))).wait)
  }
  return waits
}

/** Straight into the database: what is measured is the reading. */
async function seed(sql: pg.Client, { workspace }: PageServer, project: string, runs: number): Promise<void> {
  const { rows } = await sql.query<{ id: string }>('SELECT workspace_id AS id FROM workspace WHERE slug = $1', [
    workspace,
  ])
  const id = rows[0]?.id
  await sql.query('INSERT INTO project (id, workspace_id, slug, name, runs_made) VALUES ($1, $2, $1, $1, $3)', [
    project,
    id,
    runs,
  ])
  await sql.query(
    `INSERT INTO run (workspace_id, project_id, id, name, ordinal, state, config)
     SELECT $1, $2, 'run-' || i, 'run ' || i, i, 'finished', jsonb_build_object('lr', random(), 'depth', i % 50)
     FROM generate_series(1, $3::int) i`,
    [id, project, runs],
  )
  await sql.query(
    `INSERT INTO metric_series (workspace_id, run, series, key, count, first_step, first_value, last_step, last_value, last_time, min_value, min_step, max_value, max_step)
     SELECT $1, run, k, 'key-' || k, 100, 0, 1, 99, random(), 1760000000000, 0, 1, 1, 2
     FROM run CROSS JOIN generate_series(0, $3::int - 1) k WHERE project_id = $2`,
    [id, project, KEYS],
  )
  await sql.query('ANALYZE run, metric_series')
}

/** `first`: the newest page; `deep`: filter on a parameter and sort by a metric. */
async function mlflow(runs: number): Promise<Waits | null> {
  const found = peer('mlflow')
  if ('reason' in found) return null
  const folder = mkdtempSync(join(tmpdir(), 'peer-'))
  const words = [String(runs), String(KEYS), String(PAGE)]
  return script<Waits>(found.python, [join(import.meta.dirname, 'mlflow_table.py'), folder, ...words])
}
