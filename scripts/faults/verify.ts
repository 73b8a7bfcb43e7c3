import { isDeepStrictEqual } from 'node:util'
import type { Delivery } from './delivery.ts'
import type { ServerProcess } from './server-process.ts'

interface Series {
  steps: number[]
  times: number[]
  values: (number | string)[]
}

/** Every point that was logged is stored exactly once, in order, with step, time and value bits; throws what differs. */
export async function verifyStored(server: ServerProcess, deliveries: Delivery[]): Promise<number> {
  let points = 0
  for (const { run, rank, keys, journal, lost } of deliveries) {
    if (lost.length > 0) throw new Error(`acked points were lost: ${lost.join('; ')}`)
    const path = `faults/runs/${run}/series?labels=rank:${rank}`
    const { slug } = await workspaceOf(server)
    const response = await fetch(`${server.url}/api/v1/${slug}/${path}`, {
      headers: { authorization: `Bearer ${server.key}` },
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    const stored = (await response.json()) as Record<string, Series>
    keys.forEach((key, i) => {
      const expected = {
        steps: journal.map(row => row.step),
        times: journal.map(row => row.time),
        values: journal.map(row => row.values[i] as number),
      }
      const found = stored[key] ?? { steps: [], times: [], values: [] }
      const values = found.values.map(Number)
      if (!isDeepStrictEqual({ ...found, values }, expected))
        throw new Error(difference(`${run} rank ${rank} ${key}`, found, expected))
      points += values.length
    })
  }
  return points
}

async function workspaceOf(server: ServerProcess): Promise<{ slug: string }> {
  const sql = await server.sql()
  const { rows } = await sql.query<{ slug: string }>('SELECT slug FROM workspace')
  await sql.end()
  return rows[0] as { slug: string }
}

type Steps = Pick<Series, 'steps'>

function difference(name: string, found: Steps, expected: Steps): string {
  const missing = expected.steps.filter(step => !found.steps.includes(step)).length
  const doubled = found.steps.length - new Set(found.steps).size
  return `${name}: ${found.steps.length} of ${expected.steps.length} stored, ${missing} missing, ${doubled} doubled, or bits differ`
}
