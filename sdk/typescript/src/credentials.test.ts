import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Api } from './api.ts'
import { login, missingKey } from './credentials.ts'
import { resolveSettings } from './settings.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trackside-login-'))
  vi.stubEnv('XDG_CONFIG_HOME', folder)
  for (const name of ['BASE_URL', 'API_KEY'])
    for (const sdk of ['TRACKSIDE', 'WANDB']) vi.stubEnv(`${sdk}_${name}`, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const inAnotherProcess = () => vi.stubEnv('TRACKSIDE_BASE_URL', undefined)
const chosen = (baseUrl?: string) => {
  const settings = resolveSettings({ project: 'p', baseUrl })
  return [settings.baseUrl, settings.apiKey]
}

test('the host that login names is where the process goes', () => {
  login('tsk-mine', 'http://tracks.example/')
  expect(chosen()).toEqual(['http://tracks.example', 'tsk-mine'])
})

test('another process goes where was logged in last', () => {
  for (const name of ['first', 'second', 'first']) {
    login(`tsk-${name}`, `http://${name}.example`)
    inAnotherProcess()
  }
  expect(chosen()).toEqual(['http://first.example', 'tsk-first'])
  expect(new Api().baseUrl).toBe('http://first.example')
  expect(chosen('http://second.example')).toEqual(['http://second.example', 'tsk-second'])
  vi.stubEnv('TRACKSIDE_BASE_URL', 'http://second.example')
  expect(chosen()).toEqual(['http://second.example', 'tsk-second'])
})

test('a key for another server only is named with the mend', () => {
  expect(missingKey('http://here.example')).toContain('trackside login --host http://here.example')
  login('tsk-mine', 'http://tracks.example')
  const said = missingKey('http://here.example')
  expect(said).toContain('TRACKSIDE_BASE_URL=http://tracks.example')
  expect(said).not.toContain('tsk-mine')
})
