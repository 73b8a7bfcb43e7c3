import type { Zoom } from '@/ui/charts/line'

/** What each zoomed panel shows, by key; under '' what all show together. */
export type Zooms = Readonly<Record<string, Zoom>>

/** `train%2Floss~60000~90000,*~5~9,…`: short enough to be sent, and any key can stand in it. */
export function writeZooms(zooms: Zooms): string {
  return Object.entries(zooms)
    .map(([key, zoom]) => [key === '' ? '*' : encode(key), ...zoom].join('~'))
    .join(',')
}

/** What cannot be read is left out: an address from elsewhere never breaks the page. */
export function readZooms(text: string): Zooms {
  const zooms: Record<string, Zoom> = {}
  for (const part of text.split(',')) {
    const [name = '', ...ends] = part.split('~')
    const [from, to, low, high] = ends.map(end => (/^-?[\d.e+-]+$/.test(end) ? Number(end) : Number.NaN))
    if (!name || !isRange(from, to)) continue
    const key = name === '*' ? '' : decode(name)
    if (ends.length === 2) zooms[key] = [from as number, to as number]
    else if (ends.length === 4 && isRange(low, high)) {
      zooms[key] = [from as number, to as number, low as number, high as number]
    }
  }
  return zooms
}

const isRange = (from = Number.NaN, to = Number.NaN) => Number.isFinite(from) && Number.isFinite(to) && from < to

// The browser leaves these as they are; here they part the members or mean all.
const encode = (name: string) => encodeURIComponent(name).replaceAll('~', '%7E').replaceAll('*', '%2A')

function decode(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
