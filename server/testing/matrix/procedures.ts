import type { AnyRouter } from '@trpc/server'
import { toLossless } from '../../../protocol/lossless-json.ts'
import type { Action } from '../../domain/access/index.ts'
import { answerTrpc } from '../../doors/trpc/handle-trpc.ts'
import type { House } from '../../house.ts'
import { expected, judge } from './expected.ts'
import { type Fault, newMarker } from './faults.ts'
import { inputOf, mixes, targets } from './inputs.ts'
import { type Caller, callerCount, mintWorld, type World } from './world.ts'

interface Procedure {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  action: Action | 'public' | undefined
  schema: unknown
}

/** Every procedure that is registered at this moment. */
export function proceduresOf(router: AnyRouter): Procedure[] {
  type Def = { type: Procedure['type']; meta?: { action?: Action | 'public' }; inputs: unknown[] }
  const procedures = router._def.procedures as Record<string, { _def: Def }>
  return Object.entries(procedures).map(
    ([
      path,
      {
        _def: { type, meta, inputs },
      },
    ]) => {
      return { path, type, action: meta?.action, schema: inputs.at(-1) }
    },
  )
}

interface Answer {
  code: string
  /** Without the request's own id. */
  body: string
}

/** Holds every procedure against the policy, for everybody and every target. Returns what disagrees. */
export async function walkProcedures(
  house: House,
  router: AnyRouter,
  foreign: World,
): Promise<{ calls: number; faults: Fault[] }> {
  const faults: Fault[] = []
  let calls = 0
  let world: World | undefined
  for (const procedure of proceduresOf(router)) {
    const { path, action, schema, type } = procedure
    if (action === undefined) faults.push({ call: path, fault: 'declares no action' })
    for (const target of targets) {
      if (target === 'mixed' && !mixes(schema)) continue
      for (let i = 0; i < callerCount; i++) {
        world ??= await mintWorld(house, newMarker())
        const caller = world.callers[i] as Caller
        const call = `${path} by ${caller.name}, ${target}`
        calls++
        const input = inputOf(path, schema, caller, world, foreign, target)
        const answer = await ask(house, router, procedure, input, caller)
        const verdicts = expected(action ?? 'workspace.read', caller, target, world)
        if (!judge(verdicts, answer.code))
          faults.push({ call, fault: `${answer.code} instead of ${verdicts.join(' or ')}` })
        if (answer.body.includes(foreign.marker)) faults.push({ call, fault: 'leaks another workspace' })
        if (!caller.role && !invited(path) && answer.body.includes(world.marker) && !isOwn(path))
          faults.push({ call, fault: 'leaks a workspace to a stranger' })
        if (target === 'foreign' && verdicts[0] === 'NOT_FOUND') {
          const nowhere = await ask(
            house,
            router,
            procedure,
            inputOf(path, schema, caller, world, foreign, 'nowhere'),
            caller,
          )
          if (nowhere.body !== answer.body)
            faults.push({ call, fault: `told apart from what never was: ${answer.body} ${nowhere.body}` })
        }
        // What was written is not the world that the next caller is promised.
        if (type === 'mutation' && answer.code === 'OK') world = undefined
      }
    }
  }
  return { calls, faults }
}

/** Whoever holds an invitation's token may know of its workspace. */
const invited = (path: string) => path.startsWith('members.accept') || path === 'members.invitation'
/** A removed person's own name is his to see. */
const isOwn = (path: string) => path.startsWith('account.') || path === 'workspaces.list'

export async function ask(
  house: House,
  router: AnyRouter,
  { path, type }: Procedure,
  input: unknown,
  caller: Caller,
): Promise<Answer> {
  const url = new URL(`http://${ourHost}/api/trpc/${path}`)
  const headers: Record<string, string> = {
    host: ourHost,
    ...caller.headers,
    'x-trackside-address': crypto.randomUUID(),
  }
  const body = input === undefined ? undefined : JSON.stringify(toLossless(input))
  if (type === 'query' && body !== undefined) url.searchParams.set('input', body)
  const request =
    type === 'query'
      ? new Request(url, { headers })
      : new Request(url, {
          method: 'POST',
          headers: { ...headers, origin: `http://${ourHost}`, 'content-type': 'application/json' },
          ...(body !== undefined && { body }),
        })
  const response = await answerTrpc(house, router, request)
  const text = await response.text()
  return { code: codeOf(JSON.parse(text)), body: text.replace(/"request_?[iI]d":"[^"]*"/, '') }
}

const ourHost = 'trackside.test'

type Told = { result?: object; error?: { code?: unknown; data?: { code: string } } }
const codeOf = ({ error }: Told): string => (error ? (error.data?.code ?? String(error.code)) : 'OK')
