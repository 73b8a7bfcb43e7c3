/** The x window of each zoomed panel, by key. */
export type Zooms = Readonly<Record<string, readonly [number, number]>>

/** `train%2Floss~60000~90000,…`: short enough to be sent, and any key can stand in it. */
export function writeZooms(zooms: Zooms): string {
  return Object.entries(zooms)
    .map(([key, [from, to]]) => `${encode(key)}~${from}~${to}`)
    .join(',')
}

/** What cannot be read is left out: an address from elsewhere never breaks the page. */
export function readZooms(text: string): Zooms {
  const zooms: Record<string, readonly [number, number]> = {}
  for (const part of text.split(',')) {
    const [, name, from, to] = /^([^~]+)~(-?[\d.e+]+)~(-?[\d.e+]+)$/.exec(part) ?? []
    const window = [Number(from), Number(to)] as const
    if (name && window.every(Number.isFinite) && window[0] < window[1]) zooms[decode(name)] = window
  }
  return zooms
}

// The browser leaves ~ as it is; here it parts the members.
const encode = (name: string) => encodeURIComponent(name).replaceAll('~', '%7E')

function decode(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
