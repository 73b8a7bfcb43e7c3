import { expect, test } from 'vitest'
import { describeAgent } from './describe-agent'

test('a session is named by browser and system, most particular first', () => {
  const edge =
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0'
  expect(describeAgent(edge)).toBe('Edge on Windows')
  expect(describeAgent('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1')).toBe(
    'Safari on iOS',
  )
  expect(describeAgent('curl/8.5')).toBe('curl/8.5')
  expect(describeAgent(null)).toBe('Unknown browser')
})
