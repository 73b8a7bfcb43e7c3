export type Role = 'owner' | 'admin' | 'member' | 'viewer'

/** What each role may do, in the words of the settings. */
export const roles: readonly { value: Role; label: string; note: string }[] = [
  { value: 'owner', label: 'Owner', note: 'everything' },
  { value: 'admin', label: 'Admin', note: 'members, all keys and runs' },
  { value: 'member', label: 'Member', note: 'own runs and keys' },
  { value: 'viewer', label: 'Viewer', note: 'reads' },
]

/** The roles that somebody who may do `may` can give. */
export const rolesToGive = (may: readonly string[]) =>
  roles.filter(role => role.value !== 'owner' || may.includes('members.own'))

export const roleLabel = (role: Role) => roles.find(each => each.value === role)?.label ?? role
