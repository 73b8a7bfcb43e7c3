import type { KeyScope } from '../../actor.ts'

/** From the least to the most. */
export const roles = ['viewer', 'member', 'admin', 'owner'] as const
export type Role = (typeof roles)[number]

export const scopes = ['read', 'write', 'admin'] as const satisfies readonly KeyScope[]

interface Rule {
  /** The least role in the resource's workspace; `signed-in`: any person who is signed in, in no workspace. */
  role: Role | 'signed-in'
  /** The least role that suffices for what the asker made. */
  own?: Role
  /** The least scope of a key, whose person needs the role as well; `never`: people only. */
  key: KeyScope | 'never'
}

/** Who may do what. Every door asks it, the access matrix is made from it. */
export const policy = {
  'account.own': { role: 'signed-in', key: 'never' },
  'workspace.create': { role: 'signed-in', key: 'never' },

  'workspace.read': { role: 'viewer', key: 'read' },
  'workspace.edit': { role: 'admin', key: 'admin' },
  'members.read': { role: 'viewer', key: 'admin' },
  'members.edit': { role: 'admin', key: 'never' },
  'members.own': { role: 'owner', key: 'never' },
  'members.leave': { role: 'viewer', key: 'never' },
  'keys.own': { role: 'viewer', key: 'never' },
  'keys.all': { role: 'admin', key: 'never' },
  /** The server's own measurements, by key alone: they name no tenant. */
  'server.observe': { role: 'admin', key: 'admin' },

  'project.read': { role: 'viewer', key: 'read' },
  'project.create': { role: 'member', key: 'write' },
  'project.edit': { role: 'member', key: 'admin' },

  'run.read': { role: 'viewer', key: 'read' },
  'run.create': { role: 'member', key: 'write' },
  'run.write': { role: 'admin', own: 'member', key: 'write' },
  'run.edit': { role: 'member', key: 'write' },
  'run.stop': { role: 'admin', own: 'member', key: 'write' },
  'run.delete': { role: 'admin', own: 'member', key: 'admin' },

  'annotation.read': { role: 'viewer', key: 'read' },
  'annotation.create': { role: 'member', key: 'write' },
  'annotation.edit': { role: 'admin', own: 'member', key: 'write' },
} as const satisfies Record<string, Rule>

export type Action = keyof typeof policy

export const rule = (action: Action): Rule => policy[action]

export const reaches = <T extends string>(ladder: readonly T[], held: T, needed: T) =>
  ladder.indexOf(held) >= ladder.indexOf(needed)
