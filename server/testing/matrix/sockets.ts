import type { Socket } from 'socket.io-client'
import type { Action } from '../../domain/access/index.ts'
import type { RunningServer } from '../../start-server.ts'
import { connect, makeFrames, openBodyOf } from '../agent.ts'
import { expected, judge } from './expected.ts'
import type { Fault } from './faults.ts'
import { type Target, targets } from './inputs.ts'
import { nowhere } from './routes.ts'
import type { Things } from './things.ts'
import type { Caller, World } from './world.ts'

type Names = Pick<Things, 'workspace' | 'project' | 'projectId' | 'runId' | 'run' | 'writer'>

interface Probe {
  action: Action | 'public'
  body(names: Names): unknown
  /** Where naming other things in one's own workspace makes them, or says nothing of them. */
  targets?: readonly Target[]
  /** The answer instead of the policy's: a writer is a thing of its socket alone. */
  always?: string
}

const absent: Names = { ...nowhere, projectId: 'p-nowhere', writer: '0'.repeat(32) }
const straight: Target[] = ['own', 'foreign', 'nowhere']

const probes: Record<string, Record<string, Probe[]>> = {
  '/live': {
    watch: [
      { action: 'run.read', body: ({ run }) => ({ runs: [run] }), targets: straight },
      { action: 'project.read', body: ({ projectId }) => ({ project: projectId }), targets: straight },
    ],
    unwatch: [{ action: 'public', body: ({ run, projectId }) => ({ runs: [run], project: projectId }) }],
  },
  '/ingest': {
    open: [
      {
        action: 'run.write',
        body: ({ workspace, project, runId }) => openBodyOf({ workspace, project, run: runId }),
        targets: straight,
      },
    ],
    frame: [{ action: 'public', body: ({ writer }) => makeFrames(writer, ['loss'], 1)[0], always: 'NOT_OPEN' }],
    meta: [
      {
        action: 'public',
        body: ({ writer }) => ({ writer, first: 0, items: [{ k: 'info', name: 'x' }] }),
        always: 'NOT_OPEN',
      },
    ],
    receipt: [{ action: 'public', body: ({ writer }) => ({ writer }), always: 'NOT_OPEN' }],
    beat: [{ action: 'public', body: ({ writer }) => ({ writers: [writer] }) }],
  },
}

const ownWords = new Set<string | symbol>(['disconnect', 'disconnecting', 'error'])

/** Holds every event that a socket may send against the policy. A namespace or event without a probe is a fault. */
export async function walkSockets(
  server: RunningServer,
  world: World,
  foreign: World,
): Promise<{ calls: number; faults: Fault[] }> {
  const faults: Fault[] = []
  let calls = 0
  for (const namespace of server.house.io._nsps.keys()) {
    if (namespace === '/') continue
    if (!(namespace in probes)) faults.push({ call: namespace, fault: 'the matrix does not know this namespace' })
    for (const caller of world.callers) {
      calls++
      const { socket, refused } = await enter(server, namespace, caller)
      const wanted = handshake(namespace, caller)
      if (refused !== wanted)
        faults.push({ call: `${namespace} by ${caller.name}`, fault: `${refused} instead of ${wanted}` })
      if (!socket) continue
      try {
        faults.push(...unknownEvents(server, namespace, socket))
        const walked = await walkEvents(socket, probes[namespace] ?? {}, caller, world, foreign)
        calls += walked.calls
        faults.push(...walked.faults.map(({ call, fault }) => ({ call: `${namespace} ${call}`, fault })))
      } finally {
        socket.close()
      }
    }
  }
  return { calls, faults }
}

/** Agents come with keys only; browsers with a session's cookie, or a key. */
function handshake(namespace: string, { actor, key }: Caller): string | undefined {
  if (namespace === '/ingest' && key === undefined) return 'INVALID'
  return actor === null || actor.kind === 'nobody' ? 'UNAUTHENTICATED' : undefined
}

async function enter(
  server: RunningServer,
  namespace: string,
  { key, headers }: Caller,
): Promise<{ socket?: Socket; refused?: string }> {
  const auth = { protocol: 1, sdk: 'test/0', ...(key !== undefined && { key }) }
  const { cookie } = headers
  try {
    return { socket: await connect(server.url, namespace, auth, { origin: server.url, ...(cookie && { cookie }) }) }
  } catch (error) {
    return { refused: (error as { data?: { code?: string } }).data?.code ?? String(error) }
  }
}

function unknownEvents({ house }: RunningServer, namespace: string, { id }: Socket): Fault[] {
  const there = house.io.of(namespace).sockets.get(id as never)
  const events = (there?.eventNames() ?? []).filter(name => !ownWords.has(name)).map(String)
  return events
    .filter(name => !(name in (probes[namespace] ?? {})))
    .map(name => ({ call: `${namespace} ${name}`, fault: 'the matrix does not know this event' }))
}

async function walkEvents(
  socket: Socket,
  events: Record<string, Probe[]>,
  caller: Caller,
  world: World,
  foreign: World,
) {
  const faults: Fault[] = []
  let calls = 0
  for (const [event, list] of Object.entries(events)) {
    for (const probe of list) {
      for (const target of probe.targets ?? targets) {
        calls++
        const call = `${event} by ${caller.name}, ${target}`
        const names = target === 'own' ? world : target === 'nowhere' ? absent : foreign
        const answer = await socket.timeout(10_000).emitWithAck(event, probe.body(names))
        const code = answer.ok ? 'OK' : answer.error.code
        const verdicts = expected(probe.action, caller, target, world)
        const right = probe.always ? code === probe.always : judge(verdicts, code)
        if (!right) faults.push({ call, fault: `${code} instead of ${probe.always ?? verdicts.join(' or ')}` })
        if (JSON.stringify(answer).includes(foreign.marker)) faults.push({ call, fault: 'leaks another workspace' })
      }
    }
  }
  return { calls, faults }
}
