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

const keyOf = (name: string) => `tsk-${name.padEnd(49, '0')}`
const inAnotherProcess = () => vi.stubEnv('TRACKSIDE_BASE_URL', undefined)
const chosen = (baseUrl?: string) => {
  const settings = resolveSettings({ project: 'p', baseUrl })
  return [settings.baseUrl, settings.apiKey]
}

test('the host that login names is where the process goes', () => {
  login(keyOf('mine'), 'http://tracks.example/')
  expect(chosen()).toEqual(['http://tracks.example', keyOf('mine')])
})

test.each(['', ' \n', 'tsk-…', 'Bearer tsk-x', 'tsk-cut-short'])('%j is refused with the place of a key', key => {
  expect(() => login(key, 'http://tracks.example')).toThrow(/make one at http:\/\/tracks\.example/)
  expect(chosen()).toEqual(['http://127.0.0.1:3000', undefined])
})

test('another process goes where was logged in last', () => {
  for (const name of ['first', 'second', 'first']) {
    login(keyOf(name), `http://${name}.example`)
    inAnotherProcess()
  }
  expect(chosen()).toEqual(['http://first.example', keyOf('first')])
  expect(new Api().baseUrl).toBe('http://first.example')
  expect(chosen('http://second.example')).toEqual(['http://second.example', keyOf('second')])
  vi.stubEnv('TRACKSIDE_BASE_URL', 'http://second.example')
  expect(chosen()).toEqual(['http://second.example', keyOf('second')])
})

test('a key for another server only is named with the mend', () => {
  expect(missingKey('http://here.example')).toContain('trackside login --host http://here.example')
  login(keyOf('mine'), 'http://tracks.example')
  const said = missingKey('http://here.example')
  expect(said).toContain('TRACKSIDE_BASE_URL=http://tracks.example')
  expect(said).not.toContain(keyOf('mine'))
})
