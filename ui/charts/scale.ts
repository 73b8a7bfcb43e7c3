import { symexp, symlog } from '@/series/symlog'

export const scaleKinds = ['linear', 'log', 'symlog'] as const
export type ScaleKind = (typeof scaleKinds)[number]

/** How values become lengths. `symlog` is about linear within ±c, so that it has a place for 0 and below. */
export type Scale =
  | { readonly kind: 'linear' }
  | { readonly kind: 'log' }
  | { readonly kind: 'symlog'; readonly c: number }

export const linear: Scale = { kind: 'linear' }

/** The value as the canvas takes it, whose axes are linear; NaN where the scale has no place for it. */
export function scaled(scale: Scale, value: number): number {
  if (!Number.isFinite(value)) return Number.NaN
  if (scale.kind === 'linear') return value
  if (scale.kind === 'symlog') return symlog(value, scale.c)
  return value > 0 ? Math.log10(value) : Number.NaN
}

/** The value at a length: the inverse of `scaled`. */
export function unscaled(scale: Scale, length: number): number {
  if (scale.kind === 'linear') return length
  return scale.kind === 'symlog' ? symexp(length, scale.c) : 10 ** length
}
