import { describe, expect, test } from 'vitest'
import type { Actor, KeyScope } from '../../actor.ts'
import { can } from './can.ts'
import { type Action, policy, type Role, roles, scopes } from './policy.ts'

const member: Actor = { kind: 'member', userId: 'u' }
const key = (scope: KeyScope, workspaceId = 'w'): Actor => ({
  kind: 'key',
  keyId: 'k',
  userId: 'u',
  workspaceId,
  scope,
})
const actions = Object.keys(policy) as Action[]
const inWorkspace = actions.filter(action => policy[action].role !== 'signed-in')
const there = (role: Role | null, createdById = 'somebody') => ({ workspaceId: 'w', role, createdById })

describe('the rule', () => {
  test.each(actions)('%s: nobody may, whatever the resource claims', action => {
    expect(can({ kind: 'nobody' }, action, there('owner', 'u'))).toBe(false)
  })

  test.each(inWorkspace)('%s: without a role nobody may, not even the maker', action => {
    for (const actor of [member, ...scopes.map(scope => key(scope))]) {
      expect(can(actor, action, there(null, 'u'))).toBe(false)
      expect(can(actor, action)).toBe(false)
    }
  })

  test.each(inWorkspace)('%s: what a role may, every greater role may', action => {
    const may = roles.map(role => can(member, action, there(role)))
    expect(may).toEqual([...may].sort())
    expect(may.at(-1)).toBe(true)
  })

  test.each(inWorkspace)('%s: a key never exceeds its person, and a greater scope never does less', action => {
    for (const role of roles) {
      const may = scopes.map(scope => can(key(scope), action, there(role)))
      expect(may).toEqual([...may].sort())
      if (may.at(-1)) expect(can(member, action, there(role))).toBe(true)
    }
  })

  test.each(inWorkspace)('%s: a key does nothing in another workspace', action => {
    expect(can(key('admin', 'elsewhere'), action, there('owner'))).toBe(false)
  })

  test('a key never makes keys, members or sessions', () => {
    for (const action of ['keys.own', 'keys.all', 'members.edit', 'account.own'] as const)
      expect(can(key('admin'), action, there('owner'))).toBe(false)
  })

  test('a member stops and deletes his own runs, an admin all', () => {
    for (const action of ['run.stop', 'run.delete'] as const) {
      expect(can(member, action, there('member', 'u'))).toBe(true)
      expect(can(member, action, there('member'))).toBe(false)
      expect(can(member, action, there('viewer', 'u'))).toBe(false)
      expect(can(member, action, there('admin'))).toBe(true)
    }
  })
})
