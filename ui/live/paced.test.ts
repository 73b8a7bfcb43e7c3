import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetPaced, paced } from './paced'

const page = new EventTarget()
let frames: (() => void)[] = []
let now = 1000

beforeEach(() => {
  frames = []
  now += 1000
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

test('a frame shows as much as it has time for, the next the rest, each once', () => {
  const shown: number[] = []
  const shows = [1, 2, 3].map(at => () => {
    now += 4
    shown.push(at)
  })
  for (const show of [...shows, ...shows]) paced(show, false)
  nextFrame()
  expect(shown).toEqual([1, 2])
  nextFrame()
  expect(shown).toEqual([1, 2, 3])
  expect(frames).toEqual([])
})

test('while the page scrolls only what is first to be seen is shown; the rest follows when it stands', () => {
  const shown: string[] = []
  const [update, first] = [() => void shown.push('update'), () => void shown.push('first')]
  paced(() => {}, true)
  nextFrame()
  paced(update, false)
  paced(first, true)
  page.dispatchEvent(new Event('scroll'))
  nextFrame()
  expect(shown).toEqual(['first'])
  now += 500
  nextFrame()
  expect(shown).toEqual(['first', 'update'])
})

test('what is forgotten is not shown', () => {
  const shown: number[] = []
  const show = () => void shown.push(1)
  paced(show, true)
  forgetPaced(show)
  nextFrame()
  expect(shown).toEqual([])
})
