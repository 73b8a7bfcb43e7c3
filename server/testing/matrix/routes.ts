import type { Action } from '../../domain/access/index.ts'
import type { RunningServer } from '../../start-server.ts'
import { expected, judge } from './expected.ts'
import { type Fault, newMarker } from './faults.ts'
import { type Target, targets } from './inputs.ts'
import type { Things } from './things.ts'
import { type Caller, callerCount, mintWorld, type World } from './world.ts'

type Names = Pick<Things, 'workspace' | 'project' | 'runId' | 'run'>

export const nowhere: Names = { workspace: 'w-nowhere', project: 'p-nowhere', runId: 'r-nowhere', run: '999999999999' }

interface Request {
  path: string
  method?: string
  body?: object
}

/** How to knock at a door's path, and what it lets one do. */
interface Probe {
  action: Action | 'public'
  request(names: Names, others: Names): Request
  writes?: boolean
  makes?: boolean
}

const question = (...runs: string[]) => ({ panels: [{ id: 'p', runs, keys: ['loss'], width: 100 }] })

const probes: Record<string, Probe> = {
  '/healthz': { action: 'public', request: () => ({ path: '/healthz' }) },
  '/readyz': { action: 'public', request: () => ({ path: '/readyz' }) },
  // From this machine anybody may; labels never name a tenant.
  '/metrics': { action: 'public', request: () => ({ path: '/metrics' }) },
  '/api/series': {
    action: 'run.read',
    request: (names, others) => ({
      path: '/api/series',
      body: question(...new Set([names.run, others.run])),
    }),
  },
}

/** Answered by Socket.IO (see sockets.ts), and one probe for each path of the API's own description. */
const elsewhere = new Set(['/socket.io', '/api/v1'])

interface Operation {
  'x-action'?: Action
}

type OpenApi = { paths: Record<string, Record<string, Operation>> }

/** What the API's own writing addresses take, by method and the end of the path. */
const bodies: Record<string, object | undefined> = {
  'post runs': {},
  'patch {run}': { notes: 'noted' },
  'post finish': {},
  'post points': { first: 0, points: {} },
  'delete {run}': undefined,
}

async function probesOfApi(url: string): Promise<Record<string, Probe>> {
  const { paths } = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as OpenApi
  const entries = Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Probe] => {
      const writing = `${method} ${template.split('/').at(-1)}`
      const request = (names: Names, others: Names) => {
        const path = template
          .replace('{workspace}', names.workspace)
          .replace('{project}', others.project)
          .replace('{run}', others.runId)
        return { path, method: method.toUpperCase(), ...(bodies[writing] && { body: bodies[writing] }) }
      }
      const action = method === 'get' ? 'run.read' : operation['x-action']
      if (!action) throw new Error(`${method} ${template} declares no action`)
      if (method !== 'get' && !(writing in bodies)) throw new Error(`${writing}: the matrix has no body for it`)
      // A name that is new in one's own workspace is a new project.
      return [`${method} ${template}`, { action, request, writes: method !== 'get', makes: writing === 'post runs' }]
    }),
  )
  return Object.fromEntries(entries)
}

/** Holds every machine door that is mounted against the policy. A path that has no probe is a fault. */
export async function walkRoutes(
  { url, paths, house }: RunningServer,
  first: World,
  foreign: World,
): Promise<{ calls: number; faults: Fault[] }> {
  const faults: Fault[] = paths
    .filter(path => !(path in probes) && !elsewhere.has(path))
    .map(path => ({ call: path, fault: 'the matrix does not know this door' }))
  let calls = 0
  let world: World | undefined = first
  for (const [name, probe] of Object.entries({ ...probes, ...(await probesOfApi(url)) })) {
    for (const target of targets) {
      for (let i = 0; i < callerCount; i++) {
        world ??= await mintWorld(house, newMarker())
        const caller = world.callers[i] as Caller
        calls++
        const call = `${name} by ${caller.name}, ${target}`
        const { marker } = world
        const answer = await knock(url, probe.request(...namesFor(target, world, foreign)), caller)
        const reached = probe.makes && target === 'mixed' ? 'own' : target
        const verdicts = expected(probe.action, caller, reached, world)
        if (!judge(verdicts, answer.code) && !(probe.action === 'public' && caller.actor === null))
          faults.push({ call, fault: `${answer.code} instead of ${verdicts.join(' or ')}` })
        if (answer.body.includes(foreign.marker)) faults.push({ call, fault: 'leaks another workspace' })
        if (!caller.role && answer.body.includes(marker))
          faults.push({ call, fault: 'leaks a workspace to a stranger' })
        // What was written is not the world that the next caller is promised.
        if (probe.writes && answer.code === 'OK') world = undefined
        if (target !== 'foreign' || verdicts[0] !== 'NOT_FOUND') continue
        const never = await knock(url, probe.request(nowhere, nowhere), caller)
        if (never.body !== answer.body) faults.push({ call, fault: 'told apart from what never was' })
      }
    }
  }
  return { calls, faults }
}

/** What comes first in a path, and what comes behind it. */
function namesFor(target: Target, world: World, foreign: World): [Names, Names] {
  if (target === 'own') return [world, world]
  if (target === 'foreign') return [foreign, foreign]
  return target === 'nowhere' ? [nowhere, nowhere] : [world, foreign]
}

async function knock(url: string, { path, body, method = body ? 'POST' : 'GET' }: Request, caller: Caller) {
  const headers = { ...caller.headers, origin: url, 'content-type': 'application/json' }
  const response = await fetch(url + path, body ? { method, headers, body: JSON.stringify(body) } : { method, headers })
  const text = Buffer.from(await response.arrayBuffer()).toString('latin1')
  const told = response.ok ? undefined : (JSON.parse(text) as { error?: { code?: string } })
  return {
    code: response.ok ? 'OK' : (told?.error?.code ?? String(response.status)),
    body: text.replace(/"request_id":"[^"]*"/, ''),
  }
}
