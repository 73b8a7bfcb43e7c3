import { z } from 'zod'
import { workspaceRef } from '../../domain/access/index.ts'
import { listKeys, makeKey, newKey, revokeKey } from '../../domain/keys/index.ts'
import { guard, router } from './init.ts'

export const keys = router({
  list: guard('keys.own')
    .input(workspaceRef)
    .query(({ ctx: { ctx }, input }) => listKeys(ctx, input)),
  make: guard('keys.own')
    .input(workspaceRef.extend(newKey.omit({ email: true }).shape))
    .mutation(({ ctx: { ctx }, input: { workspace, ...wanted } }) => makeKey(ctx, workspace, wanted)),
  revoke: guard('keys.own')
    .input(workspaceRef.extend({ id: z.string().max(64) }))
    .mutation(({ ctx: { ctx }, input }) => revokeKey(ctx, input)),
})
