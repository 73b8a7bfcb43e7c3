import { expect, test } from 'vitest'
import { safeNext } from './sign-in'

test('after a sign-in one stays on this server', () => {
  expect(safeNext('/acme/-/settings?x=1#y')).toBe('/acme/-/settings?x=1#y')
  for (const elsewhere of [
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
  ])
    expect(safeNext(elsewhere)).toBe('/')
})
