import { expect, test } from 'vitest'
import { readSettings, SettingsError } from './settings.ts'

test('nothing need be set', () => {
  expect(readSettings({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', TRACKSIDE_TRUST_PROXY: false })
})

test('an empty variable counts as absent', () => {
  expect(readSettings({ PORT: '', GITHUB_ID: '' })).toMatchObject({ PORT: 3000 })
})

test('all faults are listed at once, each with its variable', () => {
  const read = () =>
    readSettings({
      PORT: 'many',
      DATABASE_URL: 'mysql://x',
      TRACKSIDE_SECRET: 'short',
      TRACKSIDE_INIT_WORKSPACE: '-No',
      TRACKSIDE_INIT_API_KEY: 'tsk-short',
      TRACKSIDE_URL: 'trackside.example',
      OIDC_ISSUER: 'https://id.example',
    })
  expect(read).toThrow(SettingsError)
  for (const name of [
    'PORT',
    'DATABASE_URL',
    'TRACKSIDE_SECRET',
    'TRACKSIDE_INIT_WORKSPACE',
    'TRACKSIDE_INIT_API_KEY',
    'TRACKSIDE_URL',
    'OIDC_CLIENT_ID, OIDC_CLIENT_SECRET',
  ])
    expect(read).toThrow(`\n  ${name}: `)
})
