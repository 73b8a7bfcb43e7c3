import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bitsOf } from '../../../protocol/golden/values.ts'
import * as trackside from '../src/index.ts'
import { journaled, journaledMetas, makeFolder } from './harness.ts'

/** The list of behaviours that both SDKs share: sdk/behaviours. */
interface Behaviour {
  name: string
  init: Record<string, unknown>
  do: [act: string, ...words: unknown[]][]
  told: object[]
  points?: [key: string, step: number, value: number][]
  run?: Record<string, unknown>
}

const FOLDER = fileURLToPath(new URL('../../behaviours', import.meta.url))
const behaviours = readdirSync(FOLDER)
  .filter(name => name.endsWith('.json'))
  .flatMap(name => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Behaviour[])
const UNTOLD = ['env', 'finish', 'refused']

let place = makeFolder()
beforeEach(() => {
  place = makeFolder()
})
afterEach(async () => {
  await trackside.finish()
  await place.clear()
})

const acts: Record<string, (run: trackside.Run, name: string & object, value?: unknown) => unknown> = {
  set: (run, name, value) => Object.assign(run, { [name]: value }),
  add: (run, name, value) =>
    Object.assign(run, { [name]: [...(run[name as 'tags'] as string[]), ...(value as string[])] }),
  config: (run, values, allow) => run.config.update(values, { allowValChange: allow === 'allow' }),
  config_item: (run, name, value) => Object.assign(run.config, { [name]: value }),
  config_delete: (run, name) => Reflect.deleteProperty(run.config, name),
  summary: (run, values) => run.summary.update(values),
  define: (run, name, said) => run.defineMetric(String(name), inCamels(said)),
  log: (run, data, step) => run.log(data, { step: step as number | undefined }),
}

const inCamels = (said: unknown): object =>
  Object.fromEntries(
    Object.entries(typeof said === 'object' && said !== null ? said : {}).map(([name, value]) => [
      name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )

test.each(behaviours)('$name', async ({ init, do: steps, told, points, run: after = {} }) => {
  const settings = { silent: true }
  const run = await trackside.init({ project: 'behaviours', mode: 'offline', dir: place.folder, settings, ...init })
  for (const [act, ...words] of steps) {
    const go = () => acts[act]?.(run, ...(words as [never, unknown]))
    if (words.at(-1) === 'raises') expect(go).toThrow(trackside.UsageError)
    else go()
  }
  for (const [name, value] of Object.entries(after)) expect({ [name]: run[name as 'name'] }).toEqual({ [name]: value })
  await run.finish()
  expect(journaledMetas(place.folder).filter(({ k }) => !UNTOLD.includes(k))).toEqual(told)
  if (points)
    expect(journaled(place.folder).map(({ key, step, bits }) => [key, step, bits])).toEqual(
      points.map(([key, step, value]) => [key, step, bitsOf(value)]),
    )
})
