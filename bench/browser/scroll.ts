import type { CDPSession, Page } from '@playwright/test'
import { heapOf } from './tab.ts'

export type Scrolled = { fps: number; longTasks: number[]; heapMb: number[] }

/** Scrolls the board up and down for `seconds` while it is live: frames a second, tasks over 50 ms, the heap now and then. */
export async function scrollLive(page: Page, session: CDPSession, seconds: number): Promise<Scrolled> {
  const box = await page.getByRole('region', { name: 'Board' }).boundingBox()
  if (!box) throw new Error('There is no board')
  const heapMb: number[] = []
  const fps: number[] = []
  const longTasks: number[] = []
  const end = Date.now() + seconds * 1000
  for (let turn = 0; Date.now() < end; turn++) {
    // A collection is a long task of its own: it is done before the page is watched.
    heapMb.push(Math.round((await heapOf(session)) / 2 ** 20))
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
  return { fps: Math.round(10 * (fps.reduce((sum, each) => sum + each, 0) / fps.length)) / 10, longTasks, heapMb }
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
