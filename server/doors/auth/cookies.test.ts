import { expect, test } from 'vitest'
import { testSettings } from '../../testing/settings.ts'
import { cookiesOf } from './cookies.ts'

const secret = 'a secret of a test, long enough to be one'
const of = (variables: Record<string, string> = {}, secretOf = secret) =>
  Object.values(cookiesOf({ secret: secretOf, settings: testSettings(variables) }))

test('behind https every cookie is Secure and locked to its host', () => {
  for (const { name, options } of of({ TRACKSIDE_URL: 'https://tracks.example' })) {
    expect(name).toMatch(/^__Host-/)
    expect(options).toMatchObject({ secure: true, httpOnly: true, sameSite: 'lax', path: '/' })
    expect(options).not.toHaveProperty('domain')
  }
})

test('no script reads them, no other site sends them', () => {
  for (const { options } of of())
    expect(options).toMatchObject({ secure: false, httpOnly: true, sameSite: 'lax', path: '/' })
})

test('two servers on one machine do not share them: cookies know no port', () => {
  const names = (list: ReturnType<typeof of>) => list.map(({ name }) => name)
  expect(names(of()).filter(name => names(of({}, `${secret} 2`)).includes(name))).toEqual([])
})
