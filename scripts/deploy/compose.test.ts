import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readSettings, settingNames } from '../../server/settings.ts'

interface Service {
  image: string
  environment: Record<string, string>
  volumes: string[]
  healthcheck?: { test: string[] }
  depends_on?: Record<string, { condition: string }>
}

const text = readFileSync(new URL('../../compose.yaml', import.meta.url), 'utf8')
const deployGuide = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8')
const { services, volumes } = parse(text) as {
  services: { trackside: Service; postgres: Service }
  volumes: Record<string, unknown>
}

/** What Compose makes of ${NAME}, ${NAME:-default} and ${NAME:?complaint}. */
function substitute(value: string, given: Record<string, string>): string {
  return value.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
    if (given[name]) return given[name]
    if (kind === '?') throw new Error(`${name}: ${rest}`)
    return kind === '-' ? rest : ''
  })
}

const environmentOf = (service: Service, given: Record<string, string>) =>
  Object.fromEntries(Object.entries(service.environment).map(([name, value]) => [name, substitute(value, given)]))

test('a password for the database is all that must be given', () => {
  expect(() => environmentOf(services.trackside, {})).toThrow('POSTGRES_PASSWORD')
  expect(() => environmentOf(services.postgres, {})).toThrow('POSTGRES_PASSWORD')
  const given = { POSTGRES_PASSWORD: 'a1b2c3' }
  const settings = readSettings(environmentOf(services.trackside, given))
  const database = environmentOf(services.postgres, given)
  const url = new URL(settings.DATABASE_URL ?? '')
  expect([url.username, url.password, url.hostname, url.pathname]).toEqual([
    database.POSTGRES_USER,
    database.POSTGRES_PASSWORD,
    'postgres',
    `/${database.POSTGRES_DB}`,
  ])
})

test('every variable of the server can be set in .env, but those that the image sets itself', () => {
  const own = ['PORT', 'HOST', 'TRACKSIDE_DATA_DIR']
  expect(Object.keys(services.trackside.environment).sort()).toEqual(
    settingNames.filter(name => !own.includes(name)).sort(),
  )
})

test('docs/deploy.md tells every variable of the server, and no other', () => {
  const told = [...deployGuide.matchAll(/^\| (`.*?) \|/gm)].flatMap(
    ([, cell = '']) => cell.match(/[A-Z][A-Z0-9_]+/g) ?? [],
  )
  expect(told.sort()).toEqual([...settingNames].sort())
})

test('no secret is written into the file', () => {
  const secret = /SECRET|PASSWORD|API_KEY/
  for (const service of Object.values(services))
    for (const [name, value] of Object.entries(service.environment))
      if (secret.test(name)) expect(value, name).toMatch(/^\$\{/)
})

test('data outlives the containers, and Trackside waits for a database that answers', () => {
  const named = Object.values(services).flatMap(service => service.volumes.map(volume => volume.split(':')))
  expect(named).toEqual([
    ['data', '/data'],
    ['postgres', '/var/lib/postgresql'],
  ])
  expect(Object.keys(volumes)).toEqual(['data', 'postgres'])
  expect(services.trackside.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
  expect(services.postgres.healthcheck?.test.join(' ')).toContain('pg_isready')
})
