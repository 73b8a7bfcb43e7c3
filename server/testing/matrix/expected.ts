import { type Action, can, rule } from '../../domain/access/index.ts'
import type { ErrorCode } from '../../errors.ts'
import type { Target } from './inputs.ts'
import type { Caller, World } from './world.ts'

/** `done`: carried out, or refused for another reason than who asks. `any`: nothing but that nothing leaks. */
export type Verdict = ErrorCode | 'done' | 'any'

/** What the policy says will happen. The matrix holds every door against it. */
export function expected(action: Action | 'public', caller: Caller, target: Target, world: World): Verdict[] {
  const { actor, role } = caller
  if (actor === null) return ['UNAUTHENTICATED']
  if (action === 'public') return ['any']
  if (actor.kind === 'nobody') return ['UNAUTHENTICATED']
  const { role: needed, key } = rule(action)
  if (actor.kind === 'key' && key === 'never') return ['FORBIDDEN']
  if (needed === 'signed-in') return ['done']
  if (role === null || target === 'foreign' || target === 'nowhere') return ['NOT_FOUND']
  const may = can(actor, action, { workspaceId: world.workspaceId, role, createdById: world.createdById })
  if (target === 'own') return may ? ['done'] : ['FORBIDDEN']
  // What is named does not exist; whether that or the lack of the right is said first tells nothing.
  return may ? ['NOT_FOUND'] : ['NOT_FOUND', 'FORBIDDEN']
}

export function judge(verdicts: Verdict[], got: string): boolean {
  if (verdicts.includes('any')) return got !== 'INTERNAL'
  if (verdicts.includes('done')) return ['OK', 'CONFLICT', 'GONE'].includes(got)
  return (verdicts as string[]).includes(got)
}
