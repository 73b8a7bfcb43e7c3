import { isScrolling } from '@/ui/kit/scrolling'

export type Redraw = {
  /** Where it is on the page; null while it is nowhere. */
  place: () => { x: number; y: number } | null
  /** Nothing stands there yet, not even an older picture. */
  blank: () => boolean
  draw: () => void
}

/** Charts may be drawn this often in one frame. */
const A_FRAME = 2
/** Nor is a second one begun when the first took so many milliseconds. */
const HALF_A_FRAME = 5
/** Who has waited this long goes first, however far from the pointer. */
const PATIENCE = 200

const waiting = new Map<Redraw, number>()
const pointer = { x: 0, y: 0 }
let asked = false
let followed = false

/** Draws `redraw` once, in one of the next frames: nearest the pointer first, at most two a frame. */
export function redrawSoon(redraw: Redraw): void {
  if (!waiting.has(redraw)) waiting.set(redraw, performance.now())
  followPointer()
  askFrame()
}

export function forgetRedraw(redraw: Redraw): void {
  waiting.delete(redraw)
}

function askFrame() {
  if (asked) return
  asked = true
  requestAnimationFrame(drawSome)
}

function drawSome() {
  asked = false
  const began = performance.now()
  for (const redraw of nextOf(began)) {
    waiting.delete(redraw)
    redraw.draw()
    if (performance.now() - began > HALF_A_FRAME) break
  }
  if (waiting.size > 0) askFrame()
}

function nextOf(now: number): Redraw[] {
  const scrolling = isScrolling()
  // While the page moves nobody reads values: what has a picture keeps it, what has none gets its first, one a frame.
  const open = scrolling ? [...waiting].filter(([redraw]) => redraw.blank()) : [...waiting]
  const most = scrolling ? 1 : A_FRAME
  if (open.length <= most) return open.map(([redraw]) => redraw)
  const late = now - PATIENCE
  return open
    .map(([redraw, since]) => ({ redraw, rank: since < late ? -1 / since : distance(redraw) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ redraw }) => redraw)
}

function distance(redraw: Redraw): number {
  const place = redraw.place()
  return place ? Math.hypot(place.x - pointer.x, place.y - pointer.y) : Number.MAX_VALUE
}

function followPointer() {
  if (followed) return
  followed = true
  const follow = (event: PointerEvent) => {
    pointer.x = event.clientX
    pointer.y = event.clientY
  }
  window.addEventListener('pointermove', follow, { passive: true })
}
