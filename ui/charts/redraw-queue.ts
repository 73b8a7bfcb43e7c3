export type Redraw = {
  /** Where it is on the page; null while it is nowhere. */
  place: () => { x: number; y: number } | null
  draw: () => void
}

/** Charts may be drawn this often in one frame: two cost about 8 ms. */
const A_FRAME = 2
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
  if (asked) return
  asked = true
  requestAnimationFrame(drawSome)
}

export function forgetRedraw(redraw: Redraw): void {
  waiting.delete(redraw)
}

function drawSome() {
  asked = false
  for (const redraw of nextOf()) {
    waiting.delete(redraw)
    redraw.draw()
  }
  if (waiting.size === 0 || asked) return
  asked = true
  requestAnimationFrame(drawSome)
}

function nextOf(): Redraw[] {
  if (waiting.size <= A_FRAME) return [...waiting.keys()]
  const late = performance.now() - PATIENCE
  const ranked = [...waiting].map(([redraw, since]) => ({ redraw, rank: since < late ? -1 / since : distance(redraw) }))
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, A_FRAME)
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
