import type { CDPSession, Page } from '@playwright/test'
import { type HeapSample, heapOf } from './heap.ts'

export type Scrolled = { fps: number; longTasks: number[]; heap: HeapSample[] }

type Watch = { seconds: number; samples: number }

/** Scrolls the board up and down for `seconds` while it is live: frames a second, tasks over 50 ms, the heap `samples` times. */
export async function scrollLive(page: Page, session: CDPSession, { seconds, samples }: Watch): Promise<Scrolled> {
  const box = await page.getByRole('region', { name: 'Board' }).boundingBox()
  if (!box) throw new Error('There is no board')
  const heap: HeapSample[] = []
  const fps: number[] = []
  const longTasks: number[] = []
  const began = Date.now()
  const passed = () => (Date.now() - began) / 1000
  for (let turn = 0; passed() < seconds; turn++) {
    // A collection is a long task of its own: it is done before the page is watched.
    if (passed() >= (heap.length * seconds) / samples) heap.push(await heapOf(session, passed()))
    await page.evaluate(countFrames)
    for (let part = 0; part < 4; part++) {
      await session.send('Input.synthesizeScrollGesture', {
        x: box.x + box.width / 2,
        y: box.y + box.height / 2,
        yDistance: (turn * 4 + part) % 8 < 4 ? -1500 : 1500,
        speed: 1000,
        preventFling: true,
      })
    }
    const seen = await page.evaluate(frames)
    fps.push(seen.fps)
    longTasks.push(...seen.longTasks)
  }
  heap.push(await heapOf(session, passed()))
  return { fps: Math.round(10 * (fps.reduce((sum, each) => sum + each, 0) / fps.length)) / 10, longTasks, heap }
}

declare global {
  interface Window {
    framesSeen: { began: number; count: number; going: boolean }
  }
}

function countFrames() {
  const frames = { began: performance.now(), count: 0, going: true }
  window.framesSeen = frames
  window.longTasks = []
  const next = () => {
    frames.count++
    if (frames.going) requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}

function frames() {
  window.framesSeen.going = false
  const { began, count } = window.framesSeen
  return { fps: (1000 * count) / (performance.now() - began), longTasks: window.longTasks }
}
