import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { mintWorld, newMarker, type World } from '../../testing/access-matrix.ts'
import { type KeyedServer, startKeyedServer } from '../../testing/agent.ts'
import { inputOf } from '../../testing/matrix/inputs.ts'
import { ask, proceduresOf } from '../../testing/matrix/procedures.ts'
import type { Caller } from '../../testing/matrix/world.ts'
import { appRouter } from './router.ts'

let server: KeyedServer
let world: World
let owner: Caller
beforeAll(async () => {
  server = await startKeyedServer()
  world = await mintWorld(server.house, newMarker())
  owner = world.callers.find(({ name }) => name === 'owner') as Caller
}, 60_000)
afterAll(() => server?.stop())

/** Names of the texts that a procedure takes, optional ones too. */
function textsOf(schema: unknown): string[] {
  const json = z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' })
  return Object.keys(json.properties ?? {})
}

const hostile = ['\0', 'a\0b', '\ud800', 'b\udc00c', 'x'.repeat(900_000)]
const procedures = proceduresOf(appRouter).filter(({ schema }) => schema !== undefined)

test.each(procedures.map(one => [one.path, one] as const))(
  'each word that %s takes is refused when no text can hold it, and harmless when it is a megabyte',
  async (path, procedure) => {
    const valid = inputOf(path, procedure.schema, owner, world, world, 'own') as Record<string, unknown>
    for (const name of textsOf(procedure.schema)) {
      for (const text of hostile) {
        const { code, body } = await ask(server.house, appRouter, procedure, { ...valid, [name]: text }, owner)
        const told = [name, text.slice(0, 3), code]
        expect(['INVALID', 'NOT_FOUND', 'FORBIDDEN', 'LIMIT'], String(told)).toContain(code)
        expect(body).not.toMatch(/\bat .*\.ts:\d+|prisma|SELECT |node_modules/i)
      }
    }
  },
)
