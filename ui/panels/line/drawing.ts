import { type Alignment, alignments } from '@/series/join'
import { type Smoothing, type SmoothingKind, smoothings } from '@/series/smoothing'
import type { XKind } from '@/ui/charts/line'
import { type Behind, behinds, type Curve, curves } from '@/ui/charts/look'
import { type ScaleKind, scaleKinds } from '@/ui/charts/scale'

/** How a panel is drawn. A board has one, each of its panels may differ from it. */
export type Drawing = {
  readonly smoothing: SmoothingKind
  /** Of EMA, in [0, 1). */
  readonly strength: number
  /** Of the other smoothings: points, or a distance on x. */
  readonly width: number
  readonly by: 'points' | 'x'
  readonly behind: Behind
  readonly curve: Curve
  readonly x: XKind
  /** The key that x shows where `x` is `value`. */
  readonly xKey: string
  readonly align: Alignment
  readonly xScale: ScaleKind
  readonly yScale: ScaleKind
  /** Ends of y that are held. */
  readonly low: number | null
  readonly high: number | null
  /** y leaves the outermost hundredth out. */
  readonly trim: boolean
  /** The run that the others are shown as differences to, by the server's number. */
  readonly base: string
  readonly minimap: boolean
}

export const plainDrawing: Drawing = {
  smoothing: 'ema',
  strength: 0,
  width: 21,
  by: 'points',
  behind: 'raw',
  curve: 'line',
  x: 'step',
  xKey: '',
  align: 'exact',
  xScale: 'linear',
  yScale: 'linear',
  low: null,
  high: null,
  trim: false,
  base: '',
  minimap: false,
}

export type DrawingChange = Partial<Drawing>

/** Changes by key; under '' those of the whole board. */
export type Drawings = Readonly<Record<string, DrawingChange>>

export function smoothingOf({ smoothing, strength, by, width }: Drawing): Smoothing {
  return smoothing === 'ema' ? { kind: 'ema', strength } : { kind: smoothing, by, width }
}

const real = (text: string) => (/^-?[\d.]+(e[+-]?\d+)?$/.test(text) ? Number(text) : undefined)
const oneOf =
  <V extends string>(options: readonly V[]) =>
  (text: string) =>
    options.find(option => option === text)
const flag = (text: string) => (text === 'true' ? true : text === 'false' ? false : undefined)
const within = (least: number, most: number) => (text: string) => {
  const value = real(text)
  return value === undefined ? undefined : Math.min(Math.max(value, least), most)
}

/** How each setting is read from an address; undefined for what is not one. */
const readers: { [Name in keyof Drawing]: (text: string) => Drawing[Name] | undefined } = {
  smoothing: oneOf(smoothings),
  strength: within(0, 0.999),
  width: within(0, Number.MAX_VALUE),
  by: oneOf(['points', 'x']),
  behind: oneOf(behinds),
  curve: oneOf(curves),
  x: oneOf(['step', 'time', 'relative', 'value']),
  xKey: text => text,
  align: oneOf(alignments),
  xScale: oneOf(scaleKinds),
  yScale: oneOf(scaleKinds),
  low: real,
  high: real,
  trim: flag,
  base: text => (/^\d{0,18}$/.test(text) ? text : undefined),
  minimap: flag,
}

// The browser leaves these as they are; here they part the members.
const encode = (text: string) => encodeURIComponent(text).replace(/[~!*]/g, c => `%${c.charCodeAt(0).toString(16)}`)

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `train%2Floss~smoothing!median~width!51*~trim!true`: short enough to be sent, and any key can stand in it. */
export function writeDrawings(drawings: Drawings): string {
  return Object.entries(drawings)
    .map(([key, change]) => [encode(key), ...Object.entries(change).map(([name, v]) => `${name}!${encode(String(v))}`)])
    .filter(parts => parts.length > 1)
    .map(parts => parts.join('~'))
    .join('*')
}

/** What cannot be read is left out: an address from elsewhere never breaks the page. */
export function readDrawings(text: string): Drawings {
  const drawings: Record<string, DrawingChange> = {}
  for (const part of text.split('*')) {
    const [key = '', ...settings] = part.split('~')
    const change = Object.fromEntries(settings.flatMap(setting => readSetting(setting)))
    if (Object.keys(change).length > 0) drawings[decode(key)] = change
  }
  return drawings
}

function readSetting(setting: string): [string, unknown][] {
  const [name = '', value = ''] = setting.split('!')
  if (!Object.hasOwn(readers, name)) return []
  const read = readers[name as keyof Drawing](decode(value))
  return read === undefined ? [] : [[name, read]]
}

/** `drawings` with a change more of one key; what equals `under` again is let go. */
export function withChange(drawings: Drawings, key: string, change: DrawingChange, under: Drawing): Drawings {
  const merged = Object.entries({ ...drawings[key], ...change }).filter(
    ([name, value]) => value !== under[name as keyof Drawing],
  )
  const { [key]: _, ...others } = drawings
  return merged.length > 0 ? { ...others, [key]: Object.fromEntries(merged) } : others
}
