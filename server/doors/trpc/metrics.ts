import { keysQuestion, listKeyNames } from '../../domain/metrics/index.ts'
import { guard, router } from './init.ts'

export const metrics = router({
  keys: guard('run.read')
    .input(keysQuestion)
    .query(({ ctx: { ctx }, input }) => listKeyNames(ctx, input)),
})
