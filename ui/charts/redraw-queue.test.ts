import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetRedraw, type Redraw, redrawSoon } from './redraw-queue'

const page = new EventTarget()
let frames: (() => void)[] = []
let now = 1000

beforeEach(() => {
  frames = []
  now += 1000
  vi.stubGlobal('window', page)
  vi.stubGlobal('document', page)
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const nextFrame = () => {
  const due = frames
  frames = []
  for (const frame of due) frame()
}

/** A chart `x` pixels from the pointer that takes `cost` milliseconds to draw. */
function chart(drawn: number[], x: number, { cost = 0, blank = false } = {}): Redraw {
  return {
    place: () => ({ x, y: 0 }),
    blank: () => blank,
    draw: () => {
      now += cost
      drawn.push(x)
    },
  }
}

test('a frame draws two charts at most, those nearest the pointer first, until all are drawn once', () => {
  const drawn: number[] = []
  for (const x of [300, 100, 200]) redrawSoon(chart(drawn, x))
  nextFrame()
  expect(drawn).toEqual([100, 200])
  nextFrame()
  nextFrame()
  expect(drawn).toEqual([100, 200, 300])
  expect(frames).toEqual([])
})

test('no second chart is begun in a frame whose first took long', () => {
  const drawn: number[] = []
  for (const x of [1, 2]) redrawSoon(chart(drawn, x, { cost: 8 }))
  nextFrame()
  expect(drawn).toEqual([1])
  nextFrame()
  expect(drawn).toEqual([1, 2])
})

test('what has waited long goes first, however far from the pointer', () => {
  const drawn: number[] = []
  redrawSoon(chart(drawn, 900))
  now += 300
  for (const x of [1, 2]) redrawSoon(chart(drawn, x))
  nextFrame()
  expect(drawn[0]).toBe(900)
  nextFrame()
})

test('while the page scrolls only a chart without a picture is drawn; the rest follows when it stands', () => {
  const drawn: number[] = []
  page.dispatchEvent(new Event('scroll'))
  redrawSoon(chart(drawn, 1))
  redrawSoon(chart(drawn, 2, { blank: true }))
  page.dispatchEvent(new Event('scroll'))
  nextFrame()
  expect(drawn).toEqual([2])
  now += 500
  nextFrame()
  expect(drawn).toEqual([2, 1])
})

test('what is forgotten is not drawn', () => {
  const drawn: number[] = []
  const one = chart(drawn, 1)
  redrawSoon(one)
  forgetRedraw(one)
  nextFrame()
  expect(drawn).toEqual([])
})
