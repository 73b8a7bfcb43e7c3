import { expect, test } from 'vitest'
import { mintCtx } from '../../server/testing/factories.ts'
import { commands } from './commands.ts'

test('an option that was not given is named as missing', async () => {
  const ctx = await mintCtx({ kind: 'system' })
  await expect(async () => commands['user add']?.run(ctx, {})).rejects.toThrow(/^--email is missing$/)
  await expect(async () => commands['user add']?.run(ctx, { email: 'no address' })).rejects.toThrow(/^--email: /)
})
