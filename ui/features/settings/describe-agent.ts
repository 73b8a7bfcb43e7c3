const browsers = [
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Firefox', /Firefox\//],
  ['Chrome', /Chrom(?:e|ium)\//],
  ['Safari', /Safari\//],
] as const

const systems = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux|X11/],
] as const

const first = (names: typeof browsers | typeof systems, agent: string) =>
  names.find(([, pattern]) => pattern.test(agent))?.[0]

/** "Chrome on Linux": enough to recognise a browser of one's own. */
export function describeAgent(agent: string | null): string {
  if (!agent) return 'Unknown browser'
  const browser = first(browsers, agent)
  const system = first(systems, agent)
  if (!browser) return agent.slice(0, 60)
  return system ? `${browser} on ${system}` : browser
}
